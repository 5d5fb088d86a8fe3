import assert from 'node:assert/strict';
import {
  CardDeclined,
  CardMissing,
  PaymentActionRequired,
  PriceChanged,
  StripeKeyReused,
  StripeObjectNotFound,
  StripeRefused,
} from './errors.js';
import { DAY, openPayments, type Payments } from './stripe.fixture.js';

const HOUR = 3_600_000;

describe('StripeGateway, against the local server [module:billing] [surface:store]', () => {
  let pay: Payments;
  before(async () => {
    pay = await openPayments();
  });
  after(() => pay.close());

  const subscribe = async (
    card: string | null,
    over: Partial<Parameters<Payments['gateway']['createSubscription']>[1]> = {},
  ) => {
    const customerId = await pay.payer(card);
    return pay.gateway.createSubscription(pay.ctx(), {
      customerId,
      items: [{ priceId: await pay.price(4_900), quantity: 1 }],
      trialEndsAt: null,
      taxRateIds: [],
      missingCard: 'cancel',
      reference: 'ours',
      idempotencyKey: pay.key(),
      ...over,
    });
  };
  const now = (id: string) => pay.gateway.readSubscription(pay.ctx(), { subscriptionId: id });

  describe('customers', () => {
    it('are made once, however often they are asked for, and told what has changed', async () => {
      const merchant = await pay.server.merchant({ platform: pay.oms });
      const details = { merchantId: merchant.id, name: 'A', email: 'a@example.org', country: 'DE', vatId: 'DE136695976', taxExempt: 'none' as const }; // prettier-ignore
      const ids = await Promise.all(
        Array.from({ length: 20 }, () => pay.gateway.ensureCustomer(pay.ctx(), details)),
      );
      assert.equal(new Set(ids.map(({ customerId }) => customerId)).size, 1);
      const customerId = ids[0]?.customerId as string;
      await pay.gateway.ensureCustomer(pay.ctx(), {
        ...details,
        name: 'B',
        taxExempt: 'reverse',
        vatId: 'FR40303265045',
      });
      const stripe = await pay.stripe();
      const found = await stripe.customers.retrieve(customerId, { expand: ['tax_ids'] });
      assert.ok(!found.deleted);
      assert.deepEqual(
        [found.name, found.tax_exempt, found.address?.country, found.tax_ids?.data.map(({ value }) => value)],
        ['B', 'reverse', 'DE', ['FR40303265045']],
      );
    });

    it('are made anew where Stripe has lost them', async () => {
      const merchant = await pay.server.merchant({ platform: pay.oms });
      const details = { merchantId: merchant.id, name: 'A', email: 'a@example.org', country: 'LU', vatId: null, taxExempt: 'none' as const }; // prettier-ignore
      const first = await pay.gateway.ensureCustomer(pay.ctx(), details);
      await (await pay.stripe()).customers.del(first.customerId);
      const second = await pay.gateway.ensureCustomer(pay.ctx(), { ...details, name: 'C' });
      assert.notEqual(second.customerId, first.customerId);
    });
  });

  describe('cards', () => {
    it('are taken by a setup intent, which the page confirms with the publishable key', async () => {
      const customerId = await pay.payer(null);
      const setup = await pay.gateway.createSetupIntent(pay.ctx(), { customerId, idempotencyKey: pay.key() });
      assert.match(setup.scriptUrl, /^http:\/\/127\.0\.0\.1:\d+\/v3\/$/);
      assert.deepEqual(await pay.gateway.readSetupIntent(pay.ctx(), setup.setupIntentId), {
        status: 'requires_payment_method',
        paymentMethodId: null,
        error: null,
      });
      const stripe = await pay.stripe();
      await stripe.setupIntents.confirm(setup.setupIntentId, { payment_method: 'pm_card_visa' });
      const state = await pay.gateway.readSetupIntent(pay.ctx(), setup.setupIntentId);
      assert.equal(state.status, 'succeeded');
      const card = await pay.gateway.useCard(pay.ctx(), {
        customerId,
        paymentMethodId: state.paymentMethodId as string,
      });
      assert.deepEqual([card.brand, card.last4], ['visa', '4242']);
      assert.deepEqual(await pay.gateway.readCard(pay.ctx(), customerId), card);
    });

    for (const [name, code, declineCode] of [
      ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
      ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
      ['pm_card_chargeDeclinedExpiredCard', 'expired_card', null],
    ] as const)
      it(`that are refused say why at their field: ${name}`, async () => {
        await assert.rejects(pay.payer(name), (error) => {
          assert.ok(error instanceof CardDeclined);
          assert.deepEqual([error.data.code, error.data.declineCode], [code, declineCode]);
          assert.equal(error.errors?.[0]?.path, 'card');
          return true;
        });
      });

    it('that want 3-D Secure wait for the bank, and are kept when it says yes', async () => {
      const customerId = await pay.payer(null);
      const { setupIntentId } = await pay.gateway.createSetupIntent(pay.ctx(), {
        customerId,
        idempotencyKey: pay.key(),
      });
      const stripe = await pay.stripe();
      await stripe.setupIntents.confirm(setupIntentId, {
        payment_method: 'pm_card_authenticationRequiredOnSetup',
      });
      assert.equal((await pay.gateway.readSetupIntent(pay.ctx(), setupIntentId)).status, 'requires_action');
      const { stripe: local } = await pay.localStripe.running();
      await local.answerChallenge(setupIntentId, false);
      const failed = await pay.gateway.readSetupIntent(pay.ctx(), setupIntentId);
      assert.equal(failed.error?.code, 'setup_intent_authentication_failure');
      await stripe.setupIntents.confirm(setupIntentId, {
        payment_method: 'pm_card_authenticationRequiredOnSetup',
      });
      await local.answerChallenge(setupIntentId, true);
      const kept = await pay.gateway.readSetupIntent(pay.ctx(), setupIntentId);
      assert.equal(kept.status, 'succeeded');
      await pay.gateway.useCard(pay.ctx(), { customerId, paymentMethodId: kept.paymentMethodId as string });
      const { status } = await pay.gateway.createSubscription(pay.ctx(), {
        customerId, items: [{ priceId: await pay.price(4_900), quantity: 1 }], trialEndsAt: null, taxRateIds: [],
        missingCard: 'cancel', reference: 'x', idempotencyKey: pay.key(),
      }); // prettier-ignore
      assert.equal(status, 'active');
    });
  });

  describe('prices and tax rates', () => {
    it('are found again by their key, and a key keeps its amount', async () => {
      const input = {
        key: 'v1:month',
        name: 'Professional',
        amountMinor: 9_900,
        currency: 'eur',
        interval: 'month' as const,
      };
      const [first, second] = await Promise.all([
        pay.gateway.ensurePrice(pay.ctx(), input),
        pay.gateway.ensurePrice(pay.ctx(), { ...input, currency: 'EUR' }),
      ]);
      assert.deepEqual(first, second);
      await assert.rejects(pay.gateway.ensurePrice(pay.ctx(), { ...input, amountMinor: 1 }), PriceChanged);
      const rate = await pay.gateway.ensureTaxRate(pay.ctx(), {
        country: 'LU',
        percent: '17',
        inclusive: false,
      });
      assert.deepEqual(
        await pay.gateway.ensureTaxRate(pay.ctx(), { country: 'LU', percent: '17.00', inclusive: false }),
        rate,
      );
    });
  });

  describe('subscriptions', () => {
    it('without a trial are charged at once, with tax', async () => {
      const { taxRateId } = await pay.gateway.ensureTaxRate(pay.ctx(), {
        country: 'LU',
        percent: '17',
        inclusive: false,
      });
      const made = await subscribe('pm_card_visa', { taxRateIds: [taxRateId] });
      assert.deepEqual(
        [made.status, made.reference, made.paymentProblem, made.taxRateIds],
        ['active', 'ours', null, [taxRateId]],
      );
      const invoice = await pay.gateway.readInvoice(pay.ctx(), { invoiceId: made.latestInvoiceId as string });
      assert.deepEqual(
        [invoice.status, invoice.subtotalMinor, invoice.taxMinor, invoice.totalMinor, invoice.amountPaidMinor, invoice.reason, invoice.reference],
        ['paid', 4_900, 833, 5_733, 5_733, 'subscription_create', 'ours'],
      ); // prettier-ignore
      assert.deepEqual(invoice.lines[0]?.taxes, [{ taxRateId, taxableMinor: 4_900, taxMinor: 833 }]);
    });

    it('of customers with reverse charge carry no tax', async () => {
      const customerId = await pay.payer();
      await (await pay.stripe()).customers.update(customerId, { tax_exempt: 'reverse' });
      const { taxRateId } = await pay.gateway.ensureTaxRate(pay.ctx(), {
        country: 'LU',
        percent: '17',
        inclusive: false,
      });
      const made = await subscribe(null, { customerId, taxRateIds: [taxRateId] });
      const invoice = await pay.gateway.readInvoice(pay.ctx(), { invoiceId: made.latestInvoiceId as string });
      assert.deepEqual([invoice.taxMinor, invoice.totalMinor], [0, 4_900]);
    });

    it('whose card is refused are incomplete and say so, and come to life when another card pays', async () => {
      const made = await subscribe('pm_card_chargeCustomerFail');
      assert.deepEqual(
        [made.status, made.paymentProblem, made.paymentFailure?.declineCode],
        ['incomplete', 'declined', 'generic_decline'],
      );
      assert.match(made.confirmUrl as string, /\/v3\/invoice\/in_/);
      await assert.rejects(
        pay.gateway.payInvoice(pay.ctx(), { invoiceId: made.latestInvoiceId as string }),
        CardDeclined,
      );
      await pay.gateway.useCard(pay.ctx(), { customerId: made.customerId, paymentMethodId: 'pm_card_visa' });
      const paid = await pay.gateway.payInvoice(pay.ctx(), { invoiceId: made.latestInvoiceId as string });
      assert.equal(paid.status, 'paid');
      assert.equal((await now(made.id)).status, 'active');
      await assert.rejects(pay.gateway.payInvoice(pay.ctx(), { invoiceId: paid.id }), StripeRefused);
    });

    it('without a card cannot be paid, and say so', async () => {
      const made = await subscribe(null);
      assert.equal(made.status, 'incomplete');
      await assert.rejects(
        pay.gateway.payInvoice(pay.ctx(), { invoiceId: made.latestInvoiceId as string }),
        new CardMissing(),
      );
    });

    it('that the bank asks about wait for its answer', async () => {
      const customerId = await pay.payer(null);
      const stripe = await pay.stripe();
      const intent = await stripe.setupIntents.create({
        customer: customerId,
        payment_method: 'pm_card_authenticationRequired',
        confirm: true,
      });
      const { stripe: local } = await pay.localStripe.running();
      await local.answerChallenge(intent.id, true);
      const { paymentMethodId } = await pay.gateway.readSetupIntent(pay.ctx(), intent.id);
      await pay.gateway.useCard(pay.ctx(), { customerId, paymentMethodId: paymentMethodId as string });
      const made = await subscribe(null, { customerId });
      assert.deepEqual([made.status, made.paymentProblem], ['incomplete', 'requires_action']);
      await assert.rejects(
        pay.gateway.payInvoice(pay.ctx(), { invoiceId: made.latestInvoiceId as string }),
        PaymentActionRequired,
      );
      const payment = (await local.objects('oms', 'payment_intent'))[0];
      await local.answerChallenge(payment?.id as string, true);
      assert.equal((await now(made.id)).status, 'active');
    });

    it('are made once for one key, and refused for another content', async () => {
      const customerId = await pay.payer();
      const idempotencyKey = pay.key();
      const made = await Promise.all(
        Array.from({ length: 10 }, () => subscribe(null, { customerId, idempotencyKey })),
      );
      assert.equal(new Set(made.map(({ id }) => id)).size, 1);
      await assert.rejects(
        subscribe(null, { customerId, idempotencyKey, reference: 'other' }),
        StripeKeyReused,
      );
    });

    it('that do not exist are not found', async () => {
      await assert.rejects(now('sub_nowhere'), new StripeObjectNotFound({ what: 'sub_nowhere' }));
    });

    it('in a trial cost nothing until it ends, then renew by the month, also over month-ends', async () => {
      pay.server.clock.set('2026-12-31T10:00:00Z');
      const made = await subscribe('pm_card_visa', { trialEndsAt: new Date('2027-01-31T10:00:00Z') });
      assert.deepEqual([made.status, made.currentPeriodEnd], ['trialing', new Date('2027-01-31T10:00:00Z')]);
      await pay.pass(31 * DAY);
      assert.equal((await now(made.id)).status, 'active');
      await pay.pass(HOUR);
      const first = await now(made.id);
      assert.deepEqual(first.currentPeriodEnd, new Date('2027-02-28T10:00:00Z'));
      const paid = await pay.gateway.readInvoice(pay.ctx(), { invoiceId: first.latestInvoiceId as string });
      assert.deepEqual([paid.status, paid.totalMinor, paid.reason], ['paid', 4_900, 'subscription_cycle']);
      await pay.pass(28 * DAY);
      assert.deepEqual((await now(made.id)).currentPeriodEnd, new Date('2027-03-31T10:00:00Z'));
    });

    for (const [missingCard, status] of [
      ['cancel', 'canceled'],
      ['pause', 'paused'],
      ['create_invoice', 'past_due'],
    ] as const)
      it(`whose trial ends without a card: ${missingCard}`, async () => {
        const made = await subscribe(null, {
          missingCard,
          trialEndsAt: new Date(pay.ctx().now.getTime() + 10 * DAY),
        });
        await pay.pass(10 * DAY + 2 * HOUR);
        assert.equal((await now(made.id)).status, status);
        if (status !== 'paused') return;
        await pay.gateway.useCard(pay.ctx(), {
          customerId: made.customerId,
          paymentMethodId: 'pm_card_visa',
        });
        const resumed = await pay.gateway.resume(pay.ctx(), {
          subscriptionId: made.id,
          idempotencyKey: pay.key(),
        });
        assert.equal(resumed.status, 'active');
      });

    it('that are not paid are tried again, and end after the last attempt', async () => {
      const made = await subscribe('pm_card_visa');
      await pay.gateway.useCard(pay.ctx(), {
        customerId: made.customerId,
        paymentMethodId: 'pm_card_chargeCustomerFail',
      });
      await pay.pass(made.currentPeriodEnd.getTime() - pay.ctx().now.getTime() + 2 * HOUR);
      const due = await now(made.id);
      assert.deepEqual([due.status, due.paymentProblem], ['past_due', 'declined']);
      const invoice = await pay.gateway.readInvoice(pay.ctx(), { invoiceId: due.latestInvoiceId as string });
      assert.equal(invoice.attemptCount, 1);
      await pay.pass(3 * DAY);
      assert.equal((await pay.gateway.readInvoice(pay.ctx(), { invoiceId: invoice.id })).attemptCount, 2);
      await pay.pass(12 * DAY);
      assert.equal((await now(made.id)).status, 'canceled');
    });

    it('that are past due are active again once they are paid', async () => {
      const made = await subscribe('pm_card_visa');
      await pay.gateway.useCard(pay.ctx(), {
        customerId: made.customerId,
        paymentMethodId: 'pm_card_chargeCustomerFail',
      });
      await pay.pass(made.currentPeriodEnd.getTime() - pay.ctx().now.getTime() + 2 * HOUR);
      const { latestInvoiceId } = await now(made.id);
      await pay.gateway.useCard(pay.ctx(), { customerId: made.customerId, paymentMethodId: 'pm_card_visa' });
      await pay.gateway.payInvoice(pay.ctx(), { invoiceId: latestInvoiceId as string });
      assert.equal((await now(made.id)).status, 'active');
    });
  });

  describe('changes', () => {
    it('at once are charged for the rest of the period, to the second, as the preview says', async () => {
      const made = await subscribe('pm_card_visa');
      const wanted = [{ priceId: await pay.price(9_900), quantity: 1 }];
      await pay.pass(10 * DAY);
      const total = (made.currentPeriodEnd.getTime() - made.currentPeriodStart.getTime()) / 1_000;
      const rest = (made.currentPeriodEnd.getTime() - pay.ctx().now.getTime()) / 1_000;
      const expected = Math.round((9_900 * rest) / total) - Math.round((4_900 * rest) / total);
      const preview = await pay.gateway.preview(pay.ctx(), {
        customerId: made.customerId, subscriptionId: made.id, items: wanted, taxRateIds: [],
      }); // prettier-ignore
      assert.equal(preview.totalMinor, expected);
      assert.ok(preview.lines.every(({ proration }) => proration));
      assert.deepEqual((await now(made.id)).items, made.items, 'a preview changes nothing');
      const changed = await pay.gateway.changeNow(pay.ctx(), {
        subscriptionId: made.id,
        items: wanted,
        idempotencyKey: pay.key(),
      });
      assert.deepEqual(
        changed.items.map(({ priceId }) => priceId),
        [wanted[0]?.priceId],
      );
      const invoice = await pay.gateway.readInvoice(pay.ctx(), {
        invoiceId: changed.latestInvoiceId as string,
      });
      assert.deepEqual(
        [invoice.status, invoice.totalMinor, invoice.reason],
        ['paid', expected, 'subscription_update'],
      );
    });

    it('there and back within a second cost nothing in the end', async () => {
      const made = await subscribe('pm_card_visa');
      await pay.pass(7 * DAY + 12_345_000);
      const there = await pay.gateway.changeNow(pay.ctx(), {
        subscriptionId: made.id, items: [{ priceId: await pay.price(19_900), quantity: 1 }], idempotencyKey: pay.key(),
      }); // prettier-ignore
      const back = await pay.gateway.changeNow(pay.ctx(), {
        subscriptionId: made.id, items: made.items, idempotencyKey: pay.key(),
      }); // prettier-ignore
      const totals = await Promise.all(
        [there, back].map(async ({ latestInvoiceId }) =>
          (await pay.gateway.readInvoice(pay.ctx(), { invoiceId: latestInvoiceId as string })).totalMinor),
      ); // prettier-ignore
      assert.equal((totals[0] as number) + (totals[1] as number), 0);
    });

    it('whose card is refused leave everything as it was', async () => {
      const made = await subscribe('pm_card_visa');
      await pay.gateway.useCard(pay.ctx(), {
        customerId: made.customerId,
        paymentMethodId: 'pm_card_chargeCustomerFail',
      });
      await assert.rejects(
        pay.gateway.changeNow(pay.ctx(), {
          subscriptionId: made.id, items: [{ priceId: await pay.price(9_900), quantity: 1 }], idempotencyKey: pay.key(),
        }),
        CardDeclined,
      ); // prettier-ignore
      const after = await now(made.id);
      assert.deepEqual([after.status, after.items, after.pendingItems], ['active', made.items, null]);
      const open = await pay.gateway.listInvoices(pay.ctx(), { subscriptionId: made.id });
      assert.deepEqual(
        open.items.map(({ status }) => status),
        ['void', 'paid'],
      );
    });

    it('of the interval start a new period at once', async () => {
      const made = await subscribe('pm_card_visa');
      await pay.pass(DAY);
      const changed = await pay.gateway.changeNow(pay.ctx(), {
        subscriptionId: made.id, items: [{ priceId: await pay.price(49_000, 'year'), quantity: 1 }], idempotencyKey: pay.key(),
      }); // prettier-ignore
      assert.deepEqual(
        changed.currentPeriodStart,
        new Date(Math.floor(pay.ctx().now.getTime() / 1_000) * 1_000),
      );
      assert.ok(changed.currentPeriodEnd.getTime() - changed.currentPeriodStart.getTime() > 364 * DAY);
    });

    it('at the end of the period are planned, shown, replaced and dropped, and come into force then', async () => {
      const made = await subscribe('pm_card_visa');
      const low = [{ priceId: await pay.price(2_900), quantity: 1 }];
      const planned = await pay.gateway.changeAtPeriodEnd(pay.ctx(), {
        subscriptionId: made.id, items: [{ priceId: await pay.price(1_900), quantity: 1 }], idempotencyKey: pay.key(),
      }); // prettier-ignore
      assert.deepEqual([planned.items, planned.plannedItems?.length], [made.items, 1]);
      const dropped = await pay.gateway.dropPlannedChange(pay.ctx(), { subscriptionId: made.id });
      assert.equal(dropped.plannedItems, null);
      const again = await pay.gateway.changeAtPeriodEnd(pay.ctx(), {
        subscriptionId: made.id,
        items: low,
        idempotencyKey: pay.key(),
      });
      assert.deepEqual(again.plannedItems, low);
      const next = await pay.gateway.preview(pay.ctx(), {
        customerId: made.customerId,
        subscriptionId: made.id,
        items: null,
        taxRateIds: [],
      });
      assert.deepEqual([next.totalMinor, next.dueAt >= made.currentPeriodEnd], [2_900, true]);
      await pay.pass(made.currentPeriodEnd.getTime() - pay.ctx().now.getTime() + 2 * HOUR);
      const after = await now(made.id);
      assert.deepEqual(
        after.items.map(({ priceId }) => priceId),
        [low[0]?.priceId],
      );
      const invoice = await pay.gateway.readInvoice(pay.ctx(), {
        invoiceId: after.latestInvoiceId as string,
      });
      assert.deepEqual([invoice.status, invoice.totalMinor], ['paid', 2_900]);
    });

    it('in a trial cost nothing', async () => {
      const made = await subscribe(null, { trialEndsAt: new Date(pay.ctx().now.getTime() + 10 * DAY) });
      const changed = await pay.gateway.changeNow(pay.ctx(), {
        subscriptionId: made.id, items: [{ priceId: await pay.price(9_900), quantity: 1 }], idempotencyKey: pay.key(),
      }); // prettier-ignore
      assert.deepEqual([changed.status, changed.paymentProblem, changed.items.length], ['trialing', null, 1]);
      const ended = await pay.gateway.cancelNow(pay.ctx(), {
        subscriptionId: made.id,
        idempotencyKey: pay.key(),
      });
      assert.equal(ended.status, 'canceled');
      assert.equal(
        (await pay.gateway.cancelNow(pay.ctx(), { subscriptionId: made.id, idempotencyKey: pay.key() }))
          .status,
        'canceled',
      );
    });

    it('of a first choice can be previewed before there is a subscription', async () => {
      const customerId = await pay.payer(null);
      const { taxRateId } = await pay.gateway.ensureTaxRate(pay.ctx(), {
        country: 'DE',
        percent: '19',
        inclusive: false,
      });
      const preview = await pay.gateway.preview(pay.ctx(), {
        customerId, subscriptionId: null, items: [{ priceId: await pay.price(4_900), quantity: 2 }], taxRateIds: [taxRateId],
      }); // prettier-ignore
      assert.deepEqual(
        [preview.subtotalMinor, preview.taxMinor, preview.totalMinor, preview.currency],
        [9_800, 1_862, 11_662, 'EUR'],
      );
      assert.equal((await pay.gateway.listSubscriptions(pay.ctx(), { customerId })).items.length, 0);
    });
  });

  describe('endings', () => {
    it('at the period’s end can be taken back until then', async () => {
      const made = await subscribe('pm_card_visa');
      const ending = await pay.gateway.cancelAtPeriodEnd(pay.ctx(), {
        subscriptionId: made.id,
        idempotencyKey: pay.key(),
      });
      assert.equal(ending.cancelAtPeriodEnd, true);
      const back = await pay.gateway.reactivate(pay.ctx(), {
        subscriptionId: made.id,
        idempotencyKey: pay.key(),
      });
      assert.equal(back.cancelAtPeriodEnd, false);
      await pay.gateway.cancelAtPeriodEnd(pay.ctx(), { subscriptionId: made.id, idempotencyKey: pay.key() });
      await pay.pass(made.currentPeriodEnd.getTime() - pay.ctx().now.getTime());
      assert.equal((await now(made.id)).status, 'canceled');
      await assert.rejects(
        pay.gateway.reactivate(pay.ctx(), { subscriptionId: made.id, idempotencyKey: pay.key() }),
        StripeRefused,
      );
    });

    it('and other tax rates or trial ends are told to Stripe', async () => {
      const { taxRateId } = await pay.gateway.ensureTaxRate(pay.ctx(), {
        country: 'FR',
        percent: '20',
        inclusive: false,
      });
      const made = await subscribe('pm_card_visa', {
        trialEndsAt: new Date(pay.ctx().now.getTime() + 10 * DAY),
      });
      const taxed = await pay.gateway.useTaxRates(pay.ctx(), {
        subscriptionId: made.id,
        taxRateIds: [taxRateId],
        idempotencyKey: pay.key(),
      });
      assert.deepEqual(taxed.taxRateIds, [taxRateId]);
      const later = new Date(made.currentPeriodEnd.getTime() + DAY);
      const moved = await pay.gateway.changeTrialEnd(pay.ctx(), {
        subscriptionId: made.id,
        trialEndsAt: later,
        idempotencyKey: pay.key(),
      });
      assert.deepEqual(moved.trialEndsAt, later);
      const ended = await pay.gateway.changeTrialEnd(pay.ctx(), {
        subscriptionId: made.id,
        trialEndsAt: null,
        idempotencyKey: pay.key(),
      });
      assert.equal(ended.status, 'active');
    });
  });

  it('lists page by page', async () => {
    const customerId = await pay.payer();
    for (let count = 0; count < 5; count++) await subscribe(null, { customerId });
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await pay.gateway.listSubscriptions(pay.ctx(), {
        customerId,
        limit: 2,
        ...(after && { after }),
      });
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextAfter === null) break;
      after = page.nextAfter;
    }
    assert.equal(new Set(seen).size, 5);
  });
});
