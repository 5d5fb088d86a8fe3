import { LANGUAGES, z } from '@wizamart/core';
import { bodySchema } from '../blocks/schemas.js';
import { longText, shortText } from '../blocks/fields.js';
import { seoSchema } from '../seo/seoSchema.js';
import { PAGE_STATUSES, PAGE_TEMPLATES, PLACEMENTS } from '../types.js';
import { pageSlug } from './pageSlug.js';

const description = z.union([z.literal(''), longText]);
const language = z.enum(LANGUAGES);

/** What a language may change; in a new language the title is needed. */
const translationChange = z.strictObject({
  title: shortText.optional(),
  description: description.optional(),
  body: bodySchema.optional(),
  seo: seoSchema.optional(),
});
const position = z
  .int('Enter a whole number.')
  .min(0, 'Enter 0 or more.')
  .max(10_000, 'Enter at most 10,000.');

/**
 * A new page. `title`, `description`, `body` and `seo` are in `language` (left out: the default language of the
 * store or platform); `translations` holds further languages.
 */
export const newPage = z.object({
  slug: pageSlug,
  language: language.optional(),
  title: shortText,
  description: description.optional(),
  body: bodySchema.optional(),
  seo: seoSchema.optional(),
  translations: z.partialRecord(language, translationChange.required({ title: true })).optional(),
  template: z.enum(PAGE_TEMPLATES).optional(),
  placement: z.enum(PLACEMENTS).optional(),
  position: position.optional(),
  status: z.enum(PAGE_STATUSES).optional(),
});

/** Changes of a page: what is left out stays; a language set to null goes. */
export const pageChanges = z.object({
  slug: pageSlug.optional(),
  language: language.optional(),
  title: shortText.optional(),
  description: description.optional(),
  body: bodySchema.optional(),
  seo: seoSchema.optional(),
  translations: z.partialRecord(language, translationChange.nullable()).optional(),
  template: z.enum(PAGE_TEMPLATES).optional(),
  placement: z.enum(PLACEMENTS).optional(),
  position: position.optional(),
  status: z.enum(PAGE_STATUSES).optional(),
});

export type NewPage = z.output<typeof newPage>;
export type PageChanges = z.output<typeof pageChanges>;
export type TranslationChange = z.output<typeof translationChange>;
