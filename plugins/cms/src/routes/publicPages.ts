import {
  defineRoute,
  type Redirect,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
  view,
  z,
} from '@wizamart/core';
import { PageNotFound } from '../errors.js';
import type { PublicPage } from '../types.js';
import type { RedirectLookup } from '../redirects/RedirectLookup.js';
import type { NextChange } from '../schedule/NextChange.js';
import type { PublicPages } from '../services/PublicPages.js';
import type { Pictures } from '../media/Pictures.js';
import { pageHead } from '../seo/pageHead.js';
import { sharedPicture } from '../seo/sharedPicture.js';
import { publicPageView } from '../views/publicPage.js';

/** `/` and `/{slug}` of platforms and stores. */
export function publicPageRoutes(
  pages: PublicPages,
  pictures: Pictures,
  redirects: RedirectLookup,
  next: NextChange,
): RouteDefinition[] {
  const page = { method: 'GET', kind: 'page', access: 'public', cache: 'tenant' } as const;
  const draw = async (ctx: RouteContext, found: PublicPage): Promise<View> => {
    const head = pageHead(ctx, found, await sharedPicture(ctx, pictures, found));
    const blocks = await pictures.show(ctx, found.body, found.language);
    const expiresAt = await next.of(ctx);
    return view(`cms/${found.template}`, publicPageView(found, head, blocks), { expiresAt });
  };
  const show = async (ctx: RouteContext, slug: string): Promise<View | Redirect> => {
    const found = await pages.find(ctx, slug);
    if (found) return draw(ctx, found);
    const instead = await redirects.find(ctx, `/${slug}`);
    if (!instead) throw new PageNotFound({ page: slug });
    const { target, status } = instead;
    return redirect(
      target.startsWith('/') ? ctx.links.to(ctx.store ? 'storefront' : 'platform', target) : target,
      status,
    );
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
        return home ? draw(ctx, home) : redirect(ctx.links.to('storefront', '/storefront/'), 302);
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
