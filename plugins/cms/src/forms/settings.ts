import { z } from '@wizamart/core';

/** What a platform may set for forms. */
export const formSettings = {
  formRetentionDays: z
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(365)
    .meta({ title: 'Days that messages of forms are kept' }),
};
