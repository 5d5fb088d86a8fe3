import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { definePlugin, PluginError } from '@wizamart/core';
import { eventually, testDatabase, type TestDatabase } from '@wizamart/core/testing';
import { wizamart, type Ended } from './wizamart.fixture.js';

const words = (ended: Ended): string => ended.stderr + ended.stdout;

describe('A start that cannot succeed [module:core]', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let taken: Server;
  let port: number;
  let tablesBefore: number;
  before(async () => {
    database = await testDatabase();
    tablesBefore = await tables();
    taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => {
      taken.once('listening', resolve);
    });
    ({ port } = taken.address() as AddressInfo);
  });
  after(async () => {
    taken.close();
    await database.drop();
  });

  const serves = (): Record<string, string> => ({
    DATABASE_URL: database.appUrl,
    PORT: '0',
    WIZAMART_SECRET: 'ab'.repeat(32),
  });
  const tables = async (): Promise<number> =>
    (
      await database.owner<{ n: number }>(
        "select count(*)::int as n from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
      )
    )[0]?.n ?? -1;

  /** It ended by itself, told every one of the patterns and no password, and left no stack, no table and no connection. */
  async function refused(ended: Ended, ...tells: readonly RegExp[]): Promise<void> {
    assert.ok(ended.code === 1 || ended.code === 2, words(ended));
    for (const what of tells) assert.match(words(ended), what);
    assert.doesNotMatch(words(ended), /^\s+at .+:\d+:\d+\)?$/m, 'words, not a stack');
    const password = new URL(database.appUrl).password;
    assert.ok(!words(ended).includes(password));
    await eventually(async () => {
      const rows = await database.owner<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and application_name <> 'wizamart-test' and pid <> pg_backend_pid()",
      );
      return rows[0]?.n === 0;
    });
  }

  it('names every variable that is wrong, at once, and what it should look like', async () => {
    const ended = await wizamart(['start'], {
      ...serves(),
      PORT: 'eighty',
      NODE_ENV: 'prod',
      WIZAMART_LOG: 'loud',
      WIZAMART_DEMO: 'yes',
      DATABASE_POOL: '1',
      WIZAMART_SECRET: 'short',
      WIZAMART_TRUST_PROXY: '2',
      SMTP_URL: 'mail.example',
      WIZAMART_PAGE_CACHE_MB: '-1',
    });
    await refused(
      ended,
      /^Cannot start: .*mend these environment variables/m,
      /PORT: /,
      /NODE_ENV: .*"development"/,
      /WIZAMART_LOG: .*"info"/,
      /WIZAMART_DEMO: .*"true"/,
      /DATABASE_POOL: .*2/,
      /WIZAMART_SECRET: must be 64 hex digits/,
      /WIZAMART_TRUST_PROXY: /,
      /SMTP_URL: must look like smtp:/,
      /WIZAMART_PAGE_CACHE_MB: .*0/,
    );
  });

  it('a port that is none is told with what is allowed', async () => {
    for (const wrong of ['70000', '-1', '80.5'])
      await refused(await wizamart(['start'], { ...serves(), PORT: wrong }), /PORT: /, /65535|int|>=\s?0|0/);
  });

  it('a host that is not there is told with those that are', async () => {
    await refused(
      await wizamart(['start', 'nowhere'], serves()),
      /no host 'nowhere'/,
      /there are: main, oms, loyalty, site-builder/,
    );
  });

  it('production without a secret says how to make one', async () => {
    const { WIZAMART_SECRET: _, ...rest } = serves();
    await refused(
      await wizamart(['start'], { ...rest, NODE_ENV: 'production' }),
      /WIZAMART_SECRET is missing/,
      /randomBytes\(32\)/,
    );
  });

  it('a database that does not answer is named with its place, without its password', async () => {
    const ended = await wizamart(['start'], {
      ...serves(),
      DATABASE_URL: 'postgresql://wizamart:hush-hush@127.0.0.1:1/shop',
    });
    await refused(
      ended,
      /DATABASE_UNREACHABLE/,
      /127\.0\.0\.1:1/,
      /ECONNREFUSED/,
      /Start PostgreSQL there, or correct host and port of DATABASE_URL/,
    );
    assert.doesNotMatch(words(ended), /hush-hush/);
  });

  it('something that listens there but is no PostgreSQL does not hold it up for ever', async () => {
    await refused(
      await wizamart(['start'], { ...serves(), DATABASE_URL: `postgresql://a:b@127.0.0.1:${port}/shop` }),
      /DATABASE_UNREACHABLE/,
      new RegExp(`127\\.0\\.0\\.1:${port}`),
      /pg_isready|DATABASE_URL/,
    );
  });

  it('the other two addresses are named as what they are', async () => {
    const nowhere = 'postgresql://wizamart:hush-hush@127.0.0.1:1/shop';
    await refused(
      await wizamart(['start'], { ...serves(), DATABASE_OWNER_URL: nowhere }),
      /DATABASE_UNREACHABLE/,
      /127\.0\.0\.1:1/,
      /correct host and port of DATABASE_OWNER_URL/,
    );
    assert.equal(await tables(), tablesBefore);
  });

  it('a wrong password and a database that is not there are told apart', async () => {
    const wrong = new URL(database.appUrl);
    wrong.password = 'wrong';
    const lost = new URL(database.appUrl);
    lost.pathname = '/nowhere_at_all';
    await refused(
      await wizamart(['start'], { ...serves(), DATABASE_URL: lost.href }),
      /nowhere_at_all/,
      /Create the database/,
    );
    const ended = await wizamart(['start'], { ...serves(), DATABASE_URL: wrong.href });
    // A server that trusts local logins lets any password in, and then misses the migrations.
    await refused(ended, /Correct user and password|migrations are pending/);
  });

  it('does not serve as the owner of the tables, and says with which SQL to mend it', async () => {
    await refused(
      await wizamart(['start'], { ...serves(), DATABASE_URL: database.ownerUrl }),
      /DATABASE_ROLE_UNFIT/,
      /owns the table core_migration/,
      /CREATE ROLE|create role/i,
      /DATABASE_OWNER_URL/,
    );
  });

  it('does not serve as a superuser, and leaves the database as it was', async function () {
    const name = `wz_super_${process.pid}`;
    try {
      await database.everything(`create role ${name} superuser login password 'planted'`);
    } catch {
      console.log('      skipped: the server of DATABASE_OWNER_URL lets nobody make a superuser');
      this.skip();
    }
    try {
      const url = new URL(database.appUrl);
      url.username = name;
      url.password = 'planted';
      await refused(
        await wizamart(['start'], {
          ...serves(),
          DATABASE_URL: url.href,
          DATABASE_OWNER_URL: database.ownerUrl,
        }),
        /DATABASE_ROLE_UNFIT/,
        /superuser/,
        /row-level security does not apply/,
        /as a superuser/,
      );
      assert.equal(await tables(), tablesBefore, 'nothing was migrated');
    } finally {
      await database.everything(`drop role ${name}`);
    }
  });

  it('without the owner says what is pending and how to migrate', async () => {
    await refused(
      await wizamart(['start'], serves()),
      /\d+ migrations are pending/,
      /DATABASE_OWNER_URL/,
      /wizamart migrate/,
    );
    assert.equal(await tables(), tablesBefore);
  });

  it('a port in use is told with another one to take, and everything that was opened is closed', async () => {
    const ended = await wizamart(['start', 'oms'], {
      ...serves(),
      DATABASE_OWNER_URL: database.ownerUrl,
      PORT: String(port),
    });
    await refused(ended, new RegExp(`port ${port} is in use`), new RegExp(`PORT=${port + 1} npm start`));
  });

  it('production refuses the accounts of the demo', async () => {
    const seeded = await wizamart(['seed'], { ...serves(), DATABASE_OWNER_URL: database.ownerUrl });
    assert.equal(seeded.code, 0, words(seeded));
    await refused(
      await wizamart(['start'], { ...serves(), NODE_ENV: 'production' }),
      /demo/i,
      /admin@wizamart\.example/,
    );
  });

  describe('for a plugin', () => {
    it('with an unknown key, names the key and those there are', () => {
      assert.throws(
        () =>
          definePlugin({ code: 'bread', name: 'Bread', description: 'Bakes.', routez: () => [] } as never),
        (error: unknown) => {
          assert.ok(error instanceof PluginError);
          assert.deepEqual(
            [error.code, /plugin 'bread'/.test(error.problem), /routez/.test(error.fix)],
            ['P100', true, true],
          );
          return true;
        },
      );
    });

    it('the command says the same, and nothing is opened', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'wizamart-plugin-'));
      try {
        writeFileSync(
          path.join(folder, 'package.json'),
          JSON.stringify({ type: 'module', wizamart: { hosts: ['./host.mjs'] } }),
        );
        writeFileSync(
          path.join(folder, 'host.mjs'),
          `import { defineHost, definePlugin, THEME_PRESETS } from ${JSON.stringify(import.meta.resolve('@wizamart/core'))};
          const bread = definePlugin({ code: 'bread', name: 'Bread', description: 'Bakes.', routez: () => [] });
          export default defineHost({ code: 'bakery', name: 'Bakery', domain: null, plugins: [bread], modules: { on: ['bread'] }, languages: { default: 'en', supported: ['en'] }, theme: THEME_PRESETS.warm });`,
        );
        await refused(
          await wizamart(['start'], serves(), folder),
          /P100/,
          /plugin 'bread' is not valid/,
          /routez/,
          /fix:/,
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});
