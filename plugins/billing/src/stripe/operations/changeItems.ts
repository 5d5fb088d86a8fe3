import type Stripe from 'stripe';
import { CardDeclined } from '../errors.js';
import type { ItemInput, StripeSubscription } from '../gatewayTypes.js';
import { itemChanges } from '../shapes/itemChanges.js';
import { SUBSCRIPTION_EXPANSIONS, toSubscription } from '../shapes/toSubscription.js';

/** Changes all items at once and charges the difference; a card that is refused leaves all as it was. @throws {CardDeclined} */
export async function changeItems(
  stripe: Stripe,
  {
    subscriptionId,
    items,
    idempotencyKey,
  }: {
    readonly subscriptionId: string;
    readonly items: readonly ItemInput[];
    readonly idempotencyKey: string;
  },
): Promise<StripeSubscription> {
  const current = await stripe.subscriptions.retrieve(subscriptionId, { expand: SUBSCRIPTION_EXPANSIONS });
  const changes = itemChanges(current.items.data, items);
  if (changes.length === 0) return toSubscription(current);
  const changed = await stripe.subscriptions.update(
    subscriptionId,
    {
      items: changes,
      proration_behavior: 'always_invoice',
      payment_behavior: 'pending_if_incomplete',
      expand: SUBSCRIPTION_EXPANSIONS,
    },
    { idempotencyKey },
  );
  const result = toSubscription(changed);
  if (result.pendingItems === null || result.paymentProblem !== 'declined') return result;
  // The unpaid invoice would be tried again for days, for a change that nobody counts on any more.
  await stripe.invoices.voidInvoice(result.latestInvoiceId as string);
  const { code, declineCode, message } = result.paymentFailure ?? {
    code: 'card_declined',
    declineCode: null,
    message: 'The card was declined.',
  };
  throw new CardDeclined({ code, declineCode, reason: message });
}
