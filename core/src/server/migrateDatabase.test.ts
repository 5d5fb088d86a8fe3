import assert from 'node:assert/strict';
import { ConfigError } from '../config/config.js';
import { defineMigration } from '../database/migration.js';
import { definePlugin, type AnyPlugin } from '../kernel/plugin.js';
import { testDatabase, type TestDatabase } from '../testing/database.js';
import { testConfig } from '../testing/testConfig.js';
import { testHost } from '../testing/testHost.js';
import { TestLog } from '../testing/TestLog.js';
import { migrateDatabase, unappliedMigrations } from './migrateDatabase.js';

const shelves = definePlugin({
  code: 'shelves',
  name: 'Shelves',
  description: 'Keeps shelves.',
  migrations: [
    defineMigration('20261120_shelf', (m) => {
      m.platformTable('shelves_shelf', {
        comment: 'A shelf.',
        columns: (table) => {
          table.text('label').notNullable().comment('What stands on it.');
        },
      });
    }),
  ],
}) as AnyPlugin;

describe('migrating without starting [module:core]', () => {
  let db: TestDatabase;
  const { logger } = new TestLog();
  const hosts = [testHost({ plugins: [shelves], on: [] })];
  const config = (ownerUrl: string | undefined) => {
    const base = testConfig();
    return { ...base, database: { ...base.database, url: db.appUrl, ownerUrl, directUrl: undefined } };
  };
  before(async () => {
    db = await testDatabase();
  });
  after(() => db.drop());

  it('says what is pending in an empty database, and changes nothing by that', async () => {
    const pending = await unappliedMigrations(hosts, config(undefined), logger);
    assert.ok(pending.some(({ plugin, name }) => plugin === 'shelves' && name === '20261120_shelf'));
    assert.deepEqual(await unappliedMigrations(hosts, config(undefined), logger), pending);
  });

  it('refuses without the owner’s login, and says how to get on', async () => {
    await assert.rejects(
      migrateDatabase(hosts, config(undefined), logger),
      (error) => error instanceof ConfigError && /DATABASE_OWNER_URL/.test(error.message),
    );
  });

  it('applies what is pending, for plugins that are off too, and makes no platform', async () => {
    const applied = await migrateDatabase(hosts, config(db.ownerUrl), logger);
    assert.ok(applied.some(({ name }) => name === '20261120_shelf'));
    assert.deepEqual(await db.database.system((tx) => tx.query('select code from core_platform')), []);
    assert.deepEqual(await unappliedMigrations(hosts, config(undefined), logger), []);
  });

  it('does nothing a second time', async () => {
    assert.deepEqual(await migrateDatabase(hosts, config(db.ownerUrl), logger), []);
  });
});
