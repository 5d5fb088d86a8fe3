// 100,000 requests of 1,000 stores through pgbouncer in transaction mode with 2 backends: does any see another's rows?
// Half of them are reads on the hot path, half units of work; neither has the tenant in its WHERE, so that only the
// settings of its own transaction keep the rows apart.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cms } from '@wizamart/plugin-cms';
import { Database, type StoreRecord } from '@wizamart/core';
import { addStores } from './lib/manyStores.js';
import { freePort } from './lib/processes.js';
import { print } from './lib/table.js';
import { eventually, startTestServer, testHost } from './lib/testing.js';

const REQUESTS = Number(process.env['REQUESTS'] ?? 100_000);
const STORES = 1_000;
const BINARY = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((file) => fs.existsSync(file));

if (!BINARY) {
  console.log('pgbouncer is not installed: apt-get install pgbouncer');
  process.exit(0);
}
const server = await startTestServer({ hosts: [testHost({ code: 'bench', plugins: [cms] })] });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wizamart-pgbouncer-'));
let bouncer: ChildProcess | undefined;
let database: Database | undefined;
try {
  await addStores(server.database, { platform: 'bench', from: 1, to: STORES });
  const rows = await server.database.everything<{ code: string; id: string; merchant_id: string }>(
    'select code, id, merchant_id from core_store',
  );
  const first = await server.parts.tenants.storeByCode(server.platform('bench'), 'many-1');
  const stores = rows.map(({ code, id, merchant_id: merchantId }): StoreRecord => ({
    ...(first as StoreRecord),
    code,
    id,
    merchantId,
    merchant: { id: merchantId, name: code },
  }));
  const url = await startBouncer(server.database.appUrl);
  database = new Database({
    appUrl: url,
    poolSize: 20,
    acquireTimeoutMs: 60_000,
    queryTimeoutMs: 30_000,
    statementNames: false,
    pipeline: true,
    applicationName: 'bench',
  });
  await eventually(() => database?.system((tx) => tx.query('select 1')));
  const began = performance.now();
  const { right, wrong, failed, said } = await ask(database, stores);
  const seconds = (performance.now() - began) / 1000;
  print(
    `${spawnSync(BINARY, ['--version']).stdout.toString().split('\n')[0]}, transaction mode, 2 backends, no statement names`,
    [
      {
        what: `requests of ${STORES} stores, ${(REQUESTS / seconds).toFixed(0)}/s`,
        seen: String(right + wrong + failed),
      },
      {
        what: 'saw exactly their own rows',
        seen: String(right),
        wanted: String(REQUESTS),
        holds: right === REQUESTS,
      },
      { what: "saw another's, or not all of theirs", seen: String(wrong), wanted: '0', holds: wrong === 0 },
      { what: `failed${said ? `: ${said}` : ''}`, seen: String(failed), wanted: '0', holds: failed === 0 },
    ],
  );
} finally {
  await database?.close();
  bouncer?.kill('SIGINT');
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}

async function ask(
  through: Database,
  stores: readonly StoreRecord[],
): Promise<{ right: number; wrong: number; failed: number; said: string }> {
  const count = { right: 0, wrong: 0, failed: 0, said: '' };
  const statement = { name: 'bench_titles', text: 'select store_id, title from cms_store_page_translation' };
  let next = 0;
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      for (let i = next++; i < REQUESTS; i = next++) {
        // No neighbour is a neighbour twice.
        const store = stores[(i * 617) % stores.length] as StoreRecord;
        const ctx = server.context({ store });
        try {
          const rows: { store_id: string; title: string }[] =
            i % 2 === 0
              ? await through.read(ctx, statement)
              : await through.unit(ctx, async ({ tx }) => tx.query(statement));
          const isRight =
            rows.length === 9 && rows.every((row) => row.store_id === store.id && row.title === store.code);
          count[isRight ? 'right' : 'wrong']++;
        } catch (error) {
          count.failed++;
          count.said ||= String(error);
        }
      }
    }),
  );
  return count;
}

async function startBouncer(appUrl: string): Promise<string> {
  const { username, password, hostname, port: databasePort, pathname } = new URL(appUrl);
  const port = await freePort();
  const name = pathname.slice(1);
  fs.writeFileSync(
    path.join(folder, 'pgbouncer.ini'),
    `
[databases]
${name} = host=${hostname} port=${databasePort} dbname=${name} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
logfile = ${path.join(folder, 'pgbouncer.log')}
`,
  );
  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  fs.chmodSync(folder, 0o777);
  const running = spawn(BINARY as string, [path.join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
  });
  bouncer = running;
  running.once('exit', (code) => {
    if (code) console.error(fs.readFileSync(path.join(folder, 'pgbouncer.log'), 'utf8'));
  });
  return `postgresql://${username}:${password}@127.0.0.1:${port}/${name}`;
}
