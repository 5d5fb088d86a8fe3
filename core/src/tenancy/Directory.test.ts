import assert from 'node:assert/strict';
import type { StoreRecord } from '../kernel/context.js';
import { eventually } from '../testing/eventually.js';
import { asMerchant } from './asTenant.js';
import { resolveAddress } from './resolveAddress.js';
import { openTenancy, type Tenancy } from './tenancy.fixture.js';
import { THEME_PRESETS } from './theme/presets.js';

describe('Directory [module:core]', () => {
  let tenancy: Tenancy;
  before(async () => {
    tenancy = await openTenancy();
  });
  after(() => tenancy.close());

  it('has all platforms in memory, in the order of their codes', () => {
    const { tenants } = tenancy;
    assert.deepEqual(
      tenants.platforms().map(({ code }) => code),
      ['loyalty', 'main', 'oms', 'site-builder'],
    );
    const oms = tenants.platformByCode('oms');
    assert.equal(tenants.platformByDomain('oms.lu'), oms);
    assert.equal(tenants.platformById(oms?.id ?? ''), oms);
    assert.equal(oms?.theme.name, 'fresh');
    assert.deepEqual(oms?.languages, ['en', 'fr', 'de']);
  });

  it('finds a store by every way, and keeps one record of it', async () => {
    const { tenants, platform, newStore } = tenancy;
    const acme = await newStore('acme', { subdomain: 'acme-lu' });
    const oms = platform('oms');
    assert.equal(acme.subdomain, 'acme-lu');
    for (const found of [
      tenants.storeByCode(oms, 'acme'),
      tenants.storeBySubdomain(oms, 'acme-lu'),
      tenants.storeAnywhere('acme'),
    ]) {
      assert.equal(await found, acme);
    }
    assert.equal(tenants.storeByCode(oms, 'acme'), acme, 'from memory, without a promise');
    assert.equal(await tenants.storeByCode(platform('loyalty'), 'acme'), null);
    assert.equal(await tenants.storeBySubdomain(oms, 'acme'), null);
    assert.equal(tenants.storeById(oms, "x' or true"), null, 'no uuid, no query');
  });

  it('loads once when many ask at the same time', async () => {
    const { tenants, platform, newStore } = tenancy;
    await newStore('busy');
    await tenants.load();
    const asked = Array.from({ length: 20 }, () => tenants.storeByCode(platform('oms'), 'busy'));
    assert.equal(new Set(asked).size, 1);
    assert.equal((await asked[0])?.code, 'busy');
  });

  it('takes the platform’s theme where a store has none', async () => {
    const { newStore, platform } = tenancy;
    assert.equal((await newStore('plain')).theme, platform('oms').theme);
    assert.equal((await newStore('own', { theme: THEME_PRESETS.night })).theme.name, 'night');
  });

  it('shows a change to the next look, with nothing in between', async () => {
    const { tenants, platform, newStore, newMerchant, stores, context, merchants } = tenancy;
    const merchant = await newMerchant('Changer');
    const store = await newStore('changer', {}, merchant);
    const ctx = asMerchant(context(), merchant);
    const now = (): StoreRecord | null | Promise<StoreRecord | null> =>
      tenants.storeByCode(platform('oms'), 'changer');
    await stores.update(ctx, store.id, { name: 'Changed' });
    assert.equal((await now())?.name, 'Changed');
    await stores.setStatus(ctx, store.id, { status: 'suspended' });
    assert.equal((await now())?.status, 'suspended');
    await merchants.update(ctx, { displayName: 'Renamed' });
    assert.equal((await now())?.merchant.name, 'Renamed');
    await stores.leavePlatform(ctx, store.id);
    assert.equal((await now())?.isActiveOnPlatform, false);
  });

  it('forgets what it did not find, once it is there', async () => {
    const { tenants, platform, newStore } = tenancy;
    assert.equal(await tenants.storeByCode(platform('oms'), 'later'), null);
    assert.equal(tenants.storeByCode(platform('oms'), 'later'), null, 'remembered, without a query');
    await newStore('later');
    assert.equal((await tenants.storeByCode(platform('oms'), 'later'))?.code, 'later');
  });

  it('is told of changes of other nodes: stores, platforms, revisions', async () => {
    const { openNode, platform, platforms, newStore, newMerchant, stores, context, database, bus } = tenancy;
    const other = (await openNode()).tenants;
    const merchant = await newMerchant('Far');
    const store = await newStore('far', {}, merchant);
    assert.equal((await other.storeByCode(platform('oms'), 'far'))?.name, 'far');
    await stores.update(asMerchant(context(), merchant), store.id, { name: 'Near' });
    await eventually(async () => (await other.storeByCode(platform('oms'), 'far'))?.name === 'Near');
    await platforms.update(context('site-builder'), { name: 'Sites' });
    await eventually(() => other.platformByCode('site-builder')?.name === 'Sites');
    await database.unit(context('site-builder'), async ({ tx, platform: { id } }) => {
      await tx.query('update core_platform set revision = revision + 1 where id = $1', [id]);
      await bus.publish(tx, 'modules', { platformId: id });
    });
    await eventually(() => other.platformByCode('site-builder')?.revision === 2);
  });

  it('keeps nothing of a load that a change has overtaken', async () => {
    const { tenants, platform, newMerchant, newStore, stores, context, db } = tenancy;
    const merchant = await newMerchant('Race');
    const store = await newStore('race', {}, merchant);
    await tenants.load();
    const begun = tenants.storeByCode(platform('oms'), 'race');
    await stores.update(asMerchant(context(), merchant), store.id, { name: 'After' });
    await begun;
    assert.equal((await tenants.storeByCode(platform('oms'), 'race'))?.name, 'After');
    assert.equal((await db.everything('select 1 from core_store where code = $1', ['race'])).length, 1);
  });

  it('drops everything after a gap in the connection', async () => {
    const { db, platform, newStore, openNode } = tenancy;
    await newStore('gap');
    const { tenants, bus } = await openNode();
    assert.equal((await tenants.storeByCode(platform('oms'), 'gap'))?.name, 'gap');
    await db.everything("update core_store set name = 'unheard' where code = 'gap'");
    await db.everything("update core_platform set name = 'Unheard' where code = 'loyalty'");
    assert.equal((await tenants.storeByCode(platform('oms'), 'gap'))?.name, 'gap', 'nobody was told');
    let gaps = 0;
    bus.onGap(() => {
      gaps++;
    });
    await db.everything(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wizamart-bus' and datname = current_database()",
    );
    await eventually(() => gaps > 0);
    await eventually(() => tenants.platformByCode('loyalty')?.name === 'Unheard');
    assert.equal((await tenants.storeByCode(platform('oms'), 'gap'))?.name, 'unheard');
  });

  it('lets a request find its tenant at once, and again after a change', async () => {
    const { tenants, newMerchant, newStore, stores, context } = tenancy;
    const merchant = await newMerchant('Host');
    const store = await newStore('hosted', {}, merchant);
    const request = { host: 'hosted.oms.lu', path: '/about', secure: true, mode: { development: false } };
    const kind = async (): Promise<string> => (await resolveAddress(request, tenants)).type;
    assert.equal(await kind(), 'tenant');
    assert.ok(!(resolveAddress(request, tenants) instanceof Promise));
    await stores.setStatus(asMerchant(context(), merchant), store.id, { status: 'suspended' });
    assert.equal(await kind(), 'suspended');
    await stores.setStatus(asMerchant(context(), merchant), store.id, { status: 'inactive' });
    assert.equal(await kind(), 'refused');
  });
});
