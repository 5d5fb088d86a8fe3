import { LANGUAGES, z } from '@wizamart/core';
import { MEDIA_KINDS, MEDIA_STATUSES } from '../types.js';

const instant = z.iso.datetime();

export const mediumSchema = z.object({
  id: z.uuid(),
  kind: z.enum(MEDIA_KINDS),
  fileName: z.string(),
  title: z.string(),
  alt: z.partialRecord(z.enum(LANGUAGES), z.string()),
  mime: z.string(),
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  focus: z.object({ x: z.number(), y: z.number() }),
  status: z.enum(MEDIA_STATUSES),
  failure: z.string().nullable(),
  variants: z.array(
    z.object({
      name: z.string(),
      extension: z.string(),
      width: z.int().nullable(),
      height: z.int().nullable(),
      bytes: z.int(),
      hash: z.string(),
      address: z.string(),
    }),
  ),
  createdAt: instant,
  updatedAt: instant,
});

const meter = z.object({ used: z.number(), limit: z.number().nullable() });
export const mediaListSchema = z.object({
  items: z.array(mediumSchema),
  total: z.int(),
  page: z.int(),
  perPage: z.int(),
  meters: z.object({ files: meter, bytes: meter }).nullable(),
});

export const mediaUsageSchema = z.object({
  pages: z.array(
    z.object({
      pageId: z.uuid(),
      kind: z.enum(['platform', 'default', 'store']),
      slug: z.string(),
      title: z.string(),
      language: z.enum(LANGUAGES),
      isLive: z.boolean(),
    }),
  ),
  stores: z.int(),
  theme: z.boolean(),
});
