import { z } from '@wizamart/core';
import { PAGE_SOURCES, PAGE_STATUSES } from '../types.js';

/** Columns a list of pages may be sorted by; `-` in front turns the order. */
export const PAGE_SORTS = [
  'slug',
  '-slug',
  'title',
  '-title',
  'updatedAt',
  '-updatedAt',
  'position',
  '-position',
] as const;
export type PageSort = (typeof PAGE_SORTS)[number];

/** One of several; a filter of a page sends an empty text for all of them. */
const chosen = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .union([z.enum(values), z.literal('')])
    .transform((value) => (value === '' ? undefined : value))
    .optional();

export const pageListInput = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(20),
  sort: z.enum(PAGE_SORTS).default('slug'),
  q: z.string().trim().max(200).default(''),
  status: chosen(PAGE_STATUSES),
});
export const storePageListInput = pageListInput.extend({ source: chosen(PAGE_SOURCES) });

export type PageListInput = z.output<typeof pageListInput>;
export type StorePageListInput = z.output<typeof storePageListInput>;
