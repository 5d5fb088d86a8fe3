import assert from 'node:assert/strict';
import { openBilling, SEED, shop, TIERS, type BillingWorld } from './subscriptions.fixture.js';
import { startTestServer, testHost } from '@wizamart/core/testing';
import { billing } from '../src/index.js';
import { featureMatrix } from '../src/catalog/FeatureMatrix.js';

describe('the catalogue [module:billing]', () => {
  let world: BillingWorld;
  before(async () => {
    world = await openBilling();
  });
  after(() => world.close());

  it('sells the tiers and add-ons of the host, in order, per platform', async () => {
    const offers = await world.catalogue.offers(world.on());
    assert.deepEqual(
      offers.map(({ kind, code, monthlyMinor, yearlyMinor }) => [kind, code, monthlyMinor, yearlyMinor]),
      [
        ['tier', 'essential', 4_900, 49_000],
        ['tier', 'professional', 9_900, 99_000],
        ['tier', 'enterprise', 39_900, 399_000],
        ['add_on', 'extra-products', 500, 5_000],
        ['add_on', 'extra-feature', 700, null],
      ],
    );
    await world.catalogue.setPrices(world.on('loyalty'), 'essential', {
      currency: 'EUR',
      monthlyMinor: 1,
      yearlyMinor: null,
    });
    const [here, there] = [world.on(), world.on('loyalty')].map((ctx) =>
      world.catalogue.forSale(ctx, 'tier', 'essential'),
    );
    assert.deepEqual([(await here)?.monthlyMinor, (await there)?.monthlyMinor], [4_900, 1]);
  });

  it('makes a new version of what has changed only, and never changes one', async () => {
    const prices = { currency: 'EUR', monthlyMinor: 4_900, yearlyMinor: 49_000 };
    const first = await world.catalogue.setPrices(world.on(), 'essential', prices);
    const second = await world.catalogue.setPrices(world.on(), 'essential', {
      ...prices,
      monthlyMinor: 5_900,
    });
    const third = await world.catalogue.setPrices(world.on(), 'essential', {
      ...prices,
      monthlyMinor: 5_900,
    });
    assert.deepEqual([first.version, second.version, third.id === second.id], [1, 2, true]);
    assert.equal((await world.catalogue.byId(world.on(), first.id)).monthlyMinor, 4_900);
    await assert.rejects(
      world.server.parts.database.unit(world.on(), ({ tx }) =>
        tx.query('update billing_product_version set monthly_minor = 1'),
      ),
      /permission denied/,
    );
  });

  it('makes one version when 50 people buy a changed tier at the same time', async () => {
    await world.server.parts.tiers.save(world.on(), {
      code: 'enterprise',
      name: 'Enterprise',
      position: 30,
      features: ['shop_basic', 'shop_pro', 'shop_extra'],
      limits: {},
    });
    const sold = await Promise.all(
      Array.from({ length: 50 }, () => world.catalogue.forSale(world.on(), 'tier', 'enterprise')),
    );
    assert.equal(new Set(sold.map(({ id }) => id)).size, 1);
    assert.equal(sold[0]?.version, 2);
  });

  it('refuses a currency without minor units, and one that is not there', async () => {
    for (const [currency, words] of [
      ['JPY', /has no minor units/],
      ['EURO', /no currency code/],
    ] as const)
      await assert.rejects(
        world.catalogue.setPrices(world.on(), 'essential', { currency, monthlyMinor: 1, yearlyMinor: null }),
        (error: { errors: { path: string; message: string }[] }) =>
          error.errors.some(({ path, message }) => path === 'currency' && words.test(message)),
      );
  });

  it('sells an archived product to nobody, and again when it is offered again', async () => {
    await world.catalogue.archive(world.on(), 'add_on', 'extra-feature', true);
    await assert.rejects(world.catalogue.forSale(world.on(), 'add_on', 'extra-feature'), {
      code: 'BILLING_NOT_FOR_SALE',
    });
    await world.catalogue.archive(world.on(), 'add_on', 'extra-feature', false);
    await world.catalogue.forSale(world.on(), 'add_on', 'extra-feature');
  });

  it('refuses to sell what is not there, and a tier without a price', async () => {
    await assert.rejects(world.catalogue.forSale(world.on(), 'tier', 'gold'), {
      code: 'BILLING_PRODUCT_NOT_FOUND',
    });
    await world.server.parts.tiers.save(world.on(), {
      code: 'gold',
      name: 'Gold',
      position: 90,
      features: [],
      limits: {},
    });
    await assert.rejects(world.catalogue.forSale(world.on(), 'tier', 'gold'), {
      code: 'BILLING_NOT_FOR_SALE',
    });
  });

  it('sets tiers side by side by the features and limits of modules that are on', async () => {
    const { tiers, features, limits } = await featureMatrix(world.catalogue, world.on('loyalty'));
    assert.deepEqual(
      tiers.map(({ code }) => code),
      ['essential', 'professional', 'enterprise'],
    );
    assert.deepEqual(features.find(({ code }) => code === 'shop_pro')?.cells, [false, true, true]);
    assert.deepEqual(limits.find(({ code }) => code === 'products')?.cells, [2, 10, null]);
  });

  it('offers no add-on to merchants whose limit no module counts, until one does', async () => {
    const price = { currency: 'EUR', monthlyMinor: 500, yearlyMinor: null };
    const sold = async () =>
      (await world.catalogue.offers(world.on(), { kind: 'add_on', onlyPublic: true })).map(
        ({ code }) => code,
      );
    const code = 'more-shelves';
    await world.catalogue.saveAddOn(world.on(), { ...price, code, name: 'Shelves', limits: { shelves: 5 } });
    assert.equal((await sold()).includes(code), false);
    await assert.rejects(world.catalogue.forSale(world.on(), 'add_on', code, { onlyPublic: true }), {
      code: 'BILLING_PRODUCT_NOT_FOUND',
    });
    assert.ok((await world.catalogue.offers(world.on())).some((offer) => offer.code === code));
    const limits = { shelves: 5, products: 1 };
    await world.catalogue.saveAddOn(world.on(), { ...price, code, name: 'Shelves', limits });
    assert.equal((await sold()).includes(code), true);
  });

  it('does not start with prices of a tier that the host does not have', async () => {
    const host = testHost({
      code: 'oms',
      plugins: [shop, billing],
      tiers: TIERS,
      seeds: { billing: { ...SEED, tiers: { gold: { monthlyMinor: 1, yearlyMinor: null } } } },
    });
    await assert.rejects(startTestServer({ hosts: [host] }), { code: 'BILLING_SEED_INVALID' });
  });
});
