import assert from 'node:assert/strict';
import { once } from 'node:events';
import { eventually } from '../../testing/eventually.js';
import { testDatabase, type TestDatabase } from '../../testing/database.js';
import { DatabaseError } from '../errors.js';
import { defineMigration, type Migration } from '../migration.js';
import { sampleSets } from '../sample.fixture.js';
import { migrateProcess, output } from './migrateProcesses.fixture.js';
import { pendingMigrations } from './pendingMigrations.js';
import { type MigrationProgress, runMigrations } from './runMigrations.js';

const table = (name: string, extra = ''): Migration =>
  defineMigration(name, (m) => m.sql(`create table m_${name} (id int${extra})`));
const first = table('20261101_first');
const second = table('20261102_second');

describe('migrations [module:core]', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await testDatabase();
  });
  afterEach(() => db.drop());

  const migrate = (migrations: readonly Migration[], plugin = 'shop') =>
    runMigrations({ ownerUrl: db.ownerUrl, sets: [{ plugin, migrations }] });
  const tables = async (): Promise<string[]> =>
    (
      await db.owner<{ name: string }>(
        "select relname as name from pg_class where relkind = 'r' and relname ~ '^(m|slow)_' order by 1",
      )
    ).map(({ name }) => name);

  it('applies what is missing, in the order of the names, and tells its progress', async () => {
    const progress: MigrationProgress[] = [];
    const { applied } = await runMigrations({
      ownerUrl: db.ownerUrl,
      sets: [{ plugin: 'shop', migrations: [second, first] }, ...sampleSets],
      onProgress: (each) => void progress.push(each),
    });
    assert.deepEqual(
      applied.map(({ plugin, name }) => `${plugin}/${name}`),
      ['shop/20261101_first', 'shop/20261102_second', 'core/20261120_samples'],
    );
    assert.deepEqual(
      progress.map(({ done, total, next }) => [done, total, next?.name]),
      [
        [0, 3, first.name],
        [1, 3, second.name],
        [2, 3, '20261120_samples'],
        [3, 3, undefined],
      ],
    );
    assert.deepEqual((await migrate([first, second])).applied, []);
    const ledger = await db.owner<{ checksum: string; applied_at: Date; duration_ms: number }>(
      "select * from core_migration where plugin = 'shop' order by name",
    );
    assert.equal(ledger.length, 2);
    assert.match(ledger[0]?.checksum ?? '', /^[0-9a-f]{64}$/);
    assert.ok(ledger[0]?.applied_at instanceof Date && Number.isInteger(ledger[0].duration_ms));
  });

  it('refuses a migration that was edited after it was applied, and says which', async () => {
    await migrate([first]);
    await assert.rejects(
      migrate([table('20261101_first', ', more text')]),
      (error: Error) =>
        error instanceof DatabaseError &&
        error.code === 'MIGRATION_EDITED' &&
        /shop\/20261101_first/.test(error.problem) &&
        /further migration of 'shop'/.test(error.fix),
    );
  });

  it('only warns of a migration whose plugin is gone', async () => {
    await migrate([first, second]);
    const warnings: string[] = [];
    const { applied } = await runMigrations({
      ownerUrl: db.ownerUrl,
      sets: [{ plugin: 'shop', migrations: [first] }],
      log: { warn: (_details, message) => void warnings.push(message) },
    });
    assert.deepEqual(applied, []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /shop\/20261102_second/);
  });

  it('keeps nothing of a migration that fails, everything before it, and goes on when it is mended', async () => {
    const broken = defineMigration('20261102_second', (m) => {
      m.sql('create table m_half (id int)');
      m.sql('create table nonsense (');
    });
    await assert.rejects(
      migrate([first, broken]),
      (error: Error) =>
        error instanceof DatabaseError &&
        /shop\/20261102_second failed: syntax error.*It was at: create table nonsense \(/.test(error.problem),
    );
    assert.deepEqual(await tables(), ['m_20261101_first']);
    assert.equal((await migrate([first, second])).applied.length, 1);
  });

  it('refuses two migrations of one name', async () => {
    await assert.rejects(
      migrate([first, table('20261101_first', ', b int')]),
      /two migrations named '20261101_first'/,
    );
  });

  it('fails rather than silently changing no row of a tenant table; data() changes all of them', async () => {
    await runMigrations({ ownerUrl: db.ownerUrl, sets: sampleSets });
    const row =
      "insert into sample_note (merchant_id, id, title) values (gen_random_uuid(), gen_random_uuid(), 'old')";
    await db.everything(`${row}; ${row}`);
    const change = "update sample_note set title = 'new'";
    await assert.rejects(
      migrate([defineMigration('20261103_sql', (m) => m.sql(change))]),
      /row-level security policy/,
    );
    await migrate([defineMigration('20261103_data', (m) => m.data(['sample_note'], change))]);
    assert.deepEqual(await db.everything('select title from sample_note'), [
      { title: 'new' },
      { title: 'new' },
    ]);
    assert.deepEqual(
      await db.owner("select relforcerowsecurity as forced from pg_class where relname = 'sample_note'"),
      [{ forced: true }],
    );
  });

  it('tells a server that may not migrate what is pending', async () => {
    const sets = [{ plugin: 'shop', migrations: [first, second] }];
    assert.deepEqual(
      (await pendingMigrations(db.database, sets)).map(({ name }) => name),
      [first.name, second.name],
    );
    await migrate([first]);
    assert.deepEqual(await pendingMigrations(db.database, sets), [{ plugin: 'shop', name: second.name }]);
    await migrate([first, second]);
    assert.deepEqual(await pendingMigrations(db.database, sets), []);
    await assert.rejects(
      db.database.system((tx) => tx.query('delete from core_migration')),
      /permission denied/,
    );
  });

  it('says where the database is when it does not answer', async () => {
    const url = new URL(db.ownerUrl);
    url.port = '1';
    await assert.rejects(runMigrations({ ownerUrl: url.href, sets: [] }), {
      name: 'DatabaseError',
      code: 'DATABASE_UNREACHABLE',
    });
  });

  it('is done once by eight processes that start at the same moment', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => output(migrateProcess(db.ownerUrl))));
    assert.deepEqual(results.map((text) => /applied (\d)/.exec(text)?.[1]).sort(), [
      '0',
      '0',
      '0',
      '0',
      '0',
      '0',
      '0',
      '1',
    ]);
  });

  it('needs no hand after a process was killed in the middle', async () => {
    const killed = migrateProcess(db.ownerUrl, 'slow');
    await eventually(
      async () =>
        (
          await db.everything(
            "select from pg_stat_activity where datname = current_database() and query like '%pg_sleep(30)%' and application_name = 'wizamart-migrate'",
          )
        ).length === 1,
    );
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    assert.deepEqual(await tables(), []);
    assert.equal((await db.owner('select from core_migration')).length, 1);
    const next = output(migrateProcess(`${db.ownerUrl}?options=-ctest.hurry%3Dyes`, 'slow'));
    assert.match(await next, /applied 1/);
    assert.deepEqual(await tables(), ['slow_first', 'slow_second']);
  });
});
