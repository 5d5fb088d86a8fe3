import { defineError } from '@wizamart/core';

export const RedirectNotFound = defineError<{ redirect: string }>({
  code: 'CMS_REDIRECT_NOT_FOUND',
  status: 404,
  message: (d) => `There is no redirect '${d.redirect}'.`,
});

export const RedirectTaken = defineError<{ source: string; target: string }>({
  code: 'CMS_REDIRECT_TAKEN',
  status: 409,
  message: (d) => `'${d.source}' leads to '${d.target}' already: delete that redirect first.`,
  errors: (d) => [{ path: 'source', message: `'${d.source}' leads to '${d.target}' already.` }],
});

/** A page is always shown before a redirect, which would therefore do nothing. */
export const RedirectHidden = defineError<{ source: string }>({
  code: 'CMS_REDIRECT_HIDDEN_BY_PAGE',
  status: 409,
  message: (d) => `'${d.source}' is the address of a published page: a redirect would never be followed.`,
  errors: () => [{ path: 'source', message: 'A published page has this address.' }],
});

export const RedirectLoop = defineError<{ source: string; target: string }>({
  code: 'CMS_REDIRECT_LOOP',
  status: 409,
  message: (d) => `'${d.target}' leads back to '${d.source}': visitors would go in a circle.`,
  errors: () => [{ path: 'target', message: 'This leads back to where it starts.' }],
});
