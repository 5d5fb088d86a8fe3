import { LANGUAGES, z } from '@wizamart/core';
import { href, text } from '../blocks/fields.js';
import { MENU_PLACES } from './types.js';

const labels = z.partialRecord(z.enum(LANGUAGES), text(80));
const neededLabels = labels.refine(
  (value) => Object.keys(value).length > 0,
  'Say what it is called, in one language at least.',
);
const visible = z.boolean().default(true);

const pageItem = z.strictObject({
  kind: z.literal('page'),
  page: z.uuid('Choose a page.'),
  labels: labels.default({}),
  visible,
});
const addressItem = z.strictObject({ kind: z.literal('address'), href, labels: neededLabels, visible });
const menuLink = z.discriminatedUnion('kind', [pageItem, addressItem]);
const headingItem = z.strictObject({
  kind: z.literal('heading'),
  labels: neededLabels,
  visible,
  children: z.array(menuLink).min(1, 'Add an entry below the heading, or remove it.').max(20),
});

export const menuItems = z
  .array(z.discriminatedUnion('kind', [pageItem, addressItem, headingItem]))
  .max(30, 'A menu has at most 30 entries.');
export const menuPlace = z.enum(MENU_PLACES);
/** A menu as it is to be from now on. */
export const menuContent = z.object({ items: menuItems });
