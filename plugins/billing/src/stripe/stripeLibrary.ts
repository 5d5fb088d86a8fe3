import { createRequire } from 'node:module';
import type Stripe from 'stripe';

const load = createRequire(import.meta.url);
let library: typeof Stripe | undefined;

/** Stripe's library. It takes 80 ms and 20 MB to load: whoever does not use it starts without. */
export const stripeLibrary = (): typeof Stripe => (library ??= load('stripe') as typeof Stripe);
