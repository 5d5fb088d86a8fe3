import { LANGUAGES, z } from '@wizamart/core';
import { bodySchema } from '../blocks/schemas.js';
import { seoSchema } from '../seo/seoSchema.js';
import { REVISION_ORIGINS } from './RevisionRow.js';
import { REVISION_STATUSES } from './types.js';

const instant = z.iso.datetime();
const language = z.enum(LANGUAGES);
const kind = z.enum(['same', 'added', 'removed', 'changed']);

const revision = z.object({
  version: z.int(),
  status: z.enum(REVISION_STATUSES),
  origin: z.enum(REVISION_ORIGINS),
  originVersion: z.int().nullable(),
  createdBy: z.string().nullable(),
  createdAt: instant,
  updatedBy: z.string().nullable(),
  updatedAt: instant,
  publishedAt: instant.nullable(),
});

/** A version in a list, with what differs from the one before. */
export const revisionSummary = revision.extend({
  changes: z.array(
    z.object({
      language,
      change: z.enum(['added', 'removed', 'changed']),
      fields: z.array(z.enum(['title', 'description', 'body', 'seo'])),
    }),
  ),
});

export const revisionDetail = revision.extend({
  translations: z.partialRecord(
    language,
    z.object({ title: z.string(), description: z.string(), body: bodySchema, seo: seoSchema }),
  ),
});

const field = z.object({
  path: z.string(),
  parts: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
});

/** What became of the texts of a page, by language, block and word. */
const languageDiffs = z.array(
  z.object({
    language,
    change: kind,
    fields: z.array(field),
    blocks: z.array(
      z.object({
        change: kind,
        type: z.string(),
        before: z.int().nullable(),
        after: z.int().nullable(),
        fields: z.array(field),
      }),
    ),
  }),
);

export const comparison = z.object({ from: z.int(), to: z.int(), languages: languageDiffs });

export const defaultChange = z.object({
  slug: z.string(),
  since: z.int(),
  newest: z.int(),
  theirs: languageDiffs,
  own: languageDiffs,
});

export const versionNumber = z.coerce.number().int().min(1).max(1_000_000);
export const revisionListInput = z.object({
  id: z.uuid(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(50).default(20),
});
