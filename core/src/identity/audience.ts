import type { Surface } from '../kernel/context.js';

/** Kind of session; each has its own cookie and opens its own surface only. */
export const AUDIENCES = ['admin', 'store', 'customer'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The audience whose sessions count on a surface; marketing pages and webhooks have none. */
export const audienceOf = (surface: Surface | 'job' | 'cli'): Audience | null => {
  if (surface === 'admin' || surface === 'store') return surface;
  return surface === 'storefront' ? 'customer' : null;
};
