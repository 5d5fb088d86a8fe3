import { z } from 'zod';

/** `page` and `perPage` of every list. */
export const pageInput = z.object({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(20),
});

/** The same with a search term. */
export const searchInput = pageInput.extend({ q: z.string().trim().max(200).default('') });
