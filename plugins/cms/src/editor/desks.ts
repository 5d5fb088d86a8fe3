import { pageListInput } from '../input/listInput.js';
import { CMS } from '../permissions.js';
import type { PlatformPages } from '../services/PlatformPages.js';
import type { StorePages } from '../services/StorePages.js';
import type { PlatformPageKind } from '../types.js';
import type { PageDesk } from './PageDesk.js';

/** As many as a list to choose from can hold. */
const PUBLISHED = pageListInput.parse({ status: 'published', sort: 'title', perPage: 100 });

/** Where admins edit marketing pages (`platform`) or store defaults (`default`). */
export function platformDesk(pages: PlatformPages, kind: PlatformPageKind): PageDesk {
  const place =
    kind === 'platform'
      ? ({ base: '/pages', menu: 'pages', permissions: CMS.marketing, words: 'marketing' } as const)
      : ({ base: '/defaults', menu: 'defaults', permissions: CMS.defaults, words: 'defaults' } as const);
  return {
    surface: 'admin',
    ...place,
    links: async (ctx) => (await pages.list(ctx, kind, PUBLISHED)).items,
    get: (ctx, id) => pages.get(ctx, kind, id),
    create: (ctx, input) => pages.create(ctx, kind, input),
    patch: (ctx, id, changes) => pages.patch(ctx, kind, id, changes),
    publish: (ctx, id) => pages.publish(ctx, kind, id),
    remove: (ctx, id) => pages.remove(ctx, kind, id),
    bringBack: (ctx, id) => pages.bringBack(ctx, kind, id),
  };
}

/** Where a store's staff edits the store's pages. */
export function storeDesk(pages: StorePages): PageDesk {
  return {
    surface: 'store',
    base: '/content-pages',
    menu: 'content-pages',
    permissions: CMS.pages,
    words: 'pages',
    links: async (ctx) => (await pages.list(ctx, PUBLISHED)).items,
    get: (ctx, id) => pages.get(ctx, id),
    create: (ctx, input) => pages.create(ctx, input),
    patch: (ctx, id, changes) => pages.patch(ctx, id, changes),
    publish: (ctx, id) => pages.publish(ctx, id),
    remove: (ctx, id) => pages.remove(ctx, id),
    bringBack: (ctx, id) => pages.bringBack(ctx, id),
  };
}
