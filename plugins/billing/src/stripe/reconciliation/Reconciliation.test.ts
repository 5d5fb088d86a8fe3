import assert from 'node:assert/strict';
import type { TenantContext } from '@wizamart/core';
import { DAY, openPayments, type Payments } from '../stripe.fixture.js';
import type { OurInvoice, OurSubscription } from './OurSide.js';

describe('Reconciliation [module:billing] [surface:admin]', () => {
  let pay: Payments;
  let ours: OurSubscription[];
  let issued: OurInvoice[];
  const happened: string[] = [];
  before(async () => {
    pay = await openPayments({}, ({ stripeHandlers, stripeOurSide }) => {
      stripeHandlers.on('invoice.paid', async (_ctx, notice, once) => {
        await once('test', async () => happened.push(notice.object.id));
      });
      stripeOurSide.subscriptionsFrom(async () => ours);
      stripeOurSide.invoicesFrom(async () => issued);
    });
  });
  after(() => pay.close());
  const ctx = (): TenantContext => ({ ...pay.ctx(), merchant: null });

  it('writes down what differs, mends missed events only, and finds nothing new the second time', async () => {
    const customerId = await pay.payer();
    const priceId = await pay.price(4_900);
    const make = () =>
      pay.gateway.createSubscription(pay.ctx(), {
        customerId, items: [{ priceId, quantity: 1 }], trialEndsAt: null, taxRateIds: [], missingCard: 'cancel',
        reference: 'x', idempotencyKey: pay.key(),
      }); // prettier-ignore
    const [good, drifted, strange] = [await make(), await make(), await make()];
    const own = (one: typeof good): OurSubscription => ({
      merchantId: pay.merchant.id, stripeId: one.id, statuses: ['active'], periodEnd: one.currentPeriodEnd,
      cancelAtPeriodEnd: false, items: { [priceId]: 1 },
    }); // prettier-ignore
    ours = [
      own(good),
      {
        ...own(drifted),
        statuses: ['past_due'],
        cancelAtPeriodEnd: true,
        items: { [priceId]: 2 },
        periodEnd: new Date(0),
      },
      { ...own(good), stripeId: 'sub_gone' },
    ];
    issued = [
      { stripeId: good.latestInvoiceId as string, netMinor: 4_900 },
      { stripeId: drifted.latestInvoiceId as string, netMinor: 1 },
    ];
    await (await pay.localStripe.running()).stripe.deliver();
    const [lost] = await pay.server.database.everything<{ id: string }>(
      `delete from billing_webhook_event where type = 'invoice.paid' and payload::text like $1 returning id`,
      [`%${good.latestInvoiceId}%`],
    );
    assert.ok(lost);
    pay.server.clock.advance(3_600_000);

    const report = await pay.stripeReconciliation.run(ctx());
    const found = report.differences.map(({ kind, stripeId, isMended }) => `${kind} ${stripeId} ${isMended}`);
    const missed = report.differences.find(({ kind }) => kind === 'event_missed');
    assert.deepEqual(
      found.filter((line) => !line.startsWith('event_missed')).sort(),
      [
        `invoice_amount ${drifted.latestInvoiceId} false`,
        `invoice_not_issued ${strange.latestInvoiceId} false`,
        `subscription_cancellation ${drifted.id} false`,
        `subscription_items ${drifted.id} false`,
        'subscription_only_here sub_gone false',
        `subscription_only_at_stripe ${strange.id} false`,
        `subscription_period ${drifted.id} false`,
        `subscription_status ${drifted.id} false`,
      ].sort(),
    );
    assert.deepEqual([report.missedEvents, missed?.isMended], [1, true]);
    for (const { id } of (await pay.webhookInbox.list(ctx(), { perPage: 100, status: 'received' })).items)
      await pay.webhookInbox.process(ctx(), id);
    assert.ok(happened.includes(good.latestInvoiceId as string));

    const again = await pay.stripeReconciliation.run(ctx());
    assert.equal(again.missedEvents, 0);
    assert.deepEqual(
      again.differences,
      report.differences.filter(({ kind }) => kind !== 'event_missed'),
    );
    const { items, total } = await pay.stripeReconciliation.list(ctx());
    assert.deepEqual([items[0]?.id, total], [again.id, 2]);
    assert.deepEqual((await pay.stripeReconciliation.get(ctx(), report.id)).differences, report.differences);
  });

  it('run many times at once, or days late, finds the same', async () => {
    pay.server.clock.advance(3 * DAY);
    const reports = await Promise.all(Array.from({ length: 8 }, () => pay.stripeReconciliation.run(ctx())));
    assert.equal(new Set(reports.map(({ differences }) => JSON.stringify(differences))).size, 1);
  });
});
