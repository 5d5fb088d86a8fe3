import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type EmbeddedOptions, type EmbeddedServer, startEmbeddedPostgres } from './startEmbeddedPostgres.js';
import { isServerOf } from './postmaster.js';

describe('embedded PostgreSQL [module:core]', () => {
  const cleanups: (() => unknown)[] = [];

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  /** A folder that every user may enter, gone after the test with the server in it. */
  function folder(mode = 0o755): string {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'wizamart-embedded-'));
    fs.chmodSync(directory, mode);
    cleanups.push(() => fs.rmSync(directory, { recursive: true, force: true }));
    return directory;
  }

  async function start(directory: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
    const server = await startEmbeddedPostgres({ directory, fast: true, ...options });
    cleanups.push(() => server.stop());
    return server;
  }

  interface Application {
    server: EmbeddedServer;
    child: ChildProcess;
    /** Ends it in good order, and returns its exit code. */
    stop(): Promise<number>;
    /** As `kill -9` does. */
    kill(): Promise<void>;
  }

  async function startApplication(directory: string, mode = 'fast'): Promise<Application> {
    const fixture = fileURLToPath(new URL('./embeddedProcess.fixture.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx/esm', '--conditions=source', fixture, directory, mode],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    cleanups.push(() => child.kill('SIGKILL'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const ended = once(child, 'exit') as Promise<[number]>;
    return {
      server: JSON.parse(line) as EmbeddedServer,
      child,
      stop: async () => {
        child.stdin.end();
        return (await ended)[0];
      },
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  describe('made in an empty folder', () => {
    let directory: string;
    let server: EmbeddedServer;

    before(async () => {
      directory = fs.mkdtempSync(path.join(os.tmpdir(), 'wizamart-embedded-'));
      fs.chmodSync(directory, 0o755);
      server = await startEmbeddedPostgres({ directory, fast: true });
    });

    after(async () => {
      await server.stop();
      fs.rmSync(directory, { recursive: true });
    });

    it('creates a cluster in which text is UTF-8 and Ä becomes ä', async () => {
      const rows = await query(
        server.appUrl,
        `SELECT lower('ÄÖÉ') AS lower, current_setting('server_encoding') AS encoding`,
      );
      assert.deepEqual(rows, [{ lower: 'äöé', encoding: 'UTF8' }]);
      assert.equal(server.created, true);
      assert.equal(server.adopted, false);
    });

    it('listens on the loopback address only, below the ports that the system hands out', async () => {
      assert.ok(Number(new URL(server.appUrl).port) < 32_768);
      assert.deepEqual(await query(server.appUrl, 'SHOW listen_addresses'), [
        { listen_addresses: '127.0.0.1' },
      ]);
    });

    it('keeps the passwords where only the user of the database reads them', async () => {
      assert.equal(fs.statSync(path.join(server.directory, 'credentials.json')).mode & 0o777, 0o600);
      assert.equal(fs.statSync(server.directory).mode & 0o777, 0o700);
    });

    it('separates the role that owns the database from the role that serves', async () => {
      const rows = await query(
        server.superUrl,
        `SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole,
                rolname = pg_get_userbyid((SELECT datdba FROM pg_database WHERE datname = current_database())) AS owns
         FROM pg_roles WHERE rolname ~ '^(wizamart|app)_' ORDER BY rolname`,
      );
      const none = { rolsuper: false, rolbypassrls: false, rolcreaterole: false };
      const group = { ...none, rolcanlogin: false, rolinherit: true, rolcreatedb: false, owns: false };
      assert.deepEqual(rows, [
        { rolname: 'app_directory', ...group },
        { rolname: 'app_serve', ...group },
        { rolname: 'app_system', ...group },
        {
          rolname: 'wizamart_app',
          ...none,
          rolcanlogin: true,
          rolinherit: false,
          rolcreatedb: false,
          owns: false,
        },
        {
          rolname: 'wizamart_owner',
          ...none,
          rolcanlogin: true,
          rolinherit: true,
          rolcreatedb: true,
          owns: true,
        },
      ]);
      assert.deepEqual(await query(server.appUrl, `SET ROLE app_serve; SELECT current_user::text AS role`), [
        { role: 'app_serve' },
      ]);
      await assert.rejects(query(server.appUrl, 'SET ROLE wizamart_owner'), /permission denied/);
      await assert.rejects(query(server.appUrl, 'CREATE TABLE stray (id int)'), /permission denied/);
    });
  });

  it('comes up once for four processes that start at the same moment on an empty folder', async () => {
    const directory = folder();
    const applications = await Promise.all([1, 2, 3, 4].map(() => startApplication(directory)));
    const servers = applications.map((application) => application.server);
    assert.equal(new Set(servers.map((server) => server.pid)).size, 1);
    assert.equal(servers.filter((server) => server.created).length, 1);
    assert.equal(servers.filter((server) => !server.adopted).length, 1);
    assert.deepEqual(fs.readdirSync(path.dirname(servers[0]!.directory)), ['cluster']);
    for (const { server } of applications) assert.equal((await query(server.appUrl, 'SELECT 1')).length, 1);

    assert.deepEqual(await Promise.all(applications.map((application) => application.stop())), [0, 0, 0, 0]);
    assert.equal(runs(servers[0]!), false);
  });

  it('adopts the server that a killed application left running', async () => {
    const directory = folder();
    const application = await startApplication(directory);
    await query(application.server.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS id');
    await application.kill();
    assert.equal(runs(application.server), true);

    const server = await start(directory);
    assert.deepEqual([server.pid, server.adopted, server.created], [application.server.pid, true, false]);
    assert.deepEqual(await query(server.ownerUrl, 'SELECT id FROM kept'), [{ id: 1 }]);
  });

  it('starts again after the server itself was killed', async () => {
    const directory = folder();
    const application = await startApplication(directory, 'durable');
    await query(application.server.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS id');
    process.kill(application.server.pid, 'SIGKILL');
    await application.kill();

    const server = await start(directory);
    assert.equal(server.adopted, false);
    assert.deepEqual(await query(server.ownerUrl, 'SELECT id FROM kept'), [{ id: 1 }]);
  });

  for (const [whose, pid] of [
    ['no process', () => spawnSync(process.execPath, ['-e', '']).pid],
    ['a process that is no database', () => process.pid],
  ] as const) {
    it(`starts although a postmaster.pid was left behind with the number of ${whose}`, async () => {
      const directory = folder();
      const first = await start(directory);
      const pidFile = path.join(first.directory, 'data/postmaster.pid');
      const lines = fs.readFileSync(pidFile, 'utf8').split('\n');
      await first.stop();
      fs.writeFileSync(pidFile, [pid(), ...lines.slice(1)].join('\n'));

      const second = await start(directory);
      assert.deepEqual([second.adopted, second.created], [false, false]);
      assert.equal((await query(second.appUrl, 'SELECT 1')).length, 1);
    });
  }

  it('works in a folder that the user of the database cannot enter, and says where the data lies', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const directory = path.join(folder(0o700), 'data');
    const first = await start(directory);
    cleanups.unshift(() => fs.rmSync(path.dirname(first.directory), { recursive: true, force: true }));
    await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS id');
    await first.stop();

    const location = JSON.parse(fs.readFileSync(path.join(directory, 'location.json'), 'utf8')) as {
      directory: string;
    };
    assert.equal(path.join(location.directory, 'cluster'), first.directory);
    const second = await start(directory);
    assert.equal(second.directory, first.directory);
    assert.deepEqual(await query(second.ownerUrl, 'SELECT id FROM kept'), [{ id: 1 }]);
  });

  it('leaves the server to the others, and the last one stops it', async () => {
    const directory = folder();
    const first = await start(directory);
    const second = await startApplication(directory);
    await first.stop();
    assert.equal(runs(first), true);
    assert.equal((await query(second.server.appUrl, 'SELECT 1')).length, 1);

    assert.equal(await second.stop(), 0);
    assert.equal(runs(first), false);
  });

  it('does not stop a server that somebody works with', async () => {
    const directory = folder();
    const server = await start(directory);
    const visitor = new pg.Client(server.ownerUrl);
    await visitor.connect();
    try {
      await server.stop();
      assert.equal((await visitor.query('SELECT 1')).rowCount, 1);
    } finally {
      await visitor.end();
    }
    await (await start(directory)).stop();
    assert.equal(runs(server), false);
  });

  it('gives a working server to those who come while the last one stops it', async () => {
    const directory = folder();
    let current = await start(directory);
    for (let round = 0; round < 20; round++) {
      const [, next] = await Promise.all([current.stop(), start(directory)]);
      assert.equal((await query(next.appUrl, 'SELECT 1')).length, 1);
      current = next;
    }
  });

  it('clears away what a process left that was killed while it made the cluster', async () => {
    const directory = folder();
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    fs.mkdirSync(path.join(directory, `cluster.new-${gone}-abcdef/data`), { recursive: true });
    await start(directory);
    assert.deepEqual(fs.readdirSync(directory), ['cluster']);
  });

  it('says in the words of the server why it does not start', async () => {
    const directory = folder();
    const server = await start(directory);
    await server.stop();
    fs.appendFileSync(path.join(server.directory, 'data/postgresql.conf'), '\nwork_mem = nonsense\n');
    await assert.rejects(start(directory), /did not start: .*invalid value for parameter "work_mem"/s);
  });

  it('makes a further database when asked', async () => {
    const directory = folder();
    await start(directory);
    const server = await start(directory, { database: 'second' });
    assert.deepEqual(await query(server.appUrl, 'SELECT current_database()::text AS name'), [
      { name: 'second' },
    ]);
  });
});

function runs(server: EmbeddedServer): boolean {
  return isServerOf(path.join(server.directory, 'data'), server.pid);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    // Several statements give several results; the last one counts.
    const results = [await client.query(sql)].flat();
    return (results.at(-1) as pg.QueryResult).rows;
  } finally {
    await client.end();
  }
}
