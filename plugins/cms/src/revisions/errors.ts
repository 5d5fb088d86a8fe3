import { defineError } from '@wizamart/core';

export const RevisionNotFound = defineError<{ version: number }>({
  code: 'CMS_REVISION_NOT_FOUND',
  status: 404,
  message: (d) => `The page has no version ${d.version}.`,
});

export const NoNewerDefault = defineError<{ slug: string }>({
  code: 'CMS_NO_NEWER_DEFAULT',
  status: 409,
  message: (d) => `The default of '${d.slug}' has not changed since this page was written.`,
});
