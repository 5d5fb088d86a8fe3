import { LANGUAGES, z } from '@wizamart/core';
import { bodySchema } from '../blocks/schemas.js';
import { seoSchema } from '../seo/seoSchema.js';
import { PAGE_SOURCES, PAGE_STATUSES, PAGE_TEMPLATES, PLACEMENTS } from '../types.js';

const instant = z.iso.datetime();
const language = z.enum(LANGUAGES);

/** A page in a list. */
export const pageSummary = z.object({
  id: z.uuid(),
  slug: z.string(),
  template: z.enum(PAGE_TEMPLATES),
  placement: z.enum(PLACEMENTS),
  position: z.int(),
  status: z.enum(PAGE_STATUSES),
  hasDraft: z.boolean(),
  title: z.string(),
  languages: z.array(language),
  publishedAt: instant.nullable(),
  publishAt: instant.nullable(),
  unpublishAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});

const translation = z.object({
  title: z.string(),
  description: z.string(),
  body: bodySchema,
  seo: seoSchema,
});

/** A page with its texts, as its editors see it. */
export const pageDetail = pageSummary.extend({
  version: z.int(),
  language,
  description: z.string(),
  body: bodySchema,
  seo: seoSchema,
  translations: z.partialRecord(language, translation),
});

const source = z.enum(PAGE_SOURCES);
export const storePageSummary = pageSummary.extend({ source, defaultChanged: z.boolean() });
export const storePageDetail = pageDetail.extend({ source, defaultChanged: z.boolean() });
export const defaultSummary = pageSummary.extend({ usedBy: z.int(), overriddenBy: z.int() });
export const defaultDetail = pageDetail.extend({ usedBy: z.int(), overriddenBy: z.int() });

const meter = z.object({ used: z.int(), limit: z.int().nullable() });
export const pageUsage = z.object({ pages: meter, customPages: meter });

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.int(), page: z.int(), perPage: z.int() });

/** What a visitor's program gets. */
export const publicPage = z.object({
  slug: z.string(),
  source: z.enum(['platform', 'default', 'store']),
  template: z.enum(PAGE_TEMPLATES),
  language,
  languages: z.array(language),
  title: z.string(),
  description: z.string(),
  body: bodySchema,
  seo: seoSchema,
  publishedAt: instant,
});

export const pageId = z.object({ id: z.uuid() });
