import { defineRoute, LANGUAGES, type RouteDefinition, z } from '@wizamart/core';
import { CMS } from '../../permissions.js';
import { EXAMPLE_ID } from '../../routes/examples.js';
import { menuContent, menuItems, menuPlace } from '../menuInput.js';
import type { SiteMenus } from '../SiteMenus.js';

const place = z.object({ place: menuPlace });
const menu = z.object({
  place: menuPlace,
  isAutomatic: z.boolean(),
  items: menuItems,
  updatedAt: z.iso.datetime().nullable(),
});
const list = z.object({ items: z.array(menu) });
const labels = { [LANGUAGES[0]]: 'More' };
const example = {
  place: 'header',
  items: [
    { kind: 'page', page: EXAMPLE_ID, labels: {}, visible: true },
    {
      kind: 'heading',
      labels,
      visible: true,
      children: [
        { kind: 'address', href: 'https://example.org/', labels: { en: 'Elsewhere' }, visible: true },
      ],
    },
  ],
};

/** `/site-menus` of a store's API, and of an administrator's. */
export function menuApi(menus: SiteMenus, surface: 'admin' | 'store'): RouteDefinition[] {
  const { view, edit } = surface === 'store' ? CMS.storeMenus : CMS.menus;
  const api = { surface, kind: 'api', ...(surface === 'store' ? { feature: 'cms_basic' } : {}) } as const;
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path: '/site-menus',
      access: view,
      summary: 'Get the menus of the site',
      output: list,
      handle: async (ctx) => ({ items: await menus.all(ctx) }),
    }),
    defineRoute({
      ...api,
      method: 'PUT',
      path: '/site-menus/:place',
      access: edit,
      summary: 'Replace a menu; visitors see it at once',
      input: menuContent.extend(place.shape),
      output: menu,
      example,
      handle: (ctx, { place, items }) => menus.replace(ctx, place, items),
    }),
    defineRoute({
      ...api,
      method: 'DELETE',
      path: '/site-menus/:place',
      access: edit,
      summary: 'Let a menu list the pages that are placed there, again',
      input: place,
      output: menu,
      example: { place: 'header' },
      handle: (ctx, { place }) => menus.reset(ctx, place),
    }),
  ];
}
