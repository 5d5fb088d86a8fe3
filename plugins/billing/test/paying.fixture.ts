import type { MerchantRecord } from '@wizamart/core';
import type { LocalStripeServer } from '../src/stripe/connection/LocalStripeServer.js';
import type { StripeConnections } from '../src/stripe/connection/StripeConnections.js';
import type { BillingWorld } from './subscriptions.fixture.js';

export const DAY = 86_400_000;

/** Merchants that pay by card, on the local Stripe server of a world. */
export function payingIn(world: BillingWorld) {
  const { localStripe, stripeConnections } = world.server.modules.kernel.container.wiringOf(
    'billing',
  ) as unknown as { localStripe: LocalStripeServer; stripeConnections: StripeConnections };
  const enterCard = async (merchant: MerchantRecord, card = 'pm_card_visa') => {
    const { setupIntentId } = await world.cards.begin(world.at(merchant));
    const { stripe } = await stripeConnections.of(world.at(merchant));
    await stripe.setupIntents.confirm(setupIntentId, { payment_method: card });
    return world.cards.use(world.at(merchant), setupIntentId);
  };
  const stripeId = async (merchant: MerchantRecord): Promise<string> => {
    const [row] = await world.server.database.everything<{ id: string }>(
      `select stripe_subscription_id as id from billing_subscription where merchant_id = '${merchant.id}' order by created_at desc`,
    );
    return row?.id ?? '';
  };
  /** Lets Stripe do what has become due by then, and tells us of it. */
  const pass = async (merchant: MerchantRecord, days: number) => {
    world.clock.advance(days * DAY);
    await localStripe.tick();
    await world.stripeNotices.look(world.at(merchant), await stripeId(merchant));
  };
  const onTrial = async (tier?: string) => {
    const merchant = await world.server.merchant({ platform: 'oms' });
    await world.trials.begin(world.at(merchant), tier === undefined ? {} : { tier });
    return merchant;
  };
  const paying = async (tier?: string) => {
    const merchant = await onTrial(tier);
    await enterCard(merchant);
    await pass(merchant, 30);
    return merchant;
  };
  /** Whose renewal the bank has declined. */
  const pastDue = async () => {
    const merchant = await paying();
    await enterCard(merchant, 'pm_card_chargeCustomerFail');
    await pass(merchant, 31);
    // Stripe tries an hour after it has drawn the invoice up.
    await pass(merchant, 0.1);
    return merchant;
  };
  const charges = async (merchant: MerchantRecord) =>
    (await world.payments.history(world.at(merchant))).filter(({ totalMinor }) => totalMinor > 0);
  const current = (merchant: MerchantRecord) => world.subscriptionReader.current(world.at(merchant));
  return {
    localStripe,
    stripeConnections,
    enterCard,
    stripeId,
    pass,
    onTrial,
    paying,
    pastDue,
    charges,
    current,
  };
}

/** Mails that wait to be sent, that greet a merchant. */
export const mailsTo = async (world: BillingWorld, merchant: MerchantRecord) => {
  const [owner] = await world.server.database.everything<{ name: string }>(
    `select display_name as name from core_merchant where id = '${merchant.id}'`,
  );
  const rows = await world.server.database.everything<{ subject: string; text: string }>(
    `select payload -> 'payload' ->> 'subject' as subject, payload -> 'payload' ->> 'text' as text
     from graphile_worker._private_jobs where payload -> 'payload' ->> 'subject' is not null order by id`,
  );
  return rows.filter(({ text }) => text.includes(`Hello ${owner?.name},`));
};
