import { defineRoute, type RouteContext, type RouteDefinition, type View, view, z } from '@wizamart/core';
import type { PageDesk } from '../editor/PageDesk.js';
import type { JournalKind } from '../services/PageJournal.js';
import { deskPage } from '../views/deskPage.js';
import type { PreviewLink, PreviewLinks } from './PreviewLinks.js';
import { told } from '../views/told.js';

/** Where an editor makes a link to a draft, and revokes all of them. */
export function previewPages(desk: PageDesk, kind: JournalKind, previews: PreviewLinks): RouteDefinition[] {
  const common = { surface: desk.surface, kind: 'page', menu: desk.menu } as const;
  const path = `${desk.base}/:id/preview`;
  const to = (ctx: RouteContext, id: string, more = ''): string =>
    ctx.links.to(desk.surface, `${desk.base}/${id}${more}`);
  const input = z.object({ id: z.uuid() });
  const show = async (ctx: RouteContext, id: string, link: PreviewLink | null): Promise<View> => {
    const page = await desk.get(ctx, id);
    return view(
      'cms/preview-link',
      {
        ...deskPage(ctx, desk, page),
        url: link?.url ?? null,
        expiresAt: link?.expiresAt ?? null,
        action: to(ctx, id, '/preview'),
        revokeAction: to(ctx, id, '/preview/revoke'),
      },
      { headers: { 'Cache-Control': 'no-store' } },
    );
  };
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      access: desk.permissions.edit,
      summary: 'Preview links of a page',
      input,
      handle: (ctx, { id }) => show(ctx, id, null),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path,
      access: desk.permissions.edit,
      summary: 'Make a preview link',
      input,
      // Shown at once and nowhere else: an address in a redirect would stay in logs.
      handle: async (ctx, { id }) => show(ctx, id, await previews.create(ctx, kind, id)),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/revoke`,
      access: desk.permissions.edit,
      summary: 'Revoke all preview links of a page',
      input,
      handle: async (ctx, { id }) => {
        await previews.revoke(ctx, kind, id);
        return told(ctx, to(ctx, id), 'cms.done.revoked');
      },
    }),
  ];
}
