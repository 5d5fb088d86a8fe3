import assert from 'node:assert/strict';
import { rootOf } from '@wizamart/core/testing';
import type { CapacitySnapshots } from '../src/capacity/CapacitySnapshots.js';
import type { CapacityTrends } from '../src/capacity/CapacityTrends.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

const DAY = 86_400_000;

interface Shown {
  readonly day: string;
  readonly subscriptions: number;
  readonly tiers: readonly { readonly code: string; readonly subscriptions: number }[];
  readonly limits: readonly {
    readonly code: string;
    readonly theoretical: number;
    readonly used: number;
    readonly utilisation: number | null;
    readonly over: number;
    readonly unlimited: { readonly merchants: number; readonly used: number };
  }[];
}

describe('capacity [module:billing]', () => {
  let world: BillingWorld;
  let snapshots: CapacitySnapshots;
  let trends: CapacityTrends;
  before(async () => {
    world = await openBilling();
    ({ capacitySnapshots: snapshots, capacityTrends: trends } =
      world.server.modules.kernel.container.wiringOf('billing') as unknown as {
        capacitySnapshots: CapacitySnapshots;
        capacityTrends: CapacityTrends;
      });
  });
  after(async () => {
    await world.close();
    assert.deepEqual(world.server.log.errors, [], world.server.log.text());
  });

  const begun = async (tier: string, platform = 'oms') => {
    const merchant = await world.server.merchant({ platform, tier });
    await world.trials.begin(world.at(merchant, platform));
    return merchant;
  };
  const admin = async (of = 'oms', kind: 'api' | 'page' = 'api') => {
    const user = await world.server.user({ adminOf: of });
    const platform = world.server.platform(of);
    return world.server.signIn(user, {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind, platform }),
    });
  };
  const rows = () =>
    world.server.database.everything<{ day: string }>(
      'select platform_id, day::text, captured_at, subscriptions, tiers, limits from billing_capacity_snapshot order by platform_id, day',
    );
  const limitOf = ({ limits }: Pick<Shown, 'limits'>, code: string) =>
    limits.find((limit) => limit.code === code) as Shown['limits'][number];

  it('says that nothing was measured before the first time: API, page, advice and health', async () => {
    const client = await admin();
    assert.deepEqual((await client.get('/subscription-capacity')).expect(200).json(), { snapshot: null });
    assert.deepEqual((await client.get('/subscription-capacity/trends')).expect(200).json(), { items: [] });
    assert.deepEqual((await client.get('/subscription-capacity/recommendations')).expect(200).json(), {
      items: [],
    });
    const { html } = (await (await admin('oms', 'page')).get('/capacity')).expect(200);
    assert.match(html, /Nothing has been measured yet/);
    assert.match(html, /Measure now/);
    const { reports } = (await client.get('/health'))
      .expect(200)
      .json<{ reports: { billing: { capacity: unknown } } }>();
    assert.deepEqual(reports.billing, { capacity: null });
  });

  it('adds up what was bought, with add-ons, beside what is used; what has no limit stands apart', async () => {
    const small = await begun('essential');
    const large = await begun('professional');
    const boundless = await begun('enterprise');
    const elsewhere = await begun('professional', 'loyalty');
    await world.server.merchant({ platform: 'oms', tier: 'professional' });
    await world.addOnSales.buy(world.at(small), { code: 'extra-products', quantity: 2 });
    for (let index = 0; index < 3; index++) await world.shop.addProduct(world.at(small));
    await world.shop.addProduct(world.at(large));
    for (let index = 0; index < 7; index++) await world.shop.addProduct(world.at(boundless));
    await world.shop.addProduct(world.at(elsewhere, 'loyalty'));
    for (let index = 0; index < 5; index++) await world.shop.order(world.at(small), 'count');

    const client = await admin();
    const made = (await client.post('/subscription-capacity/snapshot', { json: {} }))
      .expect(201)
      .json<Shown>();
    assert.deepEqual([made.day, made.subscriptions], ['2026-03-02', 3]);
    assert.deepEqual(made.tiers.map(({ code, subscriptions }) => [code, subscriptions]).sort(), [
      ['enterprise', 1],
      ['essential', 1],
      ['professional', 1],
    ]);
    const { theoretical, used, utilisation, unlimited, over } = limitOf(made, 'products');
    assert.deepEqual(
      [theoretical, used, utilisation, over, unlimited],
      [2 + 10 + 10, 4, 4 / 22, 0, { merchants: 1, used: 7 }],
    );
    const orders = limitOf(made, 'orders');
    assert.deepEqual([orders.theoretical, orders.used, orders.over], [53, 5, 1]);
    assert.deepEqual((await client.get('/subscription-capacity')).json(), { snapshot: made });
  });

  it('is measured once a day by the job, also by 20 at once and late; now means anew, and is audited', async () => {
    const job = () => snapshots.capture(world.on());
    const before = JSON.stringify(await rows());
    world.clock.advance(3_600_000);
    await Promise.all(Array.from({ length: 20 }, job));
    assert.equal(JSON.stringify(await rows()), before);
    world.clock.advance(3 * DAY);
    await Promise.all(Array.from({ length: 20 }, job));
    await job();
    const days = (await rows()).map(({ day }) => day);
    // What was used on the days without a snapshot is not known any more, and so is not made up.
    assert.deepEqual(days, ['2026-03-02', '2026-03-05']);
    await Promise.all(Array.from({ length: 10 }, () => snapshots.captureNow(world.on())));
    assert.equal((await rows()).length, 2);
    const { items } = await world.server.parts.audit.list(world.on(), { perPage: 100 });
    assert.equal(items.filter(({ action }) => action === 'billing.capacity.captured').length, 11);
  });

  it('has its days in Luxembourg, also where clocks change', async () => {
    world.clock.set('2026-03-28T22:59:00Z');
    assert.equal((await snapshots.capture(world.on('loyalty'))).day, '2026-03-28');
    world.clock.set('2026-03-28T23:01:00Z');
    assert.equal((await snapshots.capture(world.on('loyalty'))).day, '2026-03-29');
    world.clock.set('2026-03-29T21:59:00Z');
    assert.equal((await snapshots.capture(world.on('loyalty'))).day, '2026-03-29');
    world.clock.set('2026-03-29T22:01:00Z');
    assert.equal((await snapshots.capture(world.on('loyalty'))).day, '2026-03-30');
  });

  it('says that it is too early, then foretells with bounds, and advises what to do', async () => {
    const merchant = await begun('professional', 'loyalty');
    const early = await trends.of(world.on('loyalty'), 90);
    assert.deepEqual(early.find(({ code }) => code === 'products')?.outlook, {
      kind: 'too_few',
      points: 3,
      needed: 10,
    });
    world.clock.set('2026-04-10T08:00:00Z');
    for (let day = 0; day < 12; day++) {
      if (day % 2 === 0 && day < 12) await world.shop.addProduct(world.at(merchant, 'loyalty'));
      await snapshots.capture(world.on('loyalty'));
      world.clock.advance(DAY);
    }
    const client = await admin('loyalty');
    const { items } = (await client.get('/subscription-capacity/trends?days=30')).expect(200).json<{
      items: Awaited<ReturnType<typeof trends.of>>;
    }>();
    const outlook = items.find(({ code }) => code === 'products')?.outlook;
    assert.ok(outlook?.kind === 'forecast');
    const { per30Days, ahead, backTest } = outlook.forecast;
    assert.ok(per30Days > 0 && ahead.length === 13 && (backTest?.forecasts ?? 0) > 0);
    assert.equal(items.find(({ code }) => code === 'orders')?.basis, 'monthly_peak');
    assert.equal(items.find(({ code }) => code === 'orders')?.outlook.kind, 'too_few');
    const advice = (await client.get('/subscription-capacity/recommendations'))
      .expect(200)
      .json<{ items: { key: string; limit: string; text: string }[] }>();
    assert.ok(advice.items.length > 0);
    for (const { key, text } of advice.items) assert.ok(!text.includes('billing.') && text.length > 20, key);
    const { reports } = (await client.get('/health')).expect(200).json<{
      reports: { billing: { capacity: { limits: { code: string; hasForecast: boolean }[] } } };
    }>();
    const products = reports.billing.capacity.limits.find(({ code }) => code === 'products');
    assert.equal(products?.hasForecast, true);
  });

  it('is a page with pictures, the same as tables, and a file; measuring from it tells what happened', async () => {
    const client = await admin('loyalty', 'page');
    const { html } = (await client.get('/capacity?days=30')).expect(200);
    assert.match(html, /<svg class="chart-box"/);
    assert.match(html, /fill-opacity="\.15"/);
    assert.match(html, /Tried on the past/);
    assert.match(html, /<table/);
    assert.doesNotMatch(html, /billing\.capacity/);
    const health = (await client.get('/health')).expect(200).html;
    assert.match(health, /<h2>Billing<\/h2>/);
    assert.match(health, /href="[^"]*\/capacity"/);
    const file = (await client.get('/capacity?format=csv')).expect(200).text;
    assert.match(file, /"day","limit","allowed"/);
    assert.match(file, /"2026-03-28","products"/);
    const done = (await client.post('/capacity/capture', { form: {} })).expect(303);
    assert.match(done.headers.location ?? '', /\/capacity$/);
    assert.match((await client.get('/capacity')).html, /Capacity has been measured/);
  });

  it('is nobody’s business elsewhere: administrators of another platform', async () => {
    const user = await world.server.user({ adminOf: 'oms' });
    const client = await world.server.signIn(user, { surface: 'admin', root: '' });
    (await client.get('/api/v1/admin/platforms/oms/subscription-capacity')).expect(200);
    const { status } = await client.get('/api/v1/admin/platforms/loyalty/subscription-capacity');
    assert.ok(status === 403 || status === 404, String(status));
  });
});
