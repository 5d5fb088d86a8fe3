import assert from 'node:assert/strict';
import type { MerchantRecord } from '@wizamart/core';
import type { StripeConnections } from '../src/stripe/connection/StripeConnections.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

describe('buying what one should not [module:billing]', () => {
  let world: BillingWorld;
  before(async () => {
    world = await openBilling();
    const price = { currency: 'EUR', monthlyMinor: 100, yearlyMinor: 1_000, isPublic: false };
    await world.catalogue.setPrices(world.on('loyalty'), 'enterprise', price);
    await world.catalogue.saveAddOn(world.on('loyalty'), { code: 'friends', name: 'For friends', ...price });
  });
  after(() => world.close());

  const asOwner = (merchant: MerchantRecord, platform: string) => ({
    ...world.at(merchant, platform),
    actor: {
      kind: 'user' as const,
      userId: merchant.id,
      email: 'owner@example.org',
      name: 'Owner',
      audience: 'store' as const,
      isSuperAdmin: false,
      permissions: { has: () => true },
      sessionId: merchant.id,
    },
  });
  const onTrial = async (platform = 'oms') => {
    const merchant = await world.server.merchant({ platform });
    await world.trials.begin(world.at(merchant, platform));
    return merchant;
  };
  /** Confirmed by its bank, and not used yet. */
  const confirmedCard = async (merchant: MerchantRecord) => {
    const { stripeConnections } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      stripeConnections: StripeConnections;
    };
    const { setupIntentId } = await world.cards.begin(world.at(merchant));
    const { stripe } = await stripeConnections.of(world.at(merchant));
    await stripe.setupIntents.confirm(setupIntentId, { payment_method: 'pm_card_visa' });
    return setupIntentId;
  };
  const liveAtStripe = async (merchant: MerchantRecord) => {
    const { customerId } = await customerOf(merchant);
    const { items } = await world.stripeGateway.listSubscriptions(world.at(merchant), { customerId });
    return items.filter(({ status }) => status !== 'canceled').length;
  };
  const customerOf = async (merchant: MerchantRecord) => {
    const [row] = await world.server.database.everything<{ customerId: string }>(
      `select customer_id as "customerId" from billing_stripe_customer where merchant_id = '${merchant.id}'`,
    );
    return row as { customerId: string };
  };

  it('gives a tier or an add-on that is not offered to everybody to nobody but by the provider', async () => {
    const merchant = await onTrial('loyalty');
    const owner = asOwner(merchant, 'loyalty');
    const notThere = { code: 'BILLING_PRODUCT_NOT_FOUND' };
    await assert.rejects(world.planChanges.change(owner, { tier: 'enterprise' }), notThere);
    await assert.rejects(world.invoicePreviews.ofTier(owner, { tier: 'enterprise' }), notThere);
    await assert.rejects(world.addOnSales.buy(owner, { code: 'friends', quantity: 1 }), notThere);
    await world.planChanges.change(world.at(merchant, 'loyalty'), { tier: 'enterprise' });
    await world.addOnSales.buy(world.at(merchant, 'loyalty'), { code: 'friends', quantity: 1 });
    const { tier, addOns } = await world.subscriptionReader.current(owner);
    assert.deepEqual([tier.code, addOns.map(({ code }) => code)], ['enterprise', ['friends']]);
  });

  it('tells Stripe nothing of a second subscription that was weighed before the first one was there', async () => {
    const merchant = await onTrial();
    await world.cards.use(world.at(merchant), await confirmedCard(merchant));
    assert.equal(await liveAtStripe(merchant), 1);
    const { id } = await world.subscriptionReader.current(world.at(merchant));
    const { id: versionId } = await world.catalogue.forSale(world.on(), 'tier', 'essential');
    // What another request decided on when it was still right.
    await assert.rejects(
      world.operations.carryOut(world.at(merchant), null, {
        kind: 'subscribe',
        versionId,
        interval: 'month',
      }),
      { code: 'BILLING_SUBSCRIPTION_EXISTS' },
    );
    await assert.rejects(world.operations.carryOut(world.at(merchant), id, { kind: 'collect' }), {
      code: 'BILLING_NOTHING_TO_CHANGE',
    });
    await assert.rejects(world.operations.carryOut(world.at(merchant), id, { kind: 'resume' }), {
      code: 'BILLING_TRANSITION_REFUSED',
    });
    assert.equal(await liveAtStripe(merchant), 1);
    assert.equal((await world.subscriptionReader.current(world.at(merchant))).operation, null);
  });
});
