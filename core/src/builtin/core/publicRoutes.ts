import { z } from 'zod';
import { NotFound } from '../../errors/common.js';
import type { RequestContext } from '../../http/RequestContext.js';
import { siteNavigation } from '../../kernel/navigation.js';
import {
  defineRoute,
  raw,
  view,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { apiDocsRoutes } from './apiDocs.js';
import type { CoreParts } from './CoreParts.js';
import { sitemapDocument } from './sitemapDocument.js';

const sitemapInput = z.object({ part: z.coerce.number().int().min(1).max(10_000).optional() });

/** What every site answers, whatever modules are on. */
export const publicRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/',
    surface: 'platform',
    kind: 'page',
    access: 'public',
    cache: 'tenant',
    fallback: true,
    handle: (ctx) => {
      const t = (key: string): string => parts.translator.t(ctx.language, key);
      return view('core/platform-home', {
        name: ctx.platform.name,
        links: [
          { label: t('core.login.store'), href: ctx.links.to('store', '/') },
          { label: t('core.login.admin'), href: ctx.links.to('admin', '/') },
        ],
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/',
    surface: 'storefront',
    kind: 'page',
    access: 'public',
    cache: 'tenant',
    fallback: true,
    handle: (ctx) => storefrontHome(parts, ctx),
  }),
  defineRoute({
    method: 'GET',
    path: '/storefront',
    surface: 'storefront',
    kind: 'page',
    access: 'public',
    cache: 'tenant',
    handle: (ctx) => storefrontHome(parts, ctx),
  }),
  ...(['platform', 'storefront'] as const).flatMap((surface) => [
    defineRoute({
      method: 'GET',
      path: '/sitemap.xml',
      surface,
      kind: 'page',
      access: 'public',
      input: sitemapInput,
      handle: (ctx, { part }) => sitemap(ctx, part),
    }),
    defineRoute({
      method: 'GET',
      path: '/robots.txt',
      surface,
      kind: 'page',
      access: 'public',
      handle: (ctx) => robots(ctx),
    }),
  ]),
  ...apiDocsRoutes(),
];

/** A store's shop window: what its menu leads to, until modules bring more. */
async function storefrontHome({ hooks }: CoreParts, ctx: RouteContext): Promise<View> {
  const { header } = await hooks.run(ctx, siteNavigation, { header: [], footer: [] });
  const links = header
    .flatMap(({ label, path, children }) => [{ label, path }, ...(children ?? [])])
    .flatMap(({ label, path }) =>
      path === null || path === '/'
        ? []
        : [
            {
              label,
              text: null,
              href: path.startsWith('/') ? ctx.links.to('storefront', path) : path,
              icon: 'arrow-right',
            },
          ],
    );
  return view('core/storefront-home', { intro: null, links, widgets: [] });
}

/** Exactly what the modules that are on say may be found, in every language it exists in; an index where it is too much for one file. */
async function sitemap(ctx: RouteContext, part: number | undefined): Promise<ReturnType<typeof raw>> {
  const entries = (await Promise.all((ctx.snapshot as Snapshot).sitemaps.map((list) => list(ctx)))).flat();
  const document = sitemapDocument(ctx.links, entries, part);
  if (document === undefined) throw new NotFound({});
  return raw(document, {
    headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=300' },
  });
}

/** Addresses of this machine (`localhost/stores/acme/…`) are nobody's home: crawlers are sent away altogether. */
function robots(ctx: RouteContext): ReturnType<typeof raw> {
  const closed =
    ctx.surface === 'storefront'
      ? ['/storefront/account/', '/storefront/cart', '/storefront/checkout']
      : ['/admin/', '/store/', '/api/'];
  const surface = ctx.surface as 'platform' | 'storefront';
  const rules =
    (ctx as RequestContext).resolution.base.site === 'local'
      ? ['Disallow: /']
      : [
          ...closed.map((path) => `Disallow: ${ctx.links.to(surface, path)}`),
          '',
          `Sitemap: ${ctx.links.canonical('/sitemap.xml')}`,
        ];
  return raw(['User-agent: *', ...rules, ''].join('\n'), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  });
}
