import {
  defineRoute,
  LANGUAGES,
  type RouteContext,
  type RouteDefinition,
  type SitePreviews,
  type View,
  view,
  z,
} from '@wizamart/core';
import { CMS } from '../../permissions.js';
import type { PageMenu } from '../../services/PageMenu.js';
import type { PublicPages } from '../../services/PublicPages.js';
import type { PublicPage } from '../../types.js';
import { drawnBlocks, type DrawingParts } from '../../views/drawPage.js';
import { publicPageView } from '../../views/publicPage.js';
import { changeItems, decodeItems, itemsOf, type LooseItem, looseItems, menuFormInput } from '../menuForm.js';
import { menuContent, menuPlace } from '../menuInput.js';
import { menusPath } from '../menuView.js';
import type { SiteMenus } from '../SiteMenus.js';
import type { MenuItem, MenuPlace } from '../types.js';

export interface MenuPreviewParts extends Omit<DrawingParts, 'nextChange'> {
  readonly siteMenus: SiteMenus;
  readonly pageMenu: PageMenu;
  readonly publicPages: PublicPages;
  readonly sitePreviews: SitePreviews;
}

/** Never kept by anybody, never found. */
const HEADERS = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' } as const;
const place = z.object({ place: menuPlace });

/** The start page of the site with a menu as it is kept (GET), or as it has been typed (POST). Nothing is saved. */
export function menuPreviewRoutes(parts: MenuPreviewParts, surface: 'admin' | 'store'): RouteDefinition[] {
  const access = (surface === 'store' ? CMS.storeMenus : CMS.menus).edit;
  const page = {
    surface,
    kind: 'page',
    menu: 'site-menus',
    access,
    path: `${menusPath}/:place/live`,
  } as const;
  return [
    defineRoute({
      ...page,
      method: 'GET',
      summary: 'The site with a menu as it is',
      input: place,
      handle: async (ctx, { place }) => {
        const menu = (await parts.siteMenus.all(ctx)).find((one) => one.place === place);
        return shown(parts, ctx, place, looseItems(menu?.items ?? []));
      },
    }),
    defineRoute({
      ...page,
      method: 'POST',
      summary: 'The site with a menu as it has been typed',
      input: menuFormInput.extend(place.shape),
      handle: (ctx, { place, items, do: button }) =>
        shown(parts, ctx, place, changeItems(decodeItems(items), button)),
    }),
  ];
}

async function shown(
  parts: MenuPreviewParts,
  ctx: RouteContext,
  place: MenuPlace,
  typed: readonly LooseItem[],
): Promise<View> {
  const site = parts.sitePreviews.visitor(ctx, '/');
  parts.pageMenu.preview(site, { place, items: wholeItems(typed) });
  const page = (await parts.publicPages.find(site, 'home')) ?? blank(ctx);
  const head = {
    documentTitle: page.title,
    description: null,
    robots: 'noindex, nofollow',
    canonical: site.links.canonical('/'),
    alternates: [],
    social: { title: null, description: null, image: null },
    structuredData: [],
  };
  const blocks = await drawnBlocks(parts, site, page);
  return view(`cms/${page.template}`, publicPageView(page, head, blocks), { headers: HEADERS, as: site });
}

/** Entries that lack nothing; a heading with those below it that do not. */
function wholeItems(items: readonly LooseItem[]): MenuItem[] {
  return itemsOf(items).flatMap((item): readonly MenuItem[] => {
    const children = (item as { readonly children?: readonly unknown[] }).children;
    const whole = children
      ? { ...(item as object), children: children.filter((child) => isWhole(child)) }
      : item;
    const { data } = menuContent.safeParse({ items: [whole] });
    return data?.items ?? [];
  });
}

const isWhole = (item: unknown): boolean => menuContent.safeParse({ items: [item] }).success;

/** A site without a start page is shown by its menus alone. */
function blank(ctx: RouteContext): PublicPage {
  const { name, defaultLanguage } = ctx.store ?? ctx.platform;
  return {
    slug: 'home',
    source: ctx.store ? 'store' : 'platform',
    template: 'article',
    language: LANGUAGES.find((language) => language === defaultLanguage) ?? LANGUAGES[0],
    languages: [defaultLanguage],
    title: name,
    description: '',
    body: [],
    seo: {},
    publishedAt: ctx.now,
  };
}
