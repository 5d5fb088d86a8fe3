import { defineEvent, z } from '@wizamart/core';

const page = z.object({
  pageId: z.uuid(),
  kind: z.enum(['platform', 'default', 'store']),
  slug: z.string(),
});

/** A version of a page went live; `version` counts from 1 per page. */
export const PagePublished = defineEvent('cms.page.published', {
  version: 1,
  schema: page.extend({ version: z.int().positive() }),
});
/** A page is not shown any more; it still exists as a draft. */
export const PageUnpublished = defineEvent('cms.page.unpublished', { version: 1, schema: page });
/** It was set, changed or cancelled when a page goes live and when it goes; null: nothing is set. */
export const PageScheduled = defineEvent('cms.page.scheduled', {
  version: 1,
  schema: page.extend({ publishAt: z.iso.datetime().nullable(), unpublishAt: z.iso.datetime().nullable() }),
});
/** A page is gone with all its versions. */
export const PageDeleted = defineEvent('cms.page.deleted', { version: 1, schema: page });
