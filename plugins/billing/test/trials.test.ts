import assert from 'node:assert/strict';
import { trialMarkBackfill } from '../src/trial/trialMarkBackfill.js';
import { migrationData } from './migrationData.fixture.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

describe('trials [module:billing]', () => {
  let world: BillingWorld;
  before(async () => {
    world = await openBilling();
  });
  after(() => world.close());

  const begun = async (tier?: string) => {
    const merchant = await world.server.merchant({
      platform: 'oms',
      ...(tier === undefined ? {} : { tier }),
    });
    await world.trials.begin(world.at(merchant));
    return merchant;
  };

  it('begin once, with the tier and the days of the settings, and give what the tier gives', async () => {
    const merchant = await begun();
    await world.trials.begin(world.at(merchant));
    const [subscription, ...others] = await world.subscriptionReader.history(world.at(merchant));
    assert.equal(others.length, 0);
    assert.deepEqual(
      [
        subscription?.status,
        subscription?.tier.code,
        subscription?.trialEndsAt?.toISOString(),
        subscription?.card,
      ],
      ['trialing', 'professional', '2026-04-01T07:00:00.000Z', null],
    );
    const { entitlements } = world.server.parts;
    assert.equal(await entitlements.has(world.at(merchant), 'shop_pro'), true);
    assert.equal(await entitlements.limit(world.at(merchant), 'products'), 10);
  });

  it('begin once when 20 stores come at the same time', async () => {
    const merchant = await world.server.merchant({ platform: 'oms' });
    await Promise.all(Array.from({ length: 20 }, () => world.trials.begin(world.at(merchant))));
    assert.equal((await world.subscriptionReader.history(world.at(merchant))).length, 1);
  });

  it('keep the tier that the merchant was given', async () => {
    const merchant = await begun('enterprise');
    assert.equal((await world.subscriptionReader.current(world.at(merchant))).tier.code, 'enterprise');
  });

  it('are of each platform: one merchant, two tiers', async () => {
    const merchant = await begun();
    await world.trials.begin(world.at(merchant, 'loyalty')).catch(() => undefined);
    await world.server.parts.merchants.joinPlatform(world.at(merchant, 'loyalty'));
    await world.trials.begin(world.at(merchant, 'loyalty'), { tier: 'enterprise' });
    const tier = async (platform: string) =>
      (await world.subscriptionReader.current(world.at(merchant, platform))).tier.code;
    assert.deepEqual([await tier('oms'), await tier('loyalty')], ['professional', 'enterprise']);
    const limit = (platform: string) =>
      world.server.parts.entitlements.limit(world.at(merchant, platform), 'products');
    assert.deepEqual([await limit('oms'), await limit('loyalty')], [10, null]);
  });

  const days = (count: number) => world.clock.advance(count * 86_400_000);
  const check = () => world.trialExpirations.check(world.on());
  const rows = async (merchant: { id: string }) => {
    const state = await world.server.database.everything<Record<string, unknown>>(
      `select status, version_id, collection, period_start, period_end, trial_step, ended_at, end_reason, paused_at from billing_subscription where merchant_id = '${merchant.id}'`,
    );
    return JSON.stringify(state);
  };

  for (const [policy, status, tier] of [
    ['expire', 'expired', null],
    ['pause', 'paused', null],
    ['downgrade', 'active', 'essential'],
  ] as const)
    it(`end without a card by the policy '${policy}', the same when that runs twice or three days late`, async () => {
      await world.settings({ trialEndPolicy: policy });
      const states: string[] = [];
      for (const late of [0, 3]) {
        world.clock.set('2026-05-04T08:00:00Z');
        const merchant = await begun();
        days(30 + late);
        await check();
        const once = await rows(merchant);
        await check();
        assert.equal(await rows(merchant), once);
        states.push(once.replaceAll(/"version_id":"[^"]*"/g, ''));
        const {
          status: found,
          endedAt,
          pausedAt,
        } = await world.subscriptionReader.current(world.at(merchant));
        assert.equal(found, status);
        assert.equal(
          (endedAt ?? pausedAt ?? new Date('2026-06-03T08:00:00Z')).toISOString(),
          '2026-06-03T08:00:00.000Z',
        );
        const { tierCode } = await world.server.parts.tiers.holding(world.at(merchant), merchant);
        assert.equal(tierCode, tier);
        assert.equal(await world.server.parts.entitlements.limit(world.at(merchant), 'products'), 2);
      }
      assert.equal(states[0], states[1]);
      await world.settings({ trialEndPolicy: 'expire' });
    });

  it('remind once for each day that is set, and only of the last one when several were missed', async () => {
    world.clock.set('2026-07-01T08:00:00Z');
    const merchant = await begun();
    const sent = async () => {
      const [row] = await world.server.database.everything<{ count: number }>(
        `select count(*)::int as count from graphile_worker.jobs where task_identifier = 'core.sendMail'`,
      );
      return row?.count ?? 0;
    };
    const before = await sent();
    days(22);
    await check();
    assert.equal(await sent(), before);
    days(1);
    await check();
    await check();
    assert.equal(await sent(), before + 1);
    days(6);
    await check();
    assert.equal(await sent(), before + 2);
    const late = await begun();
    days(29);
    await check();
    assert.match(await rows(late), /"trial_step":2/);
    assert.match(await rows(merchant), /expired/);
  });

  it('keep what is beyond the limits when they end, and refuse only more', async () => {
    world.clock.set('2026-08-03T08:00:00Z');
    const merchant = await begun();
    for (let index = 0; index < 5; index++) await world.shop.addProduct(world.at(merchant));
    days(30);
    await check();
    const { meters, overLimit } = await world.usageSummaries.of(world.at(merchant));
    const products = meters.find(({ code }) => code === 'products');
    assert.deepEqual(
      [products?.current, products?.limit, products?.isOver, overLimit],
      [5, 2, true, ['products']],
    );
    await assert.rejects(world.shop.addProduct(world.at(merchant)), { code: 'SHOP_LIMIT_REACHED' });
  });

  it('do not begin where trials are switched off', async () => {
    await world.settings({ trialDays: 0 });
    const merchant = await begun();
    assert.equal(await world.subscriptionReader.find(world.at(merchant)), undefined);
    await world.settings({ trialDays: 30 });
  });

  it('end later when an administrator says so', async () => {
    const merchant = await begun();
    const end = new Date(world.clock.now().getTime() + 90 * 86_400_000);
    await world.trials.extend(world.at(merchant), end);
    days(60);
    await check();
    assert.deepEqual((await world.subscriptionReader.current(world.at(merchant))).trialEndsAt, end);
  });

  it('that began before they were remembered are remembered too, running or over', async () => {
    world.clock.set('2026-10-05T08:00:00Z');
    const [running, over, bought] = [await begun(), await begun(), await begun()];
    const again = async (merchant: { readonly id: string }) => {
      const next = await world.server.merchant({ platform: 'oms' });
      await world.server.database.everything(
        'insert into core_merchant_owner (merchant_id, user_id, created_at) select $1, user_id, created_at from core_merchant_owner where merchant_id = $2',
        [next.id, merchant.id],
      );
      await world.trials.begin(world.at(next));
      return (await world.subscriptionReader.find(world.at(next)))?.status;
    };
    for (const merchant of [running, over, bought]) {
      const user = await world.server.user({ ownerOf: merchant });
      assert.ok(user);
    }
    await world.server.database.everything(
      "update billing_subscription set trial_ends_at = null, status = 'active' where merchant_id = any($1)",
      [[over.id, bought.id]],
    );
    // Whoever bought without a trial has one to come.
    await world.server.database.everything(
      `alter table core_audit_merchant disable trigger user;
       update core_audit_merchant set change_to = '{"status":"active"}' where merchant_id = '${bought.id}' and action = 'billing.subscription.started';
       alter table core_audit_merchant enable trigger user;
       delete from billing_trial_mark`,
    );
    for (const statement of migrationData(trialMarkBackfill))
      for (let run = 0; run < 2; run++) await world.server.database.everything(statement);
    assert.deepEqual(
      [await again(running), await again(over), await again(bought)],
      [undefined, undefined, 'trialing'],
    );
  });
});
