import Stripe from 'stripe';

/** The version whose shapes are spoken: the library's own. */
export const API_VERSION = Stripe.API_VERSION;
