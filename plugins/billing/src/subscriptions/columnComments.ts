import { defineMigration } from '@wizamart/core';

const COMMENTS: Readonly<Record<string, string>> = {
  'billing_operation.requested_at': 'When it was asked for.',
  'billing_stripe_price.version_id': 'The version that is bought at this price.',
  'billing_subscription.period_start': 'Belongs to the period.',
  'billing_subscription.cancel_at_period_end': 'True: it ends with the period and does not renew itself.',
  'billing_subscription.stripe_subscription_id': 'Stripe’s, sub_…; null: Stripe has nothing to do with it.',
  'billing_subscription.card_brand': 'Of the card that is charged, for example visa; null: there is none.',
  'billing_subscription.card_last4': 'Last four digits of the card; null: there is none.',
  'billing_subscription.card_exp_year': 'Four digits; null: there is no card.',
  'billing_subscription_add_on.subscription_id': 'The subscription that it stands beside.',
  'billing_subscription_add_on.started_at': 'What it gives counts from then on.',
};

/** What the names of some columns do not say. */
export const columnComments = defineMigration('20261122_billing_subscription_comments', (m) => {
  for (const [column, comment] of Object.entries(COMMENTS))
    m.sql(`comment on column ${column} is '${comment}'`);
});
