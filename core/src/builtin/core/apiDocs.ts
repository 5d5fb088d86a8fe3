import { z } from 'zod';
import { openApiDocument, type OpenApiDocument } from '../../http/openapi/openApiDocument.js';
import { defineRoute, raw, view, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { apiDocsView, matching, type ApiDocsView } from './apiDocsView.js';

interface Described {
  readonly document: OpenApiDocument;
  readonly page: ApiDocsView;
}

/** Addresses that one set of modules is described for; a handful, but what a request says must not fill the memory. */
const keptPerSnapshot = 16;

/** The platform's API for programmes (`/api/v1/openapi.json`) and for people (`/api/docs`). */
export function apiDocsRoutes(): RouteDefinition[] {
  const described = new WeakMap<Snapshot, Map<string, Described>>();
  const describe = (ctx: RouteContext): Described => {
    const snapshot = ctx.snapshot as Snapshot;
    const server = ctx.links.canonical('/', ctx.platform.defaultLanguage).replace(/\/$/, '');
    const kept = described.get(snapshot) ?? new Map<string, Described>();
    described.set(snapshot, kept);
    const key = `${ctx.platform.id} ${ctx.platform.name} ${server}`;
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= keptPerSnapshot) kept.clear();
    const document = openApiDocument(snapshot, ctx.platform, server);
    const made = { document, page: apiDocsView(document) };
    kept.set(key, made);
    return made;
  };
  return [
    defineRoute({
      method: 'GET',
      path: '/api/v1/openapi.json',
      surface: 'platform',
      kind: 'page',
      access: 'public',
      handle: (ctx) => raw(describe(ctx).document),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/docs',
      surface: 'platform',
      kind: 'page',
      access: 'public',
      input: z.object({ q: z.string().trim().max(100).catch('').default('') }),
      handle: (ctx, { q }) => {
        const { page } = describe(ctx);
        const here = ctx.links.to('platform', '/api/docs');
        const groups = matching(page.groups, q);
        return view('core/api-docs', {
          ...page,
          q,
          here,
          groups,
          documentHref: ctx.links.to('platform', '/api/v1/openapi.json'),
          found: groups.reduce((sum, { operations }) => sum + operations.length, 0),
        });
      },
    }),
  ];
}
