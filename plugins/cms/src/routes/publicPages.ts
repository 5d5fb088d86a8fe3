import {
  defineRoute,
  type Redirect,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
  z,
} from '@wizamart/core';
import { PageNotFound } from '../errors.js';
import type { PublicPage } from '../types.js';
import type { RedirectLookup } from '../redirects/RedirectLookup.js';
import type { PublicPages } from '../services/PublicPages.js';
import { type DrawingParts, drawPage } from '../views/drawPage.js';

/** Which form of the page has just been sent. */
const sentInput = z.object({ sent: z.string().max(20).optional().catch(undefined) });

/** `/` and `/{slug}` of platforms and stores. */
export function publicPageRoutes(
  pages: PublicPages,
  drawing: DrawingParts,
  redirects: RedirectLookup,
): RouteDefinition[] {
  const page = { method: 'GET', kind: 'page', access: 'public', cache: 'tenant' } as const;
  const draw = (ctx: RouteContext, found: PublicPage, sent: string | undefined): Promise<View> =>
    drawPage(
      drawing,
      ctx,
      found,
      sent === undefined ? undefined : { key: sent, isDone: true, values: {}, errors: [], problem: null },
    );
  const show = async (
    ctx: RouteContext,
    slug: string,
    sent: string | undefined,
  ): Promise<View | Redirect> => {
    const found = await pages.find(ctx, slug);
    if (found) return draw(ctx, found, sent);
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
      input: sentInput,
      handle: (ctx, { sent }) => show(ctx, 'home', sent),
    }),
    defineRoute({
      ...page,
      path: '/',
      surface: 'storefront',
      summary: 'Home page of a store, or its shop where there is none',
      input: sentInput,
      handle: async (ctx, { sent }) => {
        const home = await pages.find(ctx, 'home');
        return home ? draw(ctx, home, sent) : redirect(ctx.links.to('storefront', '/storefront/'), 302);
      },
    }),
    // Buttons of marketing pages lead here; where nobody can sign up by themselves, they write.
    defineRoute({
      method: 'GET',
      path: '/signup',
      surface: 'platform',
      kind: 'page',
      access: 'public',
      fallback: true,
      summary: 'Where one signs up, or writes where no module lets people sign up',
      handle: (ctx) => redirect(ctx.links.to('platform', '/contact'), 302),
    }),
    ...(['platform', 'storefront'] as const).map((surface) =>
      defineRoute({
        ...page,
        path: '/:slug',
        surface,
        summary: 'A published page',
        input: sentInput.extend({ slug: z.string().max(100) }),
        handle: (ctx, { slug, sent }) =>
          slug === 'home' ? redirect(ctx.links.to(surface, '/'), 308) : show(ctx, slug, sent),
      }),
    ),
  ];
}
