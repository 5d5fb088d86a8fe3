// Every page of the administration beside its own queries alone: the SQL of one request with its transactions, recorded, and replayed on one connection.
import pg from 'pg';
import loyalty from '@wizamart/host-loyalty';
import main from '@wizamart/host-main';
import oms from '@wizamart/host-oms';
import { median, quantile } from './lib/figures.js';
import { print, type Line } from './lib/table.js';
import { startTestServer, type TestAppServer } from './lib/testing.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 60);
const WARM = 15;
const MERCHANTS = 60;
const WANTED = 2;
/** As the server does; pg’s types do not know it yet. */
const PIPELINE = { pipeline: true } as object;

interface Sent {
  readonly text: string;
  readonly values: unknown[] | undefined;
  readonly name: string | undefined;
  /** The connection it went over. */
  readonly on: unknown;
}
/** What goes to the database while a page is asked for, in one process with the server. */
let sent: Sent[] | undefined;
recordQueries();

const server = await startTestServer({ hosts: [main, oms, loyalty], demo: true });
try {
  const platform = server.platform('oms');
  for (let index = 0; index < MERCHANTS; index++) await server.store({ platform, code: `bench-${index}` });
  const admin = await server.user({ superAdmin: true });
  const root = await server.signIn(admin, { surface: 'admin', root: '/admin' });
  const pool = new pg.Pool({ connectionString: server.database.appUrl, max: 2, ...PIPELINE });
  // The database goes first when something fails; what matters has been thrown by then.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const lines: Line[] = [];
  for (const path of await pathsOf(server)) {
    const page = async (): Promise<void> => void (await root.get(path)).expect(200);
    for (let round = 0; round < WARM; round++) await page();
    sent = [];
    await page();
    const queries = inTransactions(sent);
    sent = undefined;
    const replay = (): Promise<void> => replayed(pool, queries);
    for (let round = 0; round < WARM; round++) await replay();
    const [whole, alone] = [[] as number[], [] as number[]];
    for (let round = 0; round < ROUNDS; round++) {
      whole.push(await milliseconds(page));
      alone.push(await milliseconds(replay));
    }
    const [p95, own] = [quantile(whole, 0.95), quantile(alone, 0.95)];
    const ratio = p95 / own;
    lines.push({
      what: path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…'),
      seen: `${p95.toFixed(1)} ms beside ${own.toFixed(1)} ms of ${queries.length} messages: ${ratio.toFixed(2)} (medians ${(median(whole) / median(alone)).toFixed(2)})`,
      wanted: `≤ ${WANTED}`,
      holds: ratio <= WANTED,
    });
  }
  await pool.end();
  print(`Administration, warm, p95 of ${ROUNDS} over HTTP, ${MERCHANTS} merchants more than the demo`, lines);
} finally {
  await server.stop();
}

async function pathsOf(server: TestAppServer): Promise<string[]> {
  const { parts } = server;
  const ctx = server.context({ platform: 'oms' });
  const merchant = (await parts.merchants.list(ctx, { q: 'acme' })).items[0]?.id;
  const store = (await parts.stores.list(ctx, { q: 'techpro' })).items[0]?.id;
  const domain = (await parts.domains.listOnPlatform(ctx)).items[0];
  const entry = (await parts.audit.listOnPlatform(ctx)).items[0]?.id;
  const of = '/platforms/oms';
  return [
    '/platforms',
    '/platforms/new',
    '/merchants',
    '/stores',
    '/audit-log',
    '/health',
    '/settings',
    ...[
      '/platform',
      '/platform/edit',
      '/tiers',
      '/tiers/new',
      '/domains',
      `/stores/${domain?.storeId}/domains/${domain?.id}`,
      '/merchants',
      '/merchants/new',
      `/merchants/${merchant}`,
      '/stores',
      `/stores/${store}`,
      `/stores/${store}/edit`,
      '/audit-log',
      `/audit-log/${entry}`,
      '/jobs',
      '/health',
    ].map((path) => of + path),
  ];
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** What went over several connections at once, one transaction after the other. */
function inTransactions(queries: readonly Sent[]): Sent[] {
  const open = new Map<unknown, Sent[]>();
  const all: Sent[][] = [];
  for (const query of queries) {
    let current = open.get(query.on);
    if (!current || query.text.startsWith('BEGIN')) {
      all.push((current = []));
      open.set(query.on, current);
    }
    current.push(query);
    if (query.text === 'COMMIT') open.delete(query.on);
  }
  return all.flat();
}

/** On one connection, BEGIN with the first query and COMMIT with the last as the server sends them, all else in turn. */
async function replayed(pool: pg.Pool, queries: readonly Sent[]): Promise<void> {
  const client = await pool.connect();
  try {
    let last: Promise<unknown> = Promise.resolve();
    for (const { text, values, name } of queries) {
      last = client.query(values === undefined ? { text } : { text, values, ...(name ? { name } : {}) });
      if (!/^(BEGIN|COMMIT)/.test(text)) await last;
      else last.catch(() => undefined);
    }
    await last;
  } finally {
    client.release();
  }
}

/** Reads in one message bring role and tenant along: replayed, they stand in a transaction that says the same. */
function settingsOf(query: object): string | undefined {
  const { prepare } = query as { prepare?: (wire: object) => void };
  if (query.constructor.name !== 'SettledQuery' || !prepare) return undefined;
  let seen: readonly string[] = [];
  try {
    prepare.call(query, {
      bind: ({ values }: { values: readonly string[] }) => {
        seen = values;
      },
      execute: () => undefined,
    });
  } catch {
    // Only its settings were wanted; what follows needs a real connection.
  }
  const [role, platform, merchant, store, user, access] = seen;
  return `BEGIN READ ONLY;SET LOCAL ROLE ${role};SET LOCAL app.platform_id='${platform}';SET LOCAL app.merchant_id='${merchant}';SET LOCAL app.store_id='${store}';SET LOCAL app.user_id='${user}';SET LOCAL app.access='${access}'`;
}

function recordQueries(): void {
  type Query = (...args: unknown[]) => unknown;
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const plain = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]): unknown {
    if (sent) {
      const [first, second] = args;
      const query = typeof first === 'string' ? { text: first, values: second } : (first as Partial<Sent>);
      const { text, values, name } = query as Partial<Sent> & { text?: string };
      const begin = typeof first === 'object' && first !== null ? settingsOf(first) : undefined;
      const bare = (sql: string): Sent => ({ text: sql, values: undefined, name: undefined, on: this });
      if (typeof text === 'string')
        sent.push(
          ...(begin ? [bare(begin)] : []),
          { text, values: Array.isArray(values) ? values : undefined, name, on: this },
          ...(begin ? [bare('COMMIT')] : []),
        );
    }
    return plain.apply(this, args);
  };
}
