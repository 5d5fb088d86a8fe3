import { defineError } from '@wizamart/core';

/** No keys, and this is production: there is nothing to pay with. */
export const StripeNotConfigured = defineError<{ platform: string }>({
  code: 'BILLING_STRIPE_NOT_CONFIGURED',
  status: 503,
  message: (d) =>
    `Payments are not set up on '${d.platform}': an administrator enters Stripe's keys in the settings of Billing.`,
  retryAfterSeconds: 600,
});

/** Test money and real money are never mixed. */
export const StripeKeyMode = defineError<{ field: string; mode: 'test' | 'live'; found: 'test' | 'live' }>({
  code: 'BILLING_STRIPE_KEY_MODE',
  status: 422,
  message: (d) =>
    `'${d.field}' is a key for ${d.found} mode, but the mode is '${d.mode}'. Enter the key of that mode, or change the mode.`,
  errors: (d) => [{ path: d.field, message: `This is a key for ${d.found} mode, the mode is '${d.mode}'.` }],
});

/** The card was refused; `declineCode` is the bank's reason. */
export const CardDeclined = defineError<{ code: string; declineCode: string | null; reason: string }>({
  code: 'BILLING_CARD_DECLINED',
  status: 402,
  message: (d) => d.reason,
  errors: (d) => [{ path: 'card', message: d.reason }],
});

/** There is nothing to charge: the customer has no card. */
export const CardMissing = defineError({
  code: 'BILLING_CARD_MISSING',
  status: 402,
  message: 'There is no card to charge. Add one first.',
  errors: () => [{ path: 'card', message: 'Add a card first.' }],
});

/** The bank wants the card's owner to confirm (3-D Secure). */
export const PaymentActionRequired = defineError<{ confirmUrl: string | null }>({
  code: 'BILLING_PAYMENT_ACTION_REQUIRED',
  status: 402,
  message: (d) =>
    d.confirmUrl === null
      ? 'The bank asks to confirm this payment.'
      : `The bank asks to confirm this payment: ${d.confirmUrl}`,
});

export const StripeBusy = defineError<{ retryAfterSeconds: number }>({
  code: 'BILLING_STRIPE_BUSY',
  status: 503,
  message: 'The payment service takes no more requests for a moment. Try again shortly.',
  retryAfterSeconds: (d) => d.retryAfterSeconds,
});

export const StripeUnavailable = defineError({
  code: 'BILLING_STRIPE_UNAVAILABLE',
  status: 503,
  message: 'The payment service does not answer. Nothing is lost: try again in a minute.',
  retryAfterSeconds: 60,
});

/** The key is wrong or may not do this: for administrators to mend. */
export const StripeKeyRefused = defineError({
  code: 'BILLING_STRIPE_KEY_REFUSED',
  status: 503,
  message: 'Stripe refuses the key of this platform. An administrator checks it in the settings of Billing.',
  retryAfterSeconds: 600,
});

/** Stripe does not do what was asked; `reason` is its own sentence. */
export const StripeRefused = defineError<{ code: string | null; param: string | null; reason: string }>({
  code: 'BILLING_STRIPE_REFUSED',
  status: 409,
  message: (d) => `The payment service refuses this: ${d.reason}`,
});

export const StripeObjectNotFound = defineError<{ what: string }>({
  code: 'BILLING_STRIPE_OBJECT_NOT_FOUND',
  status: 404,
  message: (d) => `Stripe does not know '${d.what}' on this platform's account.`,
});

/** The same idempotency key was used for something else: a fault of the caller. */
export const StripeKeyReused = defineError<{ key: string }>({
  code: 'BILLING_STRIPE_KEY_REUSED',
  status: 409,
  message: (d) => `'${d.key}' was used for another request before.`,
});

/** A price's key stands for one amount for good. */
export const PriceChanged = defineError<{ key: string }>({
  code: 'BILLING_PRICE_CHANGED',
  status: 409,
  message: (d) => `The price '${d.key}' exists with another amount: a new price needs a new key.`,
});

export const WebhookSignatureInvalid = defineError<{ reason: string }>({
  code: 'BILLING_WEBHOOK_SIGNATURE',
  status: 400,
  message: (d) => `This is not signed by Stripe for this platform: ${d.reason}`,
});

export const WebhookEventNotFound = defineError<{ event: string }>({
  code: 'BILLING_WEBHOOK_EVENT_NOT_FOUND',
  status: 404,
  message: (d) => `There is no webhook event '${d.event}'.`,
});

/** What is being worked on, or has been done, is not done again. */
export const WebhookEventNotReplayable = defineError<{ event: string; status: string }>({
  code: 'BILLING_WEBHOOK_NOT_REPLAYABLE',
  status: 409,
  message: (d) => `The event '${d.event}' is ${d.status} and cannot be processed again now.`,
});

export const ReportNotFound = defineError<{ report: string }>({
  code: 'BILLING_STRIPE_REPORT_NOT_FOUND',
  status: 404,
  message: (d) => `There is no comparison '${d.report}'.`,
});
