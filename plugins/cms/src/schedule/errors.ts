import { defineError } from '@wizamart/core';

export const NothingToPublish = defineError<{ slug: string }>({
  code: 'CMS_NOTHING_TO_PUBLISH',
  status: 409,
  message: (d) => `'${d.slug}' has no draft that could be published: change the page first.`,
  errors: () => [{ path: 'publishAt', message: 'There is no draft that could be published.' }],
});

export const NothingToUnpublish = defineError<{ slug: string }>({
  code: 'CMS_NOTHING_TO_UNPUBLISH',
  status: 409,
  message: (d) => `'${d.slug}' is not published, and nothing says when it will be.`,
  errors: () => [
    { path: 'unpublishAt', message: 'The page is not published, and nothing says when it will be.' },
  ],
});
