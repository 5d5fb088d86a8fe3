import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
  view,
  z,
} from '@wizamart/core';
import { PageNotFound } from '../errors.js';
import type { PublicPage } from '../types.js';
import type { PublicPages } from '../services/PublicPages.js';
import type { Pictures } from '../media/Pictures.js';
import { pageHead } from '../seo/pageHead.js';
import { sharedPicture } from '../seo/sharedPicture.js';
import { publicPageView } from '../views/publicPage.js';

/** `/` and `/{slug}` of platforms and stores. */
export function publicPageRoutes(pages: PublicPages, pictures: Pictures): RouteDefinition[] {
  const page = { method: 'GET', kind: 'page', access: 'public', cache: 'tenant' } as const;
  const draw = async (ctx: RouteContext, found: PublicPage): Promise<View> => {
    const head = pageHead(ctx, found, await sharedPicture(ctx, pictures, found));
    const blocks = await pictures.show(ctx, found.body, found.language);
    return view(`cms/${found.template}`, publicPageView(found, head, blocks));
  };
  const show = async (ctx: RouteContext, slug: string): Promise<View> => {
    const found = await pages.find(ctx, slug);
    if (!found) throw new PageNotFound({ page: slug });
    return draw(ctx, found);
  };
  return [
    defineRoute({
      ...page,
      path: '/',
      surface: 'platform',
      summary: 'Home page of a platform',
      handle: (ctx) => show(ctx, 'home'),
    }),
    defineRoute({
      ...page,
      path: '/',
      surface: 'storefront',
      summary: 'Home page of a store, or its shop where there is none',
      handle: async (ctx) => {
        const home = await pages.find(ctx, 'home');
        return home
          ? draw(ctx, home)
          : redirect(ctx.links.to('storefront', '/storefront/'), 302);
      },
    }),
    ...(['platform', 'storefront'] as const).map((surface) =>
      defineRoute({
        ...page,
        path: '/:slug',
        surface,
        summary: 'A published page',
        input: z.object({ slug: z.string().max(100) }),
        handle: (ctx, { slug }) =>
          slug === 'home' ? redirect(ctx.links.to(surface, '/'), 308) : show(ctx, slug),
      }),
    ),
  ];
}
