import assert from 'node:assert/strict';
import { defineMigration } from '../database/migration.js';
import { sampleContext, sampleSets } from '../database/sample.fixture.js';
import { testDatabase } from './database.js';
import { asAdmin, testServer } from './testServer.js';

const databases = async (like: string): Promise<string[]> => {
  const { adminUrl } = await testServer();
  return asAdmin(adminUrl, async (admin) =>
    (
      await admin.query<{ name: string }>('select datname as name from pg_database where datname like $1', [
        like,
      ])
    ).rows.map(({ name }) => name),
  );
};

describe('the test database [module:core]', () => {
  it('is a database of its own for each caller, with the migrations applied, and is gone after drop', async () => {
    const [one, two] = await Promise.all([
      testDatabase({ sets: sampleSets }),
      testDatabase({ sets: sampleSets }),
    ]);
    await one.owner('insert into sample_session (id) values (gen_random_uuid())').catch(() => undefined);
    await one.database.system((tx) => tx.query('insert into sample_session (id) values (gen_random_uuid())'));
    assert.deepEqual(await two.database.system((tx) => tx.query('select * from sample_session')), []);
    const name = new URL(one.appUrl).pathname.slice(1);
    assert.deepEqual(await databases(name), [name]);
    await Promise.all([one.drop(), two.drop()]);
    assert.deepEqual(await databases(name), []);
  });

  it('keeps one template per set of migrations, also when several ask at once', async () => {
    const marker = `marker_${process.pid}_${Date.now()}`;
    const sets = [
      {
        plugin: 'core',
        migrations: [defineMigration('20261120_marker', (m) => m.sql(`create table ${marker} (id int)`))],
      },
    ];
    const before = new Set(await databases('wzt\\_%'));
    const made = await Promise.all(Array.from({ length: 4 }, () => testDatabase({ sets })));
    // Other processes may make and drop some meanwhile.
    const templates = (await databases('wzt\\_%')).filter(
      (name) => !before.has(name) && !name.endsWith('_draft'),
    );
    for (const each of made) assert.deepEqual(await each.owner(`select * from ${marker}`), []);
    await Promise.all(made.map((each) => each.drop()));
    // It would stay for the next run, for which it is of no use.
    const found = await Promise.all(
      templates.map(async (name) => {
        const server = await testServer();
        return asAdmin(server.ownerUrl(name), async (owner) =>
          (await owner.query('select to_regclass($1) is not null as own', [marker])).rows[0].own
            ? name
            : undefined,
        );
      }),
    );
    const own = found.filter((name) => name !== undefined);
    assert.equal(own.length, 1);
    const { adminUrl } = await testServer();
    await asAdmin(adminUrl, (admin) => admin.query(`drop database ${own[0]}`));
  });

  it('prepares a template with more than migrations', async () => {
    const prepare = {
      key: 'one',
      run: (ownerUrl: string) =>
        asAdmin(ownerUrl, async (owner) => void (await owner.query('create table prepared (id int)'))),
    };
    const db = await testDatabase({ prepare });
    assert.deepEqual(await db.owner('select * from prepared'), []);
    await db.drop();
  });

  it('switches row-level security off for a while, and on again when the work fails', async () => {
    const db = await testDatabase({ sets: sampleSets });
    const count = (): Promise<object[]> =>
      db.database.unit(sampleContext(), ({ tx }) => tx.query('select from sample_note'));
    await db.everything(
      "insert into sample_note (merchant_id, id, title) values (gen_random_uuid(), gen_random_uuid(), 'x')",
    );
    assert.equal((await count()).length, 0);
    await assert.rejects(
      db.withoutRowSecurity(async () => {
        assert.equal((await count()).length, 1);
        throw new Error('no');
      }),
      /^Error: no$/,
    );
    assert.equal((await count()).length, 0);
    await db.drop();
  });
});
