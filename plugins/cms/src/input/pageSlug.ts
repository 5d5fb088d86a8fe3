import { slugSchema } from '@wizamart/core';

/** The address of a page: one segment that the system does not use itself. */
export const pageSlug = slugSchema;
