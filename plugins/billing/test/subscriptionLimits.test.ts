import assert from 'node:assert/strict';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

const DAY = 86_400_000;

describe('limits of what was bought [module:billing]', () => {
  let world: BillingWorld;
  before(async () => {
    world = await openBilling();
  });
  after(() => world.close());

  const client = async (tier: string) => {
    const merchant = await world.server.merchant({ platform: 'oms', tier });
    await world.trials.begin(world.at(merchant));
    return merchant;
  };
  const passed = async (count: number, work: () => Promise<void>) => {
    const settled = await Promise.allSettled(Array.from({ length: count }, work));
    for (const one of settled)
      if (one.status === 'rejected')
        assert.equal((one.reason as { code: string }).code, 'SHOP_LIMIT_REACHED');
    return settled.filter(({ status }) => status === 'fulfilled').length;
  };

  it('let no more than 10 of 100 parallel products, 3 of 100 members and 50 of 100 orders through', async () => {
    const merchant = await client('professional');
    assert.equal(await passed(100, () => world.shop.addProduct(world.at(merchant))), 10);
    assert.equal(await passed(100, () => world.shop.addMember(world.at(merchant))), 3);
    assert.equal(await passed(100, () => world.shop.order(world.at(merchant))), 50);
    const { meters } = await world.usageSummaries.of(world.at(merchant));
    assert.deepEqual(
      ['products', 'shop_members', 'orders'].map((code) => {
        const meter = meters.find((one) => one.code === code);
        return [meter?.current, meter?.limit, meter?.upgradeTo];
      }),
      [
        [10, 10, 'enterprise'],
        [3, 3, 'enterprise'],
        [50, 50, 'enterprise'],
      ],
    );
  });

  it('let more through at once when a tier with more is bought', async () => {
    const merchant = await client('essential');
    assert.equal(await passed(5, () => world.shop.addProduct(world.at(merchant))), 2);
    await world.planChanges.change(world.at(merchant), { tier: 'professional' });
    assert.equal(await passed(20, () => world.shop.addProduct(world.at(merchant))), 8);
  });

  it('grow by each piece of an add-on', async () => {
    const merchant = await client('essential');
    await world.addOnSales.buy(world.at(merchant), { code: 'extra-products', quantity: 3 });
    assert.equal(await passed(30, () => world.shop.addProduct(world.at(merchant))), 17);
    await assert.rejects(world.addOnSales.buy(world.at(merchant), { code: 'extra-products', quantity: 11 }), {
      code: 'BILLING_ADD_ON_QUANTITY',
    });
  });

  it('are as high until the period ends when fewer pieces are wanted, also where nothing is collected', async () => {
    const merchant = await client('essential');
    const limit = () => world.server.parts.entitlements.limit(world.at(merchant), 'products');
    await world.settings({ trialEndPolicy: 'downgrade' });
    world.clock.advance(30 * 86_400_000);
    await world.trialExpirations.check(world.on('oms'));
    await world.settings({ trialEndPolicy: 'expire' });
    await world.addOnSales.buy(world.at(merchant), { code: 'extra-products', quantity: 3 });
    await world.addOnSales.buy(world.at(merchant), { code: 'extra-products', quantity: 1 });
    assert.equal(await limit(), 17);
    world.clock.advance(32 * 86_400_000);
    await world.staleSubscriptions.clean(world.on('oms'));
    assert.equal(await limit(), 7);
  });

  it('keep an order of a marketplace beyond the limit, and flag it', async () => {
    const merchant = await client('essential');
    assert.equal(await passed(3, () => world.shop.order(world.at(merchant))), 3);
    await world.shop.order(world.at(merchant), 'count');
    const { overLimit } = await world.usageSummaries.of(world.at(merchant));
    assert.deepEqual(overLimit, ['orders']);
  });

  it('per month begin anew on the day of the subscription, the same when the job runs twice or days late', async () => {
    world.clock.set('2026-03-31T08:00:00Z');
    await world.settings({ trialDays: 365 });
    const merchant = await client('essential');
    assert.equal(await passed(5, () => world.shop.order(world.at(merchant))), 3);
    const since = async () => {
      const [row] = await world.server.database.everything<{ since: Date }>(
        `select usage_since as since from billing_subscription where merchant_id = '${merchant.id}'`,
      );
      return row?.since.toISOString();
    };
    // Counted by the day, whether or not a job has run.
    world.clock.set('2026-04-29T21:59:59Z');
    assert.equal(await passed(5, () => world.shop.order(world.at(merchant))), 0);
    world.clock.set('2026-04-29T22:00:00Z');
    assert.equal(await passed(5, () => world.shop.order(world.at(merchant))), 3);
    await world.periodCounters.reset(world.on());
    assert.equal(await since(), '2026-04-29T22:00:00.000Z');
    world.clock.advance(3 * DAY);
    await world.periodCounters.reset(world.on());
    await world.periodCounters.reset(world.on());
    assert.equal(await since(), '2026-04-29T22:00:00.000Z');
    await world.settings({});
  });

  it('cannot be raised by the merchant itself, whatever the code says', async () => {
    const merchant = await client('essential');
    const owner = {
      ...world.at(merchant),
      actor: {
        kind: 'user' as const,
        userId: merchant.id,
        email: 'x',
        name: 'x',
        audience: 'store' as const,
        isSuperAdmin: false,
        permissions: { has: () => true },
        sessionId: 's',
      },
    };
    const changed = await world.server.parts.database.unit(owner, ({ tx }) =>
      tx.query(
        "update billing_subscription set trial_ends_at = now() + interval '10 years' where merchant_id = $1 returning id",
        [merchant.id],
      ),
    );
    assert.deepEqual(changed, []);
    await assert.rejects(
      world.server.parts.database.unit(owner, ({ tx }) =>
        tx.query(
          `insert into billing_subscription_add_on (merchant_id, id, platform_id, subscription_id, version_id, code, quantity, started_at)
           select merchant_id, gen_random_uuid(), platform_id, id, version_id, 'x', 1, now() from billing_subscription where merchant_id = $1`,
          [merchant.id],
        ),
      ),
      /row-level security/,
    );
  });
});
