import assert from 'node:assert/strict';
import { rootOf } from '@wizamart/core/testing';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

interface Shown {
  readonly status: string;
  readonly tier: { readonly code: string };
  readonly addOns: readonly { readonly id: string }[];
}

describe('the API of subscriptions [module:billing]', () => {
  let world: BillingWorld;
  before(async () => {
    world = await openBilling({ jobs: true });
  });
  after(() => world.close());

  const shopkeeper = async (role: 'owner' | 'manager' = 'owner') => {
    const store = await world.server.store({ platform: 'oms' });
    const user = await world.server.user(
      role === 'owner' ? { ownerOf: store.merchant } : { memberOf: { store, role: 'manager' } },
    );
    const platform = world.server.platform('oms');
    const root = rootOf({ surface: 'store', kind: 'api', platform, store });
    return { store, client: await world.server.signIn(user, { surface: 'store', platform, root }) };
  };
  const admin = async (of = 'oms') => {
    const user = await world.server.user({ adminOf: of });
    const root = rootOf({ surface: 'admin', kind: 'api', platform: world.server.platform('oms') });
    return world.server.signIn(user, { surface: 'admin', root });
  };
  const begun = async () => {
    const found = await shopkeeper();
    // The event of the store that came is delivered by a job.
    await world.trials.begin(world.at(found.store.merchant));
    return found;
  };

  it('begins a trial with the first store of a merchant, and no second one with the next', async () => {
    const { store } = await shopkeeper();
    const { eventually } = await import('@wizamart/core/testing');
    await eventually(
      async () => (await world.subscriptionReader.find(world.at(store.merchant)))?.status === 'trialing',
    );
    await world.server.store({ merchant: store.merchant, platform: 'oms' });
    await eventually(async () => {
      const [row] = await world.server.database.everything<{ count: number }>(
        "select count(*)::int as count from graphile_worker.jobs where task_identifier = 'core.deliverEvent'",
      );
      return row?.count === 0;
    });
    assert.equal((await world.subscriptionReader.history(world.at(store.merchant))).length, 1);
  });

  it('shows use, previews, changes, sells and ends', async () => {
    const { client } = await begun();
    const usage = (await client.get('/billing/usage')).expect(200).json<{ meters: { code: string }[] }>();
    assert.deepEqual(usage.meters.map(({ code }) => code).sort(), [
      'emails',
      'orders',
      'products',
      'shop_members',
      'team_members',
    ]);
    const preview = (
      await client.post('/billing/preview', { json: { tier: 'enterprise', interval: 'year' } })
    )
      .expect(200)
      .json<{
        when: string;
        invoice: { subtotalMinor: number; taxMinor: number; totalMinor: number };
      }>();
    assert.deepEqual(
      [preview.when, preview.invoice.subtotalMinor, preview.invoice.taxMinor, preview.invoice.totalMinor],
      ['now', 399_000, 67_830, 466_830],
    );
    const changed = (await client.post('/billing/change-tier', { json: { tier: 'enterprise' } }))
      .expect(200)
      .json<{ subscription: Shown }>();
    assert.equal(changed.subscription.tier.code, 'enterprise');
    const bought = (await client.post('/billing/addons', { json: { code: 'extra-products', quantity: 2 } }))
      .expect(201)
      .json<{ subscription: Shown }>();
    (await client.post(`/billing/addons/${bought.subscription.addOns[0]?.id}/cancel`, { json: {} })).expect(
      200,
    );
    const held = `/billing/addons/${bought.subscription.addOns[0]?.id}`;
    (await client.post(`${held}/keep`, { json: {} })).expect(200);
    (await client.post(`${held}/keep`, { json: {} })).expect(422);
    (await client.post(`${held}/cancel`, { json: {} })).expect(200);
    assert.equal(
      (await client.get('/billing/upcoming-invoice'))
        .expect(200)
        .json<{ invoice: { subtotalMinor: number } }>().invoice.subtotalMinor,
      39_900,
    );
    (await client.post('/billing/cancel', { json: { reason: 'enough' } })).expect(200);
    assert.equal(
      (await client.get('/billing/upcoming-invoice')).expect(200).json<{ invoice: unknown }>().invoice,
      null,
    );
    (await client.post('/billing/cancel', { json: {} })).expect(422);
    (await client.post('/billing/reactivate', { json: {} })).expect(200);
    (await client.get('/billing/history')).expect(200);
    assert.equal(
      (await client.get('/billing/payment-method')).expect(200).json<{ card: unknown }>().card,
      null,
    );
  });

  it('gives nothing more to somebody from whom nothing is collected, before there is a card', async () => {
    const { store, client } = await begun();
    await world.settings({ trialEndPolicy: 'downgrade' });
    await world.trials.extend(world.at(store.merchant), new Date(world.clock.now().getTime() + 1_000));
    world.clock.advance(2_000);
    await world.trialExpirations.check(world.on());
    assert.equal((await world.subscriptionReader.current(world.at(store.merchant))).collection, 'none');
    (await client.post('/billing/change-tier', { json: { tier: 'enterprise' } })).expect(402);
    (await client.post('/billing/addons', { json: { code: 'extra-products', quantity: 1 } })).expect(402);
    await world.settings({});
  });

  it('refuses fields it does not know, tiers that are not sold, and ids of others', async () => {
    const { client } = await begun();
    (await client.post('/billing/change-tier', { json: { tier: 'enterprise', price: 1 } })).expect(422);
    (await client.post('/billing/change-tier', { json: { tier: 'gold' } })).expect(404);
    (await client.post('/billing/addons/01935a3e-7c00-7000-8000-000000000001/cancel', { json: {} })).expect(
      404,
    );
  });

  it('is for owners, not for those who work there', async () => {
    const { client } = await shopkeeper('manager');
    (await client.get('/billing/usage')).expect(403);
    (await client.post('/billing/cancel', { json: {} })).expect(403);
  });

  it('lists, shows and changes subscriptions for administrators of the platform, and of no other', async () => {
    const { store } = await begun();
    const client = await admin();
    const { items } = (await client.get('/subscriptions?status=trialing&perPage=100'))
      .expect(200)
      .json<{ items: { id: string; merchantId: string }[] }>();
    const { id } = items.find(({ merchantId }) => merchantId === store.merchantId) as { id: string };
    const shown = async () =>
      (await client.get(`/subscriptions/${id}`)).expect(200).json<{ subscription: Shown }>().subscription;
    assert.equal((await shown()).status, 'trialing');
    (await client.post(`/subscriptions/${id}/change-tier`, { json: { tier: 'essential' } })).expect(200);
    assert.equal((await shown()).tier.code, 'essential');
    (
      await client.put(`/subscriptions/${id}/trial-end`, { json: { trialEndsAt: '2027-01-01T00:00:00Z' } })
    ).expect(200);
    (await client.post(`/subscriptions/${id}/cancel`, { json: { atOnce: true } })).expect(200);
    assert.equal((await shown()).status, 'cancelled');
    (await client.post(`/subscriptions/${id}/cancel`, { json: { atOnce: true } })).expect(409);
    (await client.get('/subscriptions/summary')).expect(200);
    const { status } = await (await admin('loyalty')).get(`/subscriptions/${id}`);
    assert.ok([401, 403, 404].includes(status));
  });

  it('sets prices, shows versions, and makes add-ons', async () => {
    const client = await admin();
    (
      await client.put('/tiers/essential/prices', {
        json: { currency: 'EUR', monthlyMinor: 5_500, yearlyMinor: null },
      })
    ).expect(200);
    const { items } = (await client.get('/tiers/essential/versions'))
      .expect(200)
      .json<{ items: { version: number }[] }>();
    assert.deepEqual(
      items.map(({ version }) => version),
      [2, 1],
    );
    (
      await client.put('/tiers/essential/prices', {
        json: { currency: 'JPY', monthlyMinor: 1, yearlyMinor: null },
      })
    ).expect(422);
    (
      await client.put('/addons/more', {
        json: {
          name: 'More',
          currency: 'EUR',
          monthlyMinor: 100,
          yearlyMinor: null,
          limits: { products: 1 },
        },
      })
    ).expect(200);
    const odd = { name: 'Odd', currency: 'EUR', monthlyMinor: 100, yearlyMinor: null };
    const refused = (
      await client.put('/addons/odd', { json: { ...odd, features: ['teleport'], limits: { unicorns: 1 } } })
    ).expect(422);
    assert.match(refused.text, /"features\.teleport".*No module that is on here brings/);
    assert.match(refused.text, /"limits\.unicorns".*No module that is on here counts/);
    (await client.get('/price-matrix')).expect(200);
    (await client.put('/addons/more/sale', { json: { isSold: false } })).expect(204);
    (await client.get('/price-matrix')).expect(200);
  });

  it('is gone with its routes on both mounts when billing is off, and the tier stays', async () => {
    const { store, client } = await begun();
    const user = await world.server.user({ superAdmin: true });
    const platform = world.server.platform('oms');
    const here = await world.server.signIn(user, {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'api', platform }),
    });
    const above = await world.server.signIn(user, { surface: 'admin', root: '/api/v1/admin/platforms/oms' });
    for (const one of [here, above]) (await one.get('/subscriptions')).expect(200);
    const { parts } = world.server;
    const limit = () => parts.entitlements.limit({ ...world.at(store.merchant) }, 'products');
    const before = await limit();
    const turn = async (change: { enable: string[]; disable: string[] }) => {
      const ctx = world.server.context({ platform, actor: user, surface: 'admin' });
      const { revision } = await parts.modules.plan(ctx, change);
      await parts.modules.apply(ctx, { ...change, revision });
    };
    await turn({ enable: [], disable: ['billing'] });
    for (const one of [here, above])
      for (const call of [
        one.get('/subscriptions'),
        one.post('/subscriptions/x/cancel', { json: {} }),
        one.put('/tiers/essential/prices', { json: {} }),
      ])
        (await call).expect(404);
    for (const call of [
      client.get('/billing/usage'),
      client.post('/billing/cancel', { json: {} }),
      client.get('/billing/addons'),
    ])
      (await call).expect(404);
    assert.equal(await limit(), before);
    assert.equal(
      (await parts.tiers.holding(world.at(store.merchant), store.merchant)).tierCode,
      'professional',
    );
    await turn({ enable: ['billing'], disable: [] });
    (await here.get('/subscriptions')).expect(200);
    (await client.get('/billing/usage')).expect(200);
  });
});
