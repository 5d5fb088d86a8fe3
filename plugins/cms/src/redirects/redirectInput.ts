import { slugFault, z } from '@wizamart/core';
import { isSafeHref } from '../blocks/href.js';
import { REDIRECT_STATUSES } from './RedirectRow.js';

/** A trailing slash says nothing, and `/home` is `/`. */
const plain = (path: string): string => {
  const bare = path === '/' ? path : path.replace(/\/+$/, '');
  return bare === '/home' || bare === '' ? '/' : bare;
};

const source = z
  .string('This is needed.')
  .trim()
  .transform((path) => plain(path.startsWith('/') ? path : `/${path}`))
  .refine(
    (path) => /^\/[A-Za-z0-9._~-]{1,100}$/.test(path),
    'Use one part of letters, digits and . _ ~ -, for example /old-page.',
  )
  .refine(
    // Words of the system and languages never get as far as a redirect.
    (path) => !/^\/[a-z0-9-]+$/.test(path) || slugFault(path.slice(1)) === undefined,
    'This address is used by the system.',
  );

const target = z
  .string('This is needed.')
  .trim()
  .max(2_000, 'Shorten this to 2,000 characters.')
  .refine(
    (value) => /^\/[A-Za-z0-9._~/-]*$/.test(value) || /^https:\/\//i.test(value),
    'Use a path of the site, for example /new-page, or an address that starts with https://.',
  )
  .refine(isSafeHref, 'This address cannot be used in a link.')
  .transform((value) => (value.startsWith('/') ? plain(value) : new URL(value).href));

/** `status`: 301 and 308 for good, 302 for the time being. */
export const newRedirect = z.object({
  source,
  target,
  status: z.coerce
    .number()
    .refine((value): value is 301 | 302 | 308 => (REDIRECT_STATUSES as readonly number[]).includes(value), {
      message: 'Choose 301, 302 or 308.',
    })
    .default(301),
});
export type NewRedirect = z.output<typeof newRedirect>;

export const redirectListInput = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(20),
  q: z.string().trim().max(200).default(''),
});
export type RedirectListInput = z.output<typeof redirectListInput>;
