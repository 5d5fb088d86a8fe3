import type { EventRef } from '@wizamart/core';
import {
  SubscriptionActivated,
  SubscriptionCancelled,
  SubscriptionExpired,
  SubscriptionPaused,
  SubscriptionPaymentFailed,
  SubscriptionRecovered,
  type SubscriptionFact,
} from './events.js';
import type { SubscriptionStatus } from './Subscription.js';

interface Transition {
  readonly from: readonly SubscriptionStatus[];
  readonly to: SubscriptionStatus;
  readonly event: EventRef<SubscriptionFact>;
}

/** All ways from one status to another, by name; ended subscriptions stay ended. */
export const TRANSITIONS = {
  activate: { from: ['trialing', 'paused'], to: 'active', event: SubscriptionActivated },
  failPayment: { from: ['trialing', 'active'], to: 'past_due', event: SubscriptionPaymentFailed },
  recover: { from: ['past_due'], to: 'active', event: SubscriptionRecovered },
  pause: { from: ['trialing', 'active', 'past_due'], to: 'paused', event: SubscriptionPaused },
  cancel: {
    from: ['trialing', 'active', 'past_due', 'paused'],
    to: 'cancelled',
    event: SubscriptionCancelled,
  },
  expire: { from: ['trialing', 'past_due', 'paused'], to: 'expired', event: SubscriptionExpired },
} as const satisfies Readonly<Record<string, Transition>>;
export type TransitionName = keyof typeof TRANSITIONS;

/** The transition that leads from one status to another; undefined where it is the same, or there is no way. */
export const transitionTo = (from: SubscriptionStatus, to: SubscriptionStatus): TransitionName | undefined =>
  (Object.keys(TRANSITIONS) as TransitionName[]).find((name) => {
    const transition: Transition = TRANSITIONS[name];
    return transition.to === to && transition.from.includes(from);
  });
