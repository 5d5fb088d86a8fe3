import { defineError } from '@wizamart/core';

export const MediumNotFound = defineError<{ medium: string }>({
  code: 'CMS_MEDIUM_NOT_FOUND',
  status: 404,
  message: (d) => `There is no picture or file '${d.medium}'.`,
});

export const MediaFileRefused = defineError<{ reason: string }>({
  code: 'CMS_MEDIA_FILE_REFUSED',
  status: 422,
  message: (d) => d.reason,
  errors: (d) => [{ path: 'file', message: d.reason }],
});

export const MediaLimitReached = defineError<{ limit: number; current: number; upgradeTo: string | null }>({
  code: 'CMS_MEDIA_LIMIT_REACHED',
  status: 402,
  message: (d) =>
    `The media library of the plan is full. ${d.upgradeTo ? `The plan '${d.upgradeTo}' has room for more.` : 'Delete what is not needed any more.'}`,
});

export const MediumInUse = defineError<{
  pages: readonly { slug: string; language: string }[];
  stores: number;
  theme: boolean;
}>({
  code: 'CMS_MEDIUM_IN_USE',
  status: 409,
  message: (d) =>
    `It is shown by ${[
      ...new Set(d.pages.map(({ slug }) => `/${slug}`)),
      ...(d.stores > 0 ? [`pages of ${d.stores} stores`] : []),
      ...(d.theme ? ['the theme'] : []),
    ].join(', ')}. Confirm to delete it nevertheless.`,
});

export const NothingToRetry = defineError({
  code: 'CMS_MEDIA_NOTHING_TO_RETRY',
  status: 409,
  message: 'Its sizes have not failed: there is nothing to try again.',
});
