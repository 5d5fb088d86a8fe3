import { defineRoute, raw, view, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import type { SitemapEntry } from '../../kernel/plugin.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { apiDocsRoutes } from './apiDocs.js';
import type { CoreParts } from './CoreParts.js';

/** What every site answers, whatever modules are on. */
export const publicRoutes = ({ translator }: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET', path: '/', surface: 'platform', kind: 'page', access: 'public', cache: 'tenant', fallback: true,
    handle: (ctx) => {
      const t = (key: string): string => translator.t(ctx.language, key);
      return view('core/platform-home', {
        name: ctx.platform.name,
        links: [{ label: t('core.login.store'), href: ctx.links.to('store', '/') }, { label: t('core.login.admin'), href: ctx.links.to('admin', '/') }],
      });
    },
  }),
  defineRoute({
    method: 'GET', path: '/', surface: 'storefront', kind: 'page', access: 'public', cache: 'tenant', fallback: true,
    handle: () => view('core/storefront-home', { intro: null, links: [], widgets: [] }),
  }),
  defineRoute({
    method: 'GET', path: '/storefront', surface: 'storefront', kind: 'page', access: 'public', cache: 'tenant',
    handle: () => view('core/storefront-home', { intro: null, links: [], widgets: [] }),
  }),
  ...(['platform', 'storefront'] as const).flatMap((surface) => [
    defineRoute({ method: 'GET', path: '/sitemap.xml', surface, kind: 'page', access: 'public', handle: (ctx) => sitemap(ctx) }),
    defineRoute({ method: 'GET', path: '/robots.txt', surface, kind: 'page', access: 'public', handle: (ctx) => robots(ctx) }),
  ]),
  ...apiDocsRoutes(),
];

const escapeXml = (text: string): string => text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Exactly what the modules that are on say may be found, in every language it exists in. */
async function sitemap(ctx: RouteContext): Promise<ReturnType<typeof raw>> {
  const entries = (await Promise.all((ctx.snapshot as Snapshot).sitemaps.map((list) => list(ctx)))).flat();
  const urls = entries.flatMap((entry) => entry.languages.map((language) => urlElement(ctx, entry, language)));
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`;
  return raw(body, { headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=300' } });
}

function urlElement(ctx: RouteContext, { path, updatedAt, languages }: SitemapEntry, language: SitemapEntry['languages'][number]): string {
  const alternates = languages.length < 2 ? '' : languages
    .map((other) => `<xhtml:link rel="alternate" hreflang="${other}" href="${escapeXml(ctx.links.canonical(path, other))}"/>`).join('');
  return `<url><loc>${escapeXml(ctx.links.canonical(path, language))}</loc>${updatedAt ? `<lastmod>${updatedAt.toISOString()}</lastmod>` : ''}${alternates}</url>`;
}

function robots(ctx: RouteContext): ReturnType<typeof raw> {
  const closed = ctx.surface === 'storefront' ? ['/storefront/account/', '/storefront/cart', '/storefront/checkout'] : ['/admin/', '/store/', '/api/'];
  const surface = ctx.surface as 'platform' | 'storefront';
  const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${ctx.links.to(surface, path)}`), '', `Sitemap: ${ctx.links.canonical('/sitemap.xml')}`, ''];
  return raw(lines.join('\n'), { headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600' } });
}
