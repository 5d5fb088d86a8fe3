import assert from 'node:assert/strict';
import type { MerchantRecord } from '@wizamart/core';
import type { LocalStripeServer } from '../src/stripe/connection/LocalStripeServer.js';
import type { StripeConnections } from '../src/stripe/connection/StripeConnections.js';
import type { StripeCustomers } from '../src/stripe/StripeCustomers.js';
import { prorate } from '../src/subscriptions/proration.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

const DAY = 86_400_000;

describe('subscriptions that are paid by card [module:billing]', () => {
  let world: BillingWorld;
  let local: LocalStripeServer;
  let connections: StripeConnections;
  before(async () => {
    world = await openBilling();
    ({ localStripe: local, stripeConnections: connections } = world.server.modules.kernel.container.wiringOf(
      'billing',
    ) as unknown as { localStripe: LocalStripeServer; stripeConnections: StripeConnections });
  });
  after(() => world.close());
  beforeEach(() => world.clock.set('2026-03-02T08:00:00Z'));

  const current = (merchant: MerchantRecord) => world.subscriptionReader.current(world.at(merchant));
  const enterCard = async (merchant: MerchantRecord, card = 'pm_card_visa') => {
    const { setupIntentId } = await world.cards.begin(world.at(merchant));
    const { stripe } = await connections.of(world.at(merchant));
    await stripe.setupIntents.confirm(setupIntentId, { payment_method: card });
    return world.cards.use(world.at(merchant), setupIntentId);
  };
  const stripeId = async (merchant: MerchantRecord): Promise<string> => {
    const [row] = await world.server.database.everything<{ id: string }>(
      `select stripe_subscription_id as id from billing_subscription where merchant_id = '${merchant.id}' and ended_at is null`,
    );
    return row?.id ?? '';
  };
  /** Lets Stripe do what is due, and tells us of it. */
  const pass = async (merchant: MerchantRecord, days: number) => {
    const id = await stripeId(merchant);
    world.clock.advance(days * DAY);
    await local.tick();
    await world.stripeNotices.look(world.at(merchant), id);
  };
  const onTrial = async () => {
    const merchant = await world.server.merchant({ platform: 'oms' });
    await world.trials.begin(world.at(merchant));
    return merchant;
  };
  const paying = async () => {
    const merchant = await onTrial();
    await enterCard(merchant);
    await pass(merchant, 30);
    return merchant;
  };

  it('go on after the trial by the card that was entered in it', async () => {
    const merchant = await onTrial();
    const { card } = await enterCard(merchant);
    assert.deepEqual([card.brand, card.last4], ['visa', '4242']);
    const before = await current(merchant);
    assert.deepEqual([before.status, before.collection], ['trialing', 'stripe']);
    await pass(merchant, 30);
    const after = await current(merchant);
    assert.deepEqual(
      [after.status, after.trialEndsAt, after.periodStart.toISOString()],
      ['active', null, '2026-04-01T07:00:00.000Z'],
    );
  });

  it('are upgraded at once, for what the preview said; and ours agrees with Stripe’s', async () => {
    const merchant = await paying();
    world.clock.advance(10 * DAY);
    const { periodStart, periodEnd } = await current(merchant);
    const { when, invoice } = await world.invoicePreviews.ofTier(world.at(merchant), { tier: 'enterprise' });
    assert.equal(when, 'now');
    const ours = prorate({ start: periodStart, end: periodEnd }, world.clock.now(), {
      before: [{ description: 'Professional', unitMinor: 9_900, quantity: 1 }],
      after: [{ description: 'Enterprise', unitMinor: 39_900, quantity: 1 }],
      currency: 'EUR',
    });
    assert.equal(invoice.subtotalMinor, ours.totalMinor);
    assert.equal(invoice.totalMinor, invoice.subtotalMinor + invoice.taxMinor);
    const { status } = await world.planChanges.change(world.at(merchant), { tier: 'enterprise' });
    assert.deepEqual([status, (await current(merchant)).tier.code], ['done', 'enterprise']);
    assert.equal(await world.server.parts.entitlements.limit(world.at(merchant), 'products'), null);
    const [charge] = (await world.stripeGateway.listInvoices(world.at(merchant))).items;
    assert.equal(charge?.totalMinor, invoice.totalMinor);
  });

  it('are downgraded at the end of the period, unless that is taken back', async () => {
    const merchant = await paying();
    const { when } = await world.planChanges.change(world.at(merchant), { tier: 'essential' });
    const planned = await current(merchant);
    assert.deepEqual(
      [when, planned.tier.code, planned.pending?.tier],
      ['period_end', 'professional', 'essential'],
    );
    await world.planChanges.drop(world.at(merchant));
    assert.equal((await current(merchant)).pending, null);
    await world.planChanges.change(world.at(merchant), { tier: 'essential' });
    await pass(merchant, 31);
    const after = await current(merchant);
    assert.deepEqual([after.tier.code, after.pending, after.status], ['essential', null, 'active']);
    assert.equal(await world.server.parts.entitlements.limit(world.at(merchant), 'products'), 2);
  });

  it('have add-ons that are bought and cancelled on their own, also beside a planned downgrade', async () => {
    const merchant = await paying();
    const limit = () => world.server.parts.entitlements.limit(world.at(merchant), 'products');
    await world.planChanges.change(world.at(merchant), { tier: 'essential' });
    await world.addOnSales.buy(world.at(merchant), { code: 'extra-products', quantity: 2 });
    assert.equal(await limit(), 20);
    assert.equal((await current(merchant)).pending?.tier, 'essential');
    await world.addOnSales.buy(world.at(merchant), { code: 'extra-products', quantity: 3 });
    assert.equal(await limit(), 25);
    const [addOn] = (await current(merchant)).addOns;
    await world.addOnSales.cancel(world.at(merchant), addOn?.id ?? '');
    assert.equal(await limit(), 25);
    assert.deepEqual((await current(merchant)).addOns[0]?.endsAt, (await current(merchant)).periodEnd);
    await pass(merchant, 31);
    assert.deepEqual((await current(merchant)).addOns, []);
    assert.equal(await limit(), 2);
  });

  it('keep what is paid of an add-on until the period ends when there are to be fewer pieces', async () => {
    const merchant = await paying();
    const [at, code] = [world.at(merchant), 'extra-products'];
    const limit = () => world.server.parts.entitlements.limit(at, 'products');
    await world.addOnSales.buy(at, { code, quantity: 10 });
    const [bought, charges] = [await limit(), (await world.payments.history(at)).length];
    const preview = await world.invoicePreviews.ofAddOn(at, { code, quantity: 1 });
    assert.deepEqual(
      [preview.when, preview.invoice.lines.some(({ proration }) => proration)],
      ['period_end', false],
    );
    assert.equal((await world.addOnSales.buy(at, { code, quantity: 1 })).when, 'period_end');
    const held = async () =>
      (await current(merchant)).addOns.map((one) => [one.quantity, one.pendingQuantity]);
    assert.deepEqual([await held(), await limit()], [[[10, 1]], bought]);
    assert.equal((await world.payments.history(at)).length, charges);
    await world.addOnSales.keep(at, (await current(merchant)).addOns[0]?.id ?? '');
    assert.deepEqual(await held(), [[10, null]]);
    await assert.rejects(world.addOnSales.keep(at, (await current(merchant)).addOns[0]?.id ?? ''), {
      code: 'BILLING_NOTHING_TO_CHANGE',
    });
    await world.addOnSales.cancel(at, (await current(merchant)).addOns[0]?.id ?? '');
    await world.addOnSales.buy(at, { code, quantity: 2 });
    await world.planChanges.change(at, { tier: 'essential' });
    await world.planChanges.drop(at);
    assert.deepEqual([await held(), await limit()], [[[10, 2]], bought]);
    await pass(merchant, 31);
    assert.deepEqual([await held(), await limit()], [[[2, null]], 20]);
  });

  it('end with the period when they are cancelled, unless they are reactivated', async () => {
    const merchant = await paying();
    await world.endings.cancel(world.at(merchant), { reason: 'closing' });
    await world.endings.reactivate(world.at(merchant));
    assert.equal((await current(merchant)).cancelAtPeriodEnd, false);
    await world.endings.cancel(world.at(merchant), { reason: 'closing' });
    await pass(merchant, 31);
    const { status, endReason } = await current(merchant);
    assert.deepEqual([status, endReason], ['cancelled', 'closing']);
    assert.equal((await world.server.parts.tiers.holding(world.at(merchant), merchant)).tierCode, null);
  });

  it('change nothing when the card is declined, and say so', async () => {
    const merchant = await paying();
    await enterCard(merchant, 'pm_card_chargeCustomerFail');
    await assert.rejects(world.planChanges.change(world.at(merchant), { tier: 'enterprise' }), {
      code: 'BILLING_CARD_DECLINED',
    });
    const { tier, operation } = await current(merchant);
    assert.deepEqual([tier.code, operation], ['professional', null]);
  });

  it('are past due when a renewal is declined, keep everything for the days of grace, and end by policy', async () => {
    const merchant = await paying();
    await enterCard(merchant, 'pm_card_chargeCustomerFail');
    await pass(merchant, 31);
    // Stripe tries an hour after it has drawn the invoice up.
    await pass(merchant, 0.1);
    const due = await current(merchant);
    assert.equal(due.status, 'past_due');
    assert.equal(await world.server.parts.entitlements.has(world.at(merchant), 'shop_pro'), true);
    await world.dunning.run(world.on());
    world.clock.advance(12 * DAY);
    await world.dunning.run(world.on());
    assert.equal((await current(merchant)).status, 'past_due');
    world.clock.advance(5 * DAY);
    await world.dunning.run(world.on());
    await world.dunning.run(world.on());
    const over = await current(merchant);
    assert.deepEqual([over.status, over.endReason], ['cancelled', 'unpaid']);
    assert.equal(
      over.endedAt?.toISOString(),
      new Date((due.pastDueSince?.getTime() ?? 0) + 14 * DAY).toISOString(),
    );
  });

  it('are paused with what is paid, and go on with that', async () => {
    const merchant = await paying();
    world.clock.advance(10 * DAY);
    await world.endings.pause(world.at(merchant));
    const paused = await current(merchant);
    assert.equal(paused.status, 'paused');
    assert.equal(await world.server.parts.entitlements.has(world.at(merchant), 'shop_pro'), false);
    world.clock.advance(60 * DAY);
    await world.endings.resume(world.at(merchant));
    const after = await current(merchant);
    assert.deepEqual([after.status, after.collection], ['active', 'stripe']);
    assert.equal(
      after.periodEnd.getTime(),
      world.clock.now().getTime() + paused.periodEnd.getTime() - (paused.pausedAt?.getTime() ?? 0),
    );
  });

  it('are bought anew after they ended', async () => {
    const merchant = await paying();
    await world.endings.cancel(world.at(merchant), { atOnce: true });
    await world.planChanges.change(world.at(merchant), { tier: 'essential', interval: 'year' });
    const { status, tier, interval } = await current(merchant);
    assert.deepEqual([status, tier.code, interval], ['active', 'essential', 'year']);
    assert.equal((await world.subscriptionReader.history(world.at(merchant))).length, 2);
  });

  it('learn from 100 notices, in any order and at once, as from one', async () => {
    const merchant = await paying();
    const id = await stripeId(merchant);
    const audit = async () =>
      (await world.server.parts.audit.list(world.at(merchant), { perPage: 100 })).items.length;
    await world.stripeNotices.look(world.at(merchant), id);
    const before = [await audit(), JSON.stringify(await current(merchant))];
    await Promise.all(Array.from({ length: 100 }, () => world.stripeNotices.look(world.at(merchant), id)));
    assert.deepEqual([await audit(), JSON.stringify(await current(merchant))], before);
  });

  it('are one: 20 purchases at the same time make one', async () => {
    const merchant = await paying();
    await world.endings.cancel(world.at(merchant), { atOnce: true });
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, () => world.planChanges.change(world.at(merchant), { tier: 'essential' })),
    );
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
    const live = (await world.subscriptionReader.history(world.at(merchant))).filter(({ isLive }) => isLive);
    assert.equal(live.length, 1);
  });

  describe('that were interrupted while they were changed', () => {
    const CALLS = ['changeNow', 'changeAtPeriodEnd', 'cancelAtPeriodEnd'] as const;
    const DO = {
      changeNow: (merchant: MerchantRecord) =>
        world.planChanges.change(world.at(merchant), { tier: 'enterprise' }),
      changeAtPeriodEnd: (merchant: MerchantRecord) =>
        world.planChanges.change(world.at(merchant), { tier: 'essential' }),
      cancelAtPeriodEnd: (merchant: MerchantRecord) => world.endings.cancel(world.at(merchant)),
    };
    for (const call of CALLS)
      for (const when of ['before', 'after'] as const)
        it(`are what was wanted after the next run, with one effect: killed ${when} Stripe's ${call}`, async () => {
          const merchant = await paying();
          const gateway = world.stripeGateway as unknown as Record<
            string,
            (...args: unknown[]) => Promise<unknown>
          >;
          const real = gateway[call] as (...args: unknown[]) => Promise<unknown>;
          gateway[call] = async (...args) => {
            if (when === 'after') await real.apply(gateway, args);
            throw new Error('killed');
          };
          await assert.rejects(DO[call](merchant), /killed/).finally(() => {
            delete gateway[call];
          });
          assert.equal((await current(merchant)).operation?.status, 'open');
          await assert.rejects(DO[call](merchant), { code: 'BILLING_CHANGE_IN_PROGRESS' });
          world.clock.advance(120_000);
          await world.staleSubscriptions.clean(world.on());
          await world.staleSubscriptions.clean(world.on());
          const after = await current(merchant);
          assert.deepEqual(
            [after.operation, after.tier.code, after.pending?.tier ?? null, after.cancelAtPeriodEnd],
            {
              changeNow: [null, 'enterprise', null, false],
              changeAtPeriodEnd: [null, 'professional', 'essential', false],
              cancelAtPeriodEnd: [null, 'professional', null, true],
            }[call],
          );
          const charges = (await world.payments.history(world.at(merchant))).filter(
            ({ totalMinor }) => totalMinor > 0,
          );
          assert.equal(charges.length, call === 'changeNow' ? 2 : 1);
        });
  });

  it('wait for the bank’s confirmation, and stay as they are when nobody gives it', async () => {
    const merchant = await paying();
    const { stripeCustomers } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      stripeCustomers: StripeCustomers;
    };
    await world.stripeGateway.useCard(world.at(merchant), {
      customerId: (await stripeCustomers.customerOf(world.at(merchant))) as string,
      paymentMethodId: 'pm_card_authenticationRequired',
    });
    const outcome = await world.planChanges.change(world.at(merchant), { tier: 'enterprise' });
    assert.equal(outcome.status, 'awaiting');
    const waiting = await current(merchant);
    assert.deepEqual([waiting.tier.code, waiting.operation?.status], ['professional', 'awaiting']);
    await assert.rejects(world.planChanges.change(world.at(merchant), { tier: 'enterprise' }), {
      code: 'BILLING_CHANGE_IN_PROGRESS',
    });
    // Nobody confirms: Stripe lets go after 23 hours, and so do we.
    await pass(merchant, 1);
    const after = await current(merchant);
    assert.deepEqual([after.tier.code, after.operation], ['professional', null]);
  });

  it('keep the price, features and limits that were bought when the tier changes', async () => {
    const merchant = await paying();
    await world.catalogue.setPrices(world.on(), 'professional', {
      currency: 'EUR',
      monthlyMinor: 12_900,
      yearlyMinor: 129_000,
    });
    await world.server.parts.tiers.save(world.on(), {
      code: 'professional',
      name: 'Professional',
      position: 20,
      features: ['shop_basic'],
      limits: { products: 1 },
    });
    const { entitlements } = world.server.parts;
    assert.deepEqual((await current(merchant)).price, { amountMinor: 9_900, currency: 'EUR' });
    assert.deepEqual(
      [
        await entitlements.has(world.at(merchant), 'shop_pro'),
        await entitlements.limit(world.at(merchant), 'products'),
      ],
      [true, 10],
    );
    const other = await onTrial();
    assert.deepEqual((await current(other)).price, { amountMinor: 12_900, currency: 'EUR' });
    assert.equal(await entitlements.limit(world.at(other), 'products'), 1);
  });
});
