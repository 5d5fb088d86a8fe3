import { z } from '@wizamart/core';
import { isSafeHref } from './href.js';

/** Control characters and broken surrogates: neither has a meaning in a text, and PostgreSQL refuses both in jsonb. */
const UNREADABLE = /[^\P{Cc}\t\n\r]|\p{Surrogate}/u;

/** Plain text of 1 to `max` characters; markup in it is shown as it was typed. */
export const text = (max: number) =>
  z
    .string('This is needed.')
    .trim()
    .min(1, 'This is needed.')
    .max(max, `Shorten this to ${max} characters.`)
    .refine((value) => !UNREADABLE.test(value), 'This contains characters that cannot be shown.');

export const shortText = text(200);
export const longText = text(2_000);

/** Rich text; reduced to the allowed elements before it is stored. */
export const html = text(50_000);

export const href = text(2_000).refine(
  isSafeHref,
  'Use an address that starts with https://, http://, mailto:, tel:, / or #.',
);

export const icon = z
  .string()
  .regex(/^[a-z0-9-]{1,60}$/, 'Use the name of an icon, for example shopping-cart.');

export const action = z.strictObject({ label: text(80), href });
export const styledAction = z.strictObject({
  label: text(80),
  href,
  style: z.enum(['primary', 'secondary']),
});
