import { z } from 'zod';
import { NotFound } from '../../../errors/common.js';
import { checkInput } from '../../../http/readInput.js';
import type { RequestContext } from '../../../http/RequestContext.js';
import {
  defineRoute,
  raw,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { compileTheme } from '../../../tenancy/theme/compileTheme.js';
import type { CoreParts } from '../CoreParts.js';
import { previewSite } from './previewSite.js';
import { readPreviewToken } from './previewToken.js';
import { deskHref, type ThemeDesk } from './ThemeDesk.js';

/** Never kept by anybody, never found, and the link itself is told to no other site. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
} as const;
const THEME_FILE = /^\/theme\.[0-9a-f]{16}\.css$/;
const input = z.object({ token: z.string().max(60), rest: z.string().max(500).default('') });

/**
 * `…/preview/{token}/…`: the public pages of a site as its draft of a theme makes them look, for whoever has the link.
 *
 * They are served on the editor's own origin, so that a frame may show them.
 */
export const themePreviewRoutes = (parts: CoreParts, desk: ThemeDesk): RouteDefinition[] =>
  ['', '/*rest'].map((more) =>
    defineRoute({
      method: 'GET',
      path: `${desk.base}/preview/:token${more}`,
      surface: desk.surface,
      kind: 'page',
      access: 'public',
      input,
      handle: (ctx, { token, rest }) => preview(parts, desk, ctx, token, `/${rest}`),
    }),
  );

async function preview(
  parts: CoreParts,
  desk: ThemeDesk,
  ctx: RouteContext,
  token: string,
  path: string,
): Promise<View | object> {
  if (desk.surface === 'store' && !ctx.store) throw new NotFound({});
  const scheme = readPreviewToken(parts.signatures, ctx, token);
  if (scheme === undefined) throw new NotFound({ what: 'This preview' });
  const look = scheme === 'live' ? undefined : compileTheme(await parts.themes.shownInPreview(ctx), scheme);
  const root = deskHref(ctx, desk, `/preview/${token}`);
  const site = previewSite(ctx as RequestContext, { desk, root, path, look });
  if (THEME_FILE.test(path)) {
    const { css } = (site.store ?? site.platform).theme;
    return raw(css, { headers: { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-store' } });
  }
  return shown(await answerOf(site), site);
}

/** What the site's own route answers a visitor. */
async function answerOf(site: RequestContext): Promise<unknown> {
  const { path } = site.resolution;
  const found = site.snapshot.find(
    site.surface as ThemeDesk['site'],
    'page',
    'platform',
    'GET',
    path.length > 1 ? path.replace(/\/$/, '') : path,
  );
  if (!found || 'allowed' in found || found.mounted.route.access !== 'public') throw new NotFound({});
  const { route } = found.mounted;
  return route.handle(site, checkInput(route, found.params, {}) as never);
}

const isView = (answer: unknown): answer is View =>
  typeof answer === 'object' && answer !== null && (answer as { type?: unknown }).type === 'view';

const shown = (answer: unknown, site: RequestContext): object =>
  isView(answer)
    ? { ...answer, as: site, expiresAt: undefined, headers: { ...answer.headers, ...HEADERS } }
    : (answer as object);
