import { defineError } from '@wizamart/core';
import type { SubscriptionStatus } from './Subscription.js';

export const NoSubscription = defineError({
  code: 'BILLING_NO_SUBSCRIPTION',
  status: 404,
  message: 'There is no subscription on this platform yet.',
});

export const SubscriptionNotFound = defineError<{ subscription: string }>({
  code: 'BILLING_SUBSCRIPTION_NOT_FOUND',
  status: 404,
  message: (d) => `There is no subscription '${d.subscription}' here.`,
});

/** It cannot be done in this status. */
export const TransitionRefused = defineError<{ what: string; status: SubscriptionStatus }>({
  code: 'BILLING_TRANSITION_REFUSED',
  status: 409,
  message: (d) => `A subscription that is ${d.status.replace('_', ' ')} cannot do this: ${d.what}.`,
});

/** A merchant has at most one live subscription on a platform. */
export const SubscriptionExists = defineError({
  code: 'BILLING_SUBSCRIPTION_EXISTS',
  status: 409,
  message: 'There is a live subscription on this platform already; change that one.',
});

/** One change at a time. */
export const ChangeInProgress = defineError<{ operation: string; confirmUrl: string | null }>({
  code: 'BILLING_CHANGE_IN_PROGRESS',
  status: 409,
  message: (d) =>
    d.confirmUrl === null
      ? 'Another change of this subscription is being made. Try again in a moment.'
      : `The last change waits for your bank’s confirmation: ${d.confirmUrl}`,
});

export const NothingToChange = defineError({
  code: 'BILLING_NOTHING_TO_CHANGE',
  status: 422,
  message: 'This is what the subscription has already.',
});

/** Money is to be collected, and there is no card. */
export const CardNeeded = defineError({
  code: 'BILLING_CARD_NEEDED',
  status: 402,
  message: 'Enter a card first.',
});

export const CardNotReady = defineError<{ status: string; reason: string | null }>({
  code: 'BILLING_CARD_NOT_READY',
  status: 409,
  message: (d) => d.reason ?? `The card is not confirmed yet (${d.status}).`,
});

export const AddOnNotFound = defineError<{ addOn: string }>({
  code: 'BILLING_ADD_ON_NOT_FOUND',
  status: 404,
  message: (d) => `There is no add-on '${d.addOn}' in this subscription.`,
});

export const AddOnQuantity = defineError<{ code: string; max: number }>({
  code: 'BILLING_ADD_ON_QUANTITY',
  status: 422,
  message: (d) => `At most ${d.max} of '${d.code}' fit into one subscription.`,
  errors: (d) => [{ path: 'quantity', message: `At most ${d.max}.` }],
});

export const NothingToPay = defineError({
  code: 'BILLING_NOTHING_TO_PAY',
  status: 409,
  message: 'Nothing is due.',
});
