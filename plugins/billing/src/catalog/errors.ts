import { defineError } from '@wizamart/core';

export const ProductNotFound = defineError<{ kind: string; code: string }>({
  code: 'BILLING_PRODUCT_NOT_FOUND',
  status: 404,
  message: (d) => `This platform sells no ${d.kind === 'tier' ? 'tier' : 'add-on'} '${d.code}'.`,
});

/** It is there, but not to be bought: archived, without a price, or not by the interval. */
export const NotForSale = defineError<{
  code: string;
  reason: 'archived' | 'no_price' | 'interval' | 'currency';
}>({
  code: 'BILLING_NOT_FOR_SALE',
  status: 422,
  message: (d) =>
    ({
      archived: `'${d.code}' is not sold any more; choose another.`,
      no_price: `'${d.code}' has no price yet; an administrator sets one.`,
      interval: `'${d.code}' is not sold by this interval; choose the other one.`,
      currency: `'${d.code}' is sold in another currency than this subscription.`,
    })[d.reason],
  errors: (d) => [{ path: 'code', message: `'${d.code}' cannot be bought this way.` }],
});

/** A product that somebody has is archived, never deleted. */
export const ProductInUse = defineError<{ code: string; subscriptions: number }>({
  code: 'BILLING_PRODUCT_IN_USE',
  status: 409,
  message: (d) =>
    `${d.subscriptions === 1 ? 'One subscription has' : `${d.subscriptions} subscriptions have`} '${d.code}': archive it, so that nobody else buys it.`,
});

/** What a host brings as prices is malformed: for those who write hosts. */
export const SeedInvalid = defineError<{ host: string; reason: string }>({
  code: 'BILLING_SEED_INVALID',
  status: 500,
  message: (d) => `The prices that the host '${d.host}' brings are not valid: ${d.reason}`,
});
