import { LANGUAGES, z } from '@wizamart/core';
import { text } from '../blocks/fields.js';
import { isSafeHref } from '../blocks/href.js';

const isOwnPath = (value: string): boolean =>
  value.startsWith('/') && isSafeHref(value) && !value.includes('#');
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the picture of a shared link is one of the media library. */
export const isMediaId = (image: string): boolean => UUID.test(image);

/** A page of the same site: other hosts cannot be named, and the language is that of the page. */
const canonical = text(500)
  .refine(isOwnPath, 'Enter the path of a page of this site, for example /about.')
  .refine(
    (value) => !(LANGUAGES as readonly string[]).includes(value.split(/[/?]/)[1] ?? ''),
    'Leave the language out of the path: the one of the page is taken.',
  );

const image = text(500).refine(
  (value) => isMediaId(value) || isOwnPath(value),
  'Choose a picture of the media library, or enter a path of this site that starts with /.',
);

/** What a page says to search engines and to whoever shares its address, in one language. */
export const seoSchema = z.strictObject({
  title: text(120).optional(),
  description: text(320).optional(),
  robots: z.enum(['index', 'noindex']).optional(),
  follow: z.enum(['follow', 'nofollow']).optional(),
  canonical: canonical.optional(),
  ogTitle: text(120).optional(),
  ogDescription: text(320).optional(),
  ogImage: image.optional(),
});
