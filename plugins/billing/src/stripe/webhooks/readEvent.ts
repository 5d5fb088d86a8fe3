import type Stripe from 'stripe';
import type { StripeConnection } from '../connection/StripeConnection.js';
import { StripeNotConfigured, WebhookSignatureInvalid } from '../errors.js';
import { withoutKeys } from '../stripeErrors.js';
import { stripeLibrary } from '../stripeLibrary.js';

const TOLERANCE_SECONDS = 300;

/**
 * Believes a webhook that the platform's account has signed at most five minutes ago (or ahead).
 *
 * @throws {WebhookSignatureInvalid}
 */
export function readEvent(
  connection: StripeConnection,
  { body, signature, now }: { readonly body: Buffer; readonly signature: string; readonly now: Date },
): Stripe.Event {
  if (connection.webhookSecret === '') throw new StripeNotConfigured({ platform: 'this platform' });
  let event: Stripe.Event;
  try {
    event = connection.stripe.webhooks.constructEvent(
      body,
      signature,
      connection.webhookSecret,
      TOLERANCE_SECONDS,
      undefined,
      now.getTime(),
    );
  } catch (error) {
    if (
      error instanceof stripeLibrary().errors.StripeSignatureVerificationError ||
      error instanceof SyntaxError
    )
      throw new WebhookSignatureInvalid({ reason: firstSentence(error.message) });
    throw error;
  }
  // The library takes signatures from the future.
  const signedAt = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1] ?? 0);
  if (signedAt - now.getTime() / 1_000 > TOLERANCE_SECONDS)
    throw new WebhookSignatureInvalid({ reason: 'it was signed in the future.' });
  if (event.livemode !== (connection.account === 'live'))
    throw new WebhookSignatureInvalid({ reason: 'it is from the other mode.' });
  return event;
}

const firstSentence = (text: string): string => withoutKeys(text).split('\n')[0]?.slice(0, 200) ?? '';
