import { defineError } from '@wizamart/core';

export const PageNotFound = defineError<{ page: string }>({
  code: 'CMS_PAGE_NOT_FOUND',
  status: 404,
  message: (d) => `There is no page '${d.page}'.`,
});

export const SlugTaken = defineError<{ slug: string }>({
  code: 'CMS_SLUG_TAKEN',
  status: 409,
  message: (d) =>
    `There is a page with the address '${d.slug}' already: choose another address, or edit that page.`,
  errors: (d) => [{ path: 'slug', message: `'${d.slug}' is taken.` }],
});

export const PageLimitReached = defineError<{ limit: number; current: number; upgradeTo: string | null }>({
  code: 'CMS_PAGE_LIMIT_REACHED',
  status: 402,
  message: (d) =>
    `All ${d.limit} pages of the plan are in use. ${d.upgradeTo ? `The plan '${d.upgradeTo}' has room for more` : 'Delete a page'} to create another.`,
});

/** A default is the platform's: a store gets its own copy first. */
export const PageIsDefault = defineError<{ slug: string }>({
  code: 'CMS_PAGE_IS_DEFAULT',
  status: 409,
  message: (d) => `'${d.slug}' is the platform’s default: override it to change it for this store.`,
});

export const AlreadyOverridden = defineError<{ slug: string; pageId: string }>({
  code: 'CMS_ALREADY_OVERRIDDEN',
  status: 409,
  message: (d) => `This store has its own page '${d.slug}' already.`,
});

export const NothingToRevertTo = defineError<{ slug: string }>({
  code: 'CMS_NOTHING_TO_REVERT_TO',
  status: 409,
  message: (d) => `'${d.slug}' has no default to revert to: delete it if it is not needed any more.`,
});

/** The last language of a page cannot be removed: a page without words is no page. */
export const LastTranslation = defineError<{ slug: string }>({
  code: 'CMS_LAST_TRANSLATION',
  status: 409,
  message: (d) => `'${d.slug}' needs at least one language.`,
});
