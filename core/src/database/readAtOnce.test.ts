import assert from 'node:assert/strict';
import type pg from 'pg';
import { testDatabase, type TestDatabase } from '../testing/database.js';
import { databaseConfig } from './config.js';
import { Database } from './Database.js';
import { readAtOnce } from './readAtOnce.js';
import { sampleSets, sampleStore, Item } from './sample.fixture.js';
import { tenantSettings } from './tenantSettings.js';
import { uuidv7 } from './uuid.js';

const items = { name: 'sample.items', text: 'select store_id, sku from sample_item order by sku' };

describe('reads in one message [module:core]', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase({ sets: sampleSets });
  });
  after(() => db.drop());

  const asLogin = <Result>(work: (login: pg.PoolClient) => Promise<Result>): Promise<Result> =>
    db.database.asLogin((login) => work(login as pg.PoolClient));

  it('keep 400 parallel reads of two tenants apart on two connections, by row-level security alone', async () => {
    const tenants = [sampleStore(), sampleStore()] as const;
    for (const ctx of tenants)
      await db.database.unit(ctx, (inner) => Item.in(inner).insert({ id: uuidv7(), sku: 'own' }));
    const pair = new Database(databaseConfig({ appUrl: db.appUrl, poolSize: 2, acquireTimeoutMs: 20_000 }));
    await Promise.all(
      Array.from({ length: 400 }, async (_, index) => {
        const ctx = tenants[(index % 2) as 0 | 1];
        assert.deepEqual(await pair.read(ctx, items), [{ store_id: ctx.store?.id, sku: 'own' }]);
      }),
    );
    await pair.close();
  });

  it('leave no role and no setting behind in the connection', async () => {
    const ctx = sampleStore();
    await asLogin(async (login) => {
      for (const attempt of [1, 2]) {
        await readAtOnce(login, 'app_serve', tenantSettings(ctx), { ...items, values: [] });
        const { rows } = await login.query(
          `select current_user = session_user as own, current_setting('app.store_id', true) as store, current_setting('transaction_read_only') as frozen`,
        );
        assert.deepEqual(rows, [{ own: true, store: '', frozen: 'off' }], `attempt ${attempt}`);
      }
    });
  });

  it('see across tenants in the directory, and write nothing there', async () => {
    const [one, other] = [sampleStore(), sampleStore()] as const;
    for (const ctx of [one, other])
      await db.database.unit(ctx, (inner) => Item.in(inner).insert({ id: uuidv7(), sku: 'seen' }));
    const bare = new Database(databaseConfig({ appUrl: db.appUrl, pipeline: false, statementNames: false }));
    for (const database of [db.database, bare]) {
      const found = await database.readDirectory<{ store_id: string }>(one, items);
      const stores = new Set(found.map(({ store_id: store }) => store));
      assert.ok(stores.has(one.store?.id ?? '') && stores.has(other.store?.id ?? ''));
      const write = { name: 'sample.write', text: "update sample_item set sku = 'x' returning sku" };
      await assert.rejects(database.readDirectory(one, write), /read-only|permission denied/);
      await assert.rejects(
        database.unit(one, (open) => database.readDirectory(open, items)),
        { code: 'TENANT_MISMATCH' },
      );
    }
    await bare.close();
  });

  it('do not run the query when the settings fail', async () => {
    await asLogin(async (login) => {
      const lock = { name: 'sample.lock', text: 'select pg_advisory_lock(4711)', values: [] };
      await assert.rejects(
        readAtOnce(login, 'no_such_role' as 'app_serve', tenantSettings(sampleStore()), lock),
        /no_such_role/,
      );
      const { rows } = await login.query(
        "select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()",
      );
      assert.deepEqual(rows, []);
    });
  });
});
