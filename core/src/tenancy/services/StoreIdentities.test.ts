import assert from 'node:assert/strict';
import { InvalidInput, NotFound } from '../../errors/common.js';
import { openTenancy, type Tenancy } from '../tenancy.fixture.js';
import { StoreIdentities } from './StoreIdentities.js';

describe('StoreIdentities [module:core] [surface:store]', () => {
  let tenancy: Tenancy;
  let identities: StoreIdentities;
  before(async () => {
    tenancy = await openTenancy();
    identities = new StoreIdentities(tenancy);
  });
  after(() => tenancy.close());
  const letzshop = (externalId: string) => ({ provider: 'letzshop', externalId });

  it('lets exactly one of many stores claim an identity', async () => {
    const stores = await Promise.all(
      Array.from({ length: 20 }, (_, index) => tenancy.newStore(`claimer-${index}`)),
    );
    const results = await Promise.allSettled(
      stores.map((store) =>
        identities.claim(tenancy.inStore(store), { ...letzshop('one'), name: store.name }),
      ),
    );
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of results)
      if (result.status === 'rejected') assert.match(String(result.reason), /claimed this shop already/);
    const owner = await identities.find(tenancy.context('loyalty'), letzshop('one'));
    assert.equal(owner?.storeId, stores[won]?.id);
  });

  it('brings what it claimed before up to date', async () => {
    const ctx = tenancy.inStore(await tenancy.newStore('updater'));
    const first = await identities.claim(ctx, { ...letzshop('two'), slug: 'old' });
    const second = await identities.claim(ctx, { ...letzshop('two'), slug: 'new', proof: { by: 'mail' } });
    assert.equal(second.id, first.id);
    assert.deepEqual([second.slug, second.proof], ['new', { by: 'mail' }]);
    assert.equal((await identities.list(ctx)).length, 1);
  });

  it('releases for others to claim, but not what is another store’s', async () => {
    const [mine, other] = [await tenancy.newStore('mine'), await tenancy.newStore('other')];
    const { id } = await identities.claim(tenancy.inStore(mine), letzshop('three'));
    await assert.rejects(identities.release(tenancy.inStore(other), id), NotFound);
    assert.deepEqual(await identities.list(tenancy.inStore(other)), []);
    await identities.release(tenancy.inStore(mine), id);
    assert.equal(await identities.find(tenancy.context(), letzshop('three')), null);
    await identities.claim(tenancy.inStore(other), letzshop('three'));
  });

  it('refuses what is no provider, and unknown fields', async () => {
    const ctx = tenancy.inStore(await tenancy.newStore('refused'));
    await assert.rejects(identities.claim(ctx, { provider: 'Letz Shop', externalId: 'x' }), InvalidInput);
    await assert.rejects(identities.claim(ctx, { ...letzshop(''), extra: 1 } as never), InvalidInput);
  });
});
