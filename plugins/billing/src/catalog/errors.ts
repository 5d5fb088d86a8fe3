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

/** What a host brings as prices is malformed: for those who write hosts. */
export const SeedInvalid = defineError<{ host: string; reason: string }>({
  code: 'BILLING_SEED_INVALID',
  status: 500,
  message: (d) => `The prices that the host '${d.host}' brings are not valid: ${d.reason}`,
});
