import assert from 'node:assert/strict';
import type { MerchantRecord } from '@wizamart/core';
import { queriesDuring, rootOf, type TestClient } from '@wizamart/core/testing';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

/** More questions than this are taken for a loop over rows. */
const MOST = 12;

describe('what billing’s pages ask of the database [module:billing] [surface:admin] [surface:store]', () => {
  let world: BillingWorld;
  before(async () => {
    world = await openBilling();
  });
  after(() => world.close());

  const office = async (): Promise<TestClient> => {
    const user = await world.server.user({ adminOf: 'oms' });
    const root = rootOf({ surface: 'admin', kind: 'page', platform: world.server.platform('oms') });
    return world.server.signIn(user, { surface: 'admin', root });
  };
  /** What the local payment server keeps for itself is no question of the page; each limit is counted by its own module. */
  const questions = async (client: TestClient, path: string): Promise<readonly string[]> => {
    const ask = async (): Promise<unknown> => (await client.get(path)).expect(200);
    await ask();
    const sent = await queriesDuring(ask);
    return sent.filter(
      (text) =>
        !/billing_local_stripe|billing_webhook|advisory_xact_lock|enqueue_job|shop_|core_usage_counter/.test(
          text,
        ),
    );
  };
  const countsOf = async (client: TestClient, paths: readonly string[]): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    // The fewest of several: jobs of the same process ask in between.
    for (const path of paths)
      counts[path] = Math.min(
        (await questions(client, path)).length,
        (await questions(client, path)).length,
        (await questions(client, path)).length,
      );
    return counts;
  };
  /** Add-ons with several versions each. */
  const sellMore = async (prefix: string): Promise<void> => {
    for (const code of ['a', 'b', 'c'].map((letter) => `${prefix}-${letter}`))
      for (const monthlyMinor of [100, 200])
        await world.catalogue.saveAddOn(world.on(), {
          ...{ code, name: code, currency: 'EUR', monthlyMinor, yearlyMinor: 1_000, limits: { products: 1 } },
        });
  };
  const subscriber = async (): Promise<MerchantRecord> => {
    const merchant = await world.server.merchant({ platform: 'oms' });
    await world.trials.begin(world.at(merchant));
    return merchant;
  };

  it('grows with no product and no version, for administrators of prices', async () => {
    const paths = [
      '/tiers',
      '/subscription-tiers',
      '/subscription-tiers?kind=add_on',
      '/subscription-tiers/professional',
    ];
    const client = await office();
    const before = await countsOf(client, paths);
    await sellMore('more');
    for (const monthlyMinor of [5_100, 5_200])
      await world.catalogue.setPrices(world.on(), 'professional', {
        ...{ currency: 'EUR', monthlyMinor, yearlyMinor: 50_000 },
      });
    assert.deepEqual(await countsOf(client, paths), before);
    assert.ok(
      Object.values(before).every((count) => count <= MOST),
      JSON.stringify(before),
    );
  });

  it('grows with no subscription, for administrators of subscriptions', async () => {
    const merchant = await subscriber();
    const { id } = (await world.subscriptionReader.find(world.at(merchant))) ?? assert.fail('no trial');
    const paths = ['/subscriptions', `/subscriptions/${id}/tier`, `/subscriptions/${id}`];
    const client = await office();
    const before = await countsOf(client, paths);
    for (let more = 0; more < 3; more++) await subscriber();
    await sellMore('other');
    assert.deepEqual(await countsOf(client, paths), before);
    const { [`/subscriptions/${id}`]: whole = 0, ...lists } = before;
    assert.ok(
      Object.values(lists).every((count) => count <= MOST),
      JSON.stringify(before),
    );
    // With its trail, and what comes next.
    assert.ok(whole <= 15, JSON.stringify(before));
  });

  it('grows with no add-on, for owners', async () => {
    const store = await world.server.store({ platform: 'oms' });
    const user = await world.server.user({ ownerOf: store.merchant });
    const at = world.at(store.merchant);
    await world.trials.begin(at);
    const platform = world.server.platform('oms');
    const root = rootOf({ surface: 'store', kind: 'page', platform, store });
    const client = await world.server.signIn(user, { surface: 'store', platform, root });
    const { tier } = (await world.subscriptionReader.find(at)) ?? assert.fail('no trial');
    const offers = await world.catalogue.offers(world.on(), { kind: 'tier', onlyPublic: true });
    const other = offers.find(({ code }) => code !== tier.code) ?? assert.fail('one tier only');
    const paths = [
      '/billing',
      '/billing/change-tier',
      `/billing/change-tier/preview?tier=${other.code}&interval=month`,
      '/billing/payment-method',
      '/billing/add-ons',
    ];
    const before = await countsOf(client, paths);
    await sellMore('desk');
    for (const letter of ['a', 'b', 'c'])
      await world.server.database.everything(
        `insert into billing_subscription_add_on (id, merchant_id, platform_id, subscription_id, version_id, code, quantity, started_at)
         select gen_random_uuid(), s.merchant_id, s.platform_id, s.id, v.id, v.code, 1, s.created_at
         from billing_subscription s join billing_product_version v on v.platform_id = s.platform_id
         where s.merchant_id = $1 and v.kind = 'add_on' and v.code = $2 and v.version = 2`,
        [store.merchant.id, `desk-${letter}`],
      );
    assert.equal((await world.subscriptionReader.find(at))?.addOns.length, 3);
    assert.deepEqual(await countsOf(client, paths), before);
    assert.ok(
      Object.values(before).every((count) => count <= MOST),
      JSON.stringify(before),
    );
  });
});
