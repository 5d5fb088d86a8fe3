import type Stripe from 'stripe';
import type { PaymentFailure } from './gatewayTypes.js';
import {
  CardDeclined,
  CardMissing,
  PaymentActionRequired,
  StripeBusy,
  StripeKeyRefused,
  StripeKeyReused,
  StripeObjectNotFound,
  StripeRefused,
  StripeUnavailable,
} from './errors.js';
import { stripeLibrary } from './stripeLibrary.js';

/** What Stripe says about a failed payment, wherever it says it: an error, or the last error of an intent. */
export interface StripeFault {
  readonly type?: string | undefined;
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
  readonly message?: string | undefined;
}

export const failureOf = (fault: StripeFault | null | undefined): PaymentFailure | null =>
  fault
    ? {
        code: fault.code ?? 'card_declined',
        // The library makes it empty where there is none.
        declineCode: fault.decline_code || null,
        message: withoutKeys(fault.message ?? 'The card was declined.'),
      }
    : null;

/** Runs a call of Stripe's and gives its failures our names. The original stays the `cause`; it holds no key. */
export async function asking<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw translated(error);
  }
}

/** Whether Stripe does not know (any more) what was asked for. */
export const isMissing = (error: unknown): boolean =>
  error instanceof stripeLibrary().errors.StripeInvalidRequestError && error.code === 'resource_missing';

function translated(error: unknown): unknown {
  if (!(error instanceof stripeLibrary().errors.StripeError)) return error;
  const known = ourName(error);
  return Object.assign(known, { cause: withoutRequest(error) });
}

function ourName(error: Stripe.errors.StripeError): Error {
  const { errors } = stripeLibrary();
  if (error.code === 'authentication_required' || error.code === 'invoice_payment_intent_requires_action')
    return new PaymentActionRequired({ confirmUrl: null });
  if (error instanceof errors.StripeCardError) {
    const { code, declineCode, message } = failureOf(error) as PaymentFailure;
    return new CardDeclined({ code, declineCode, reason: message });
  }
  if (error instanceof errors.StripeRateLimitError)
    return new StripeBusy({ retryAfterSeconds: secondsOf(error.headers?.['retry-after']) });
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError)
    return new StripeKeyRefused();
  if (error instanceof errors.StripeIdempotencyError)
    return error.code === 'idempotency_key_in_use'
      ? new StripeBusy({ retryAfterSeconds: 1 })
      : new StripeKeyReused({ key: 'The idempotency key' });
  if (isMissing(error) && /no attached payment source/.test(error.message)) return new CardMissing();
  if (isMissing(error)) return new StripeObjectNotFound({ what: idIn(error.message) ?? error.param ?? 'it' });
  if (error instanceof errors.StripeInvalidRequestError)
    return new StripeRefused({
      code: error.code ?? null,
      param: error.param ?? null,
      reason: withoutKeys(error.message),
    });
  return new StripeUnavailable();
}

const secondsOf = (header: string | undefined): number => {
  const seconds = Number(header);
  return Number.isInteger(seconds) && seconds > 0 && seconds <= 3_600 ? seconds : 2;
};

const idIn = (message: string): string | undefined => /'([A-Za-z]+_[\w-]+)'/.exec(message)?.[1];

/** Stripe's own messages name keys shortened; whatever still looks like one does not get further. */
export const withoutKeys = (text: string): string =>
  text.replace(/\b(sk|rk|pk|whsec)_[A-Za-z0-9_*+/=-]+/g, '$1_…');

/** Only what says what went wrong: the library's errors carry headers and raw bodies, which are none of the log's business. */
function withoutRequest(error: Stripe.errors.StripeError): Error {
  const plain = new Error(withoutKeys(error.message));
  plain.name = error.type;
  return Object.assign(plain, {
    code: error.code,
    declineCode: error.decline_code,
    requestId: error.requestId,
    statusCode: error.statusCode,
  });
}
