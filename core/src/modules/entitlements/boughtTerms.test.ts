import assert from 'node:assert/strict';
import { defineError } from '../../errors/defineError.js';
import { openEntitlements, type EntitlementsWorld } from './entitlements.fixture.js';
import type { LimitReachedData } from './errors.js';

const OrdersLimitReached = defineError<LimitReachedData>({
  code: 'TEST_ORDERS_LIMIT_REACHED',
  status: 402,
  message: 'full',
});

describe('What a merchant bought [module:core]', () => {
  let world: EntitlementsWorld;
  beforeEach(async () => {
    world = await openEntitlements({ config: { poolSize: 20, acquireTimeoutMs: 30_000 } });
  });
  afterEach(() => world.close());

  const bought = { name: 'Basic of last year', features: ['dashboard', 'cms_seo'], limits: { cms_pages: 7 } };
  const buy = () => world.tiers.assign(world.context(), world.acme, 'basic', bought);
  const change = (limit: number) =>
    world.tiers.save(world.context(), {
      code: 'basic',
      name: 'Basic',
      position: 10,
      features: ['dashboard', 'cms_basic'],
      limits: { cms_pages: limit, team_members: 2 },
    });

  it('stays as it was when the tier changes or goes', async () => {
    await buy();
    await change(1);
    const ctx = world.inStore('basic');
    assert.deepEqual([...(await world.entitlements.features(ctx))].sort(), ['cms_seo', 'dashboard']);
    assert.equal(await world.entitlements.limit(ctx, 'cms_pages'), 7);
    assert.equal(await world.entitlements.limit(ctx, 'team_members'), null);
    await world.db.everything("delete from core_tier where code = 'basic'");
    world.store.forgetAll();
    assert.equal(await world.entitlements.limit(ctx, 'cms_pages'), 7);
  });

  it('is given up when the tier is assigned without it', async () => {
    await buy();
    await change(2);
    await world.tiers.assign(world.context(), world.acme, 'basic');
    assert.equal(await world.entitlements.limit(world.inStore('basic'), 'cms_pages'), 2);
  });

  it('is raised by each extra beside it, until that ends', async () => {
    await buy();
    const extra = (source: string, value: number, until: Date | null) =>
      world.tiers.addOverride(world.context(), world.acme, {
        kind: 'extra',
        code: 'cms_pages',
        value,
        source,
        until,
      });
    await extra('addon:pages', 20, null);
    await extra('addon:more', 5, new Date(world.clock.ms + 1_000));
    const limit = () =>
      world.entitlements.limit(world.inStore('basic', { now: world.clock.now() }), 'cms_pages');
    assert.equal(await limit(), 32);
    await extra('addon:pages', 10, null);
    world.clock.pass(1);
    assert.equal(await limit(), 17);
    await world.tiers.removeOverride(world.context(), world.acme, {
      kind: 'extra',
      code: 'cms_pages',
      source: 'addon:pages',
    });
    assert.equal(await limit(), 7);
  });

  it('answers without a query when warm, within 20 microseconds', async () => {
    const heard = new Promise((resolve) => {
      world.bus.on('core.entitlements', resolve);
    });
    await buy();
    // Its notice would empty the memory at any moment.
    await heard;
    const ctx = world.inStore('basic');
    await world.entitlements.has(ctx, 'cms_seo');
    world.queries.length = 0;
    const took: number[] = [];
    for (let batch = 0; batch < 10; batch += 1) {
      const begin = performance.now();
      for (let i = 0; i < 2_000; i += 1) await world.entitlements.has(ctx, 'cms_seo');
      took.push((performance.now() - begin) / 2);
    }
    assert.deepEqual(world.queries, []);
    assert.ok(Math.min(...took) <= 20, `${Math.min(...took).toFixed(1)} µs`);
  });

  describe('per month', () => {
    const consume = (now: Date, beyond: 'refuse' | 'count' = 'refuse') =>
      world.database.unit(world.inStore('basic', { now }), (inside) =>
        world.entitlements.consume(inside, 'cms_pages', { error: OrdersLimitReached, beyond }),
      );

    it('lets exactly 7 of 100 parallel uses pass a limit of 7', async () => {
      await buy();
      const settled = await Promise.allSettled(Array.from({ length: 100 }, () => consume(world.clock.now())));
      assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 7);
      const refused = settled.find((one) => one.status === 'rejected');
      assert.deepEqual((refused?.reason as InstanceType<typeof OrdersLimitReached>).data, {
        limit: 7,
        current: 7,
        upgradeTo: 'plus',
      });
      const [row] = await world.db.everything<{ used: number }>('select used from core_usage_counter');
      assert.equal(Number(row?.used), 7);
    });

    it('counts what must not be lost beyond the limit, and says so', async () => {
      await world.tiers.assign(world.context(), world.acme, 'basic', { ...bought, limits: { cms_pages: 1 } });
      assert.deepEqual(await consume(world.clock.now(), 'count'), { limit: 1, used: 1, isOver: false });
      assert.deepEqual(await consume(world.clock.now(), 'count'), { limit: 1, used: 2, isOver: true });
    });

    it('begins anew with the month, counted from the merchant’s own day where it has one', async () => {
      await world.tiers.assign(world.context(), world.acme, 'basic', { ...bought, limits: { cms_pages: 1 } });
      await world.tiers.countUsageFrom(world.context(), world.acme, new Date('2026-11-25T10:00:00Z'));
      await consume(new Date('2026-11-20T10:00:00Z'));
      await assert.rejects(consume(new Date('2026-11-24T22:59:59Z')), OrdersLimitReached);
      await consume(new Date('2026-11-24T23:00:00Z'));
      await assert.rejects(consume(new Date('2026-12-24T22:00:00Z')), OrdersLimitReached);
      await consume(new Date('2026-12-24T23:00:00Z'));
    });

    it('takes nothing when what is counted is taken back', async () => {
      await buy();
      await assert.rejects(
        world.database.unit(world.inStore('basic'), async (inside) => {
          await world.entitlements.consume(inside, 'cms_pages', { error: OrdersLimitReached });
          throw new Error('taken back');
        }),
        /taken back/,
      );
      assert.equal((await consume(world.clock.now())).used, 1);
    });
  });
});
