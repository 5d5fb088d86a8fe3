import assert from 'node:assert/strict';
import type { MerchantRecord } from '@wizamart/core';
import { DAY, mailsTo, payingIn } from './paying.fixture.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

const START = '2026-03-02T08:00:00Z';
const MODES = ['once in time', 'twice in time', 'three days late, twice'] as const;

interface Case {
  readonly job: string;
  /** What it is to change, and what is the same however it runs. */
  readonly brings: string;
  /** Brings about that the job has something to do, at the clock's time when it is done. */
  readonly prepare: (world: BillingWorld) => Promise<MerchantRecord>;
  /** What is to be seen afterwards, beside the whole state of the merchant. */
  readonly proof: (world: BillingWorld, merchant: MerchantRecord) => Promise<unknown>;
  readonly expected: unknown;
}

const current = (world: BillingWorld, merchant: MerchantRecord) =>
  world.subscriptionReader.current(world.at(merchant));

const CASES: readonly Case[] = [
  {
    job: 'billing.reset_period_counters',
    brings: 'a new month of limits per month',
    prepare: async (world) => {
      await world.settings({ trialDays: 90 });
      const merchant = await payingIn(world).onTrial();
      await world.settings({ trialDays: 30 });
      await world.shop.order(world.at(merchant));
      world.clock.advance(31 * DAY);
      return merchant;
    },
    proof: async (world, merchant) =>
      (
        await world.server.database.everything<{ since: string }>(
          `select usage_since::text as since from billing_subscription where merchant_id = '${merchant.id}'`,
        )
      ).length,
    expected: 1,
  },
  {
    job: 'billing.check_trial_expirations',
    brings: 'the end of a trial without a card',
    prepare: async (world) => {
      const merchant = await payingIn(world).onTrial();
      world.clock.advance(30 * DAY);
      return merchant;
    },
    proof: async (world, merchant) => {
      const { status, endedAt } = await current(world, merchant);
      return [status, endedAt?.toISOString()];
    },
    expected: ['expired', '2026-04-01T07:00:00.000Z'],
  },
  {
    job: 'billing.sync_stripe_status',
    brings: 'events of Stripe that did not arrive',
    prepare: async (world) => {
      const merchant = await payingIn(world).paying();
      await world.server.database.everything(
        `delete from billing_webhook_event where payload::text like '%' || (select customer_id from billing_stripe_customer where merchant_id = '${merchant.id}') || '%'`,
      );
      return merchant;
    },
    proof: async (world, merchant) => {
      const [row] = await world.server.database.everything<{ missing: number; doubled: number }>(
        `select (count(*) = 0)::int as missing, (count(*) - count(distinct event_id))::int as doubled from billing_webhook_event
         where payload::text like '%' || (select customer_id from billing_stripe_customer where merchant_id = '${merchant.id}') || '%'`,
      );
      return row;
    },
    expected: { missing: 0, doubled: 0 },
  },
  {
    job: 'billing.cleanup_stale_subscriptions',
    brings: 'the next period of what nobody collects',
    prepare: async (world) => {
      const merchant = await payingIn(world).onTrial();
      await world.settings({ trialEndPolicy: 'downgrade' });
      world.clock.advance(30 * DAY);
      await world.trialExpirations.check(world.on());
      await world.settings({ trialEndPolicy: 'expire' });
      world.clock.advance(31 * DAY);
      return merchant;
    },
    proof: async (world, merchant) => {
      const { status, periodStart, periodEnd } = await current(world, merchant);
      return [status, periodStart.toISOString(), periodEnd.toISOString()];
    },
    expected: ['active', '2026-05-01T07:00:00.000Z', '2026-06-01T07:00:00.000Z'],
  },
  {
    job: 'billing.capture_capacity_snapshot',
    brings: 'one snapshot of the day, with what is allowed and used',
    prepare: async (world) => {
      await world.server.database.everything('delete from billing_capacity_snapshot');
      // Only what this round made is measured.
      await world.server.database.everything(
        "update billing_subscription set status = 'expired', ended_at = now() where ended_at is null",
      );
      const merchant = await payingIn(world).onTrial();
      await world.shop.addProduct(world.at(merchant));
      return merchant;
    },
    proof: (world) =>
      world.server.database.everything(
        "select subscriptions, (select l -> 'theoretical' from jsonb_array_elements(limits) l where l ->> 'code' = 'products') as allowed, (select l -> 'used' from jsonb_array_elements(limits) l where l ->> 'code' = 'products') as used from billing_capacity_snapshot",
      ),
    expected: [{ subscriptions: 1, allowed: 10, used: 1 }],
  },
  {
    job: 'billing.dunning',
    brings: 'the end of what stays unpaid beyond the days of grace',
    prepare: async (world) => {
      const merchant = await payingIn(world).pastDue();
      world.clock.advance(14 * DAY);
      return merchant;
    },
    proof: async (world, merchant) => {
      const { status, endReason, endedAt } = await current(world, merchant);
      const mails = await mailsTo(world, merchant);
      return [
        status,
        endReason,
        endedAt?.toISOString(),
        mails.filter(({ subject }) => /unpaid/.test(subject)).length,
      ];
    },
    expected: ['cancelled', 'unpaid', '2026-05-15T07:00:00.000Z', 1],
  },
];

