import assert from 'node:assert/strict';
import type { MerchantRecord } from '@wizamart/core';
import { eventually } from '@wizamart/core/testing';
import type { StripeInvoicing } from '../src/invoices/StripeInvoicing.js';
import type { LocalStripeServer } from '../src/stripe/connection/LocalStripeServer.js';
import type { StripeConnections } from '../src/stripe/connection/StripeConnections.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

const DAY = 86_400_000;

interface Issued {
  readonly number: string | null;
  readonly kind: string;
  readonly status: string;
  readonly reference: string | null;
  readonly gross: number;
}

describe('the provider’s invoices of what Stripe charges [module:billing]', () => {
  let world: BillingWorld;
  let local: LocalStripeServer;
  let connections: StripeConnections;
  let invoicing: StripeInvoicing;
  before(async () => {
    world = await openBilling({ jobs: true });
    ({
      localStripe: local,
      stripeConnections: connections,
      stripeInvoicing: invoicing,
    } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      localStripe: LocalStripeServer;
      stripeConnections: StripeConnections;
      stripeInvoicing: StripeInvoicing;
    });
  });
  after(() => world.close());

  const issuedTo = ({ id }: MerchantRecord): Promise<Issued[]> =>
    world.server.database.everything<Issued & Record<string, unknown>>(
      `select number_text as number, kind, status, reference, gross_minor::int as gross from billing_invoice
       where issuer = 'provider' and merchant_id = $1 order by kind desc, created_at`,
      [id],
    );
  /** A merchant whose trial is over, and whose first month was charged to this card. */
  const charged = async (card: string): Promise<MerchantRecord> => {
    const merchant = await world.server.merchant({ platform: 'oms' });
    await world.trials.begin(world.at(merchant));
    const { setupIntentId } = await world.cards.begin(world.at(merchant));
    const { stripe } = await connections.of(world.at(merchant));
    await stripe.setupIntents.confirm(setupIntentId, { payment_method: card });
    await world.cards.use(world.at(merchant), setupIntentId);
    world.clock.advance(30 * DAY);
    await local.tick();
    // It tries the card an hour after it has drawn the invoice up.
    world.clock.advance(DAY / 10);
    await local.tick();
    return merchant;
  };
  const charges = async (merchant: MerchantRecord) =>
    (await world.stripeGateway.listInvoices(world.at(merchant))).items.filter(
      ({ totalMinor }) => totalMinor > 0,
    );

  it('are exactly one for a month that was paid, also when the notices come again and out of order', async () => {
    const merchant = await charged('pm_card_visa');
    await eventually(async () => (await issuedTo(merchant))[0]?.status === 'paid');
    const [charge] = await charges(merchant);
    const id = charge?.id ?? assert.fail('nothing was charged');
    await Promise.all(Array.from({ length: 20 }, () => invoicing.look(world.at(merchant), id)));
    const [invoice, ...more] = await issuedTo(merchant);
    assert.deepEqual(more, []);
    assert.deepEqual([invoice?.reference, invoice?.gross, invoice?.status], [id, charge?.totalMinor, 'paid']);
    assert.match(invoice?.number ?? '', /^INV-2026-\d{5}$/);
  });

  it('are finalised while a payment is due, and credited in full when Stripe voids the charge, once', async () => {
    const merchant = await charged('pm_card_chargeCustomerFail');
    await eventually(async () => (await issuedTo(merchant))[0]?.status === 'finalised');
    const [charge] = await charges(merchant);
    const id = charge?.id ?? assert.fail('nothing was charged');
    const { stripe } = await connections.of(world.at(merchant));
    await stripe.invoices.voidInvoice(id);
    await eventually(async () => (await issuedTo(merchant))[0]?.status === 'void');
    await invoicing.look(world.at(merchant), id);
    await invoicing.look(world.at(merchant), id);
    const [invoice, note, ...more] = await issuedTo(merchant);
    assert.deepEqual(more, []);
    assert.deepEqual([note?.kind, note?.gross], ['credit_note', invoice?.gross]);
  });
});
