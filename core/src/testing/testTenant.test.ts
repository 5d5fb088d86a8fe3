import assert from 'node:assert/strict';
import { testDatabase, type TestDatabase } from './database.js';
import { testSchema } from './testSchema.js';
import { testTenant } from './testTenant.js';

describe('test tenants without a server [module:core]', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase(testSchema());
  });
  after(() => db.drop());

  const stores = (ctx: Parameters<TestDatabase['database']['unit']>[0]) =>
    db.database.unit(ctx, ({ tx }) => tx.query<{ id: string }>('select id from core_store'));

  it('are apart from each other, and see what is theirs', async () => {
    const [one, two] = [await testTenant(db.database), await testTenant(db.database)];
    assert.deepEqual(await stores(one), [{ id: one.store.id }]);
    assert.deepEqual(await stores(two), [{ id: two.store.id }]);
    assert.notEqual(one.platform.id, two.platform.id);
  });

  it('may share a platform, a merchant or a store', async () => {
    const first = await testTenant(db.database);
    const neighbour = await testTenant(db.database, { platform: first.platform });
    assert.deepEqual(
      [neighbour.platform.id === first.platform.id, neighbour.merchant.id === first.merchant.id],
      [true, false],
    );
    const sibling = await testTenant(db.database, { platform: first.platform, merchant: first.merchant });
    assert.deepEqual(
      [sibling.merchant.id === first.merchant.id, sibling.store.id === first.store.id],
      [true, false],
    );
    const elsewhere = await testTenant(db.database, { store: first.store });
    assert.deepEqual(
      [elsewhere.store.id === first.store.id, elsewhere.store.platformId === first.platform.id],
      [true, false],
    );
    assert.equal((await stores({ ...first, store: null })).length, 2);
  });
});
