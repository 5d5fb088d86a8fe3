/** A Stripe of one's own for development and tests: stateful, with webhooks, test cards and a clock that moves. */
export { startLocalStripe } from './startLocalStripe.js';
export type { RunningLocalStripe } from './startLocalStripe.js';
export { LocalStripe, signature } from './LocalStripe.js';
export type { LocalStripeOptions, Sender } from './LocalStripe.js';
export { NAMED_CARDS, TEST_CARDS } from './cards/testCards.js';
export type { StateStore, StoredObject } from './state/StateStore.js';
