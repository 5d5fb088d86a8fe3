import { defineEvent, z, type EventRef } from '@wizamart/core';
import { SUBSCRIPTION_STATUSES } from './Subscription.js';

const subscription = z.object({
  subscriptionId: z.uuid(),
  status: z.enum(SUBSCRIPTION_STATUSES),
  tier: z.string(),
  interval: z.enum(['month', 'year']),
  /** Status before; null: it was just made. */
  from: z.enum(SUBSCRIPTION_STATUSES).nullable(),
});
export type SubscriptionFact = z.output<typeof subscription>;

const about = (past: string): EventRef<SubscriptionFact> =>
  defineEvent(`billing.subscription.${past}`, { version: 1, schema: subscription });

/** A subscription or a trial began. */
export const SubscriptionStarted = about('started');
/** It is paid from now on: the trial ended well, or a pause is over. */
export const SubscriptionActivated = about('activated');
/** A payment failed; what was bought is kept for a time of grace. */
export const SubscriptionPaymentFailed = about('payment_failed');
/** What was due is paid. */
export const SubscriptionRecovered = about('recovered');
export const SubscriptionPaused = about('paused');
/** It ended because somebody wanted that, or because it was not paid. */
export const SubscriptionCancelled = about('cancelled');
/** A trial ended without a way to pay. */
export const SubscriptionExpired = about('expired');
/** A new period began. */
export const SubscriptionRenewed = about('renewed');
/** Tier or interval are others now. */
export const SubscriptionChanged = about('changed');
/** Another tier, another interval or the end is planned for the end of the period, or not any more. */
export const SubscriptionPlanned = about('planned');

const addOn = z.object({ subscriptionId: z.uuid(), addOnId: z.uuid(), code: z.string(), quantity: z.int() });
export const AddOnBought = defineEvent('billing.add_on.bought', { version: 1, schema: addOn });
/** It ends with the period. */
export const AddOnCancelled = defineEvent('billing.add_on.cancelled', { version: 1, schema: addOn });
export const AddOnEnded = defineEvent('billing.add_on.ended', { version: 1, schema: addOn });

/** A month in which limits per month are counted began. */
export const UsageReset = defineEvent('billing.usage.reset', {
  version: 1,
  schema: z.object({ subscriptionId: z.uuid(), since: z.iso.datetime() }),
});