describe('jobs of billing [module:billing]', function () {
  this.timeout(180_000);
  let world: BillingWorld;
  before(async () => {
    world = await openBilling();
  });
  after(() => world.close());

  const run = async (job: string) => {
    const ctx = world.on();
    const found = world.server.parts.states.snapshotOf(ctx.platform.id).jobs.get(job);
    assert.ok(found, job);
    await found.run(ctx, {} as never, {} as never);
  };

  /** Everything billing and core know of the merchant's subscription, without ids and times of writing. */
  const stateOf = async (merchant: MerchantRecord): Promise<string> => {
    const tables = [
      'billing_subscription',
      'billing_subscription_add_on',
      'billing_operation',
      'core_merchant_platform',
      'core_usage_counter',
      'core_audit_merchant',
    ];
    const state = [];
    for (const table of tables)
      state.push(
        await world.server.database.everything(
          `select to_jsonb(t) - 'id' - 'version_id' - 'created_at' - 'updated_at' - 'requested_at' - 'finished_at' - 'occurred_at' - 'request_id' - 'joined_at' as row
           from ${table} t where merchant_id = '${merchant.id}' order by (to_jsonb(t) - 'id' - 'request_id')::text collate "C"`,
        ),
      );
    const mails = (await mailsTo(world, merchant)).map(({ subject }) => subject);
    return JSON.stringify([state, mails], null, 1)
      .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'uuid')
      .replaceAll(/\b(?:sub|cus|in|pm|seti|si|price|txr|sub_sched|evt)_\w+/g, 'stripe')
      .replaceAll(merchant.name, 'name');
  };

  for (const { job, brings, prepare, proof, expected } of CASES)
    it(`${job} brings ${brings}: the same once, twice, and three days late`, async () => {
      const states: string[] = [];
      for (const mode of MODES) {
        world.clock.set(START);
        const merchant = await prepare(world);
        if (mode === 'three days late, twice') world.clock.advance(3 * DAY);
        await run(job);
        if (mode !== 'once in time') {
          const once = await stateOf(merchant);
          await run(job);
          assert.equal(await stateOf(merchant), once);
        }
        assert.deepEqual(await proof(world, merchant), expected, mode);
        states.push(await stateOf(merchant));
      }
      assert.equal(states[1], states[0]);
      assert.equal(states[2], states[0]);
    });

  it('all six are there, each with its time', () => {
    const { jobs } = world.server.parts.states.snapshotOf(world.on().platform.id);
    for (const { job } of CASES) assert.match(jobs.get(job)?.schedule ?? '', /^\S+( \S+){4}$/, job);
    assert.equal(CASES.length, 6);
  });
});
