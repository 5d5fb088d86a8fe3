import { defineEvent, z } from '@wizamart/core';

/** Somebody has signed up: merchant, store, owner and subscription are there. */
export const SignUpCompleted = defineEvent('billing.sign_up.completed', {
  version: 1,
  schema: z.object({
    merchantId: z.uuid(),
    storeId: z.uuid(),
    tier: z.string(),
    interval: z.enum(['month', 'year']),
  }),
});
