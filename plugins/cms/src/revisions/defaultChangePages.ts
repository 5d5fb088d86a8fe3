import { defineRoute, type RouteContext, type RouteDefinition, view, z } from '@wizamart/core';
import type { PageDesk } from '../editor/PageDesk.js';
import type { Pictures } from '../media/Pictures.js';
import { deskPage } from '../views/deskPage.js';
import type { DefaultChanges } from './DefaultChanges.js';
import { DiffView } from './diffView.js';
import { NoNewerDefault } from './errors.js';
import { versionNumber } from './schemas.js';
import { told } from '../views/told.js';

/** What the platform has changed in a default since the store wrote its own page instead. */
export function defaultChangePages(
  desk: PageDesk,
  changes: DefaultChanges,
  pictures: Pictures,
): RouteDefinition[] {
  const diffs = new DiffView(desk.surface, pictures);
  const common = { surface: desk.surface, kind: 'page', menu: desk.menu } as const;
  const path = `${desk.base}/:id/default-changes`;
  const to = (ctx: RouteContext, id: string, more = ''): string =>
    ctx.links.to(desk.surface, `${desk.base}/${id}${more}`);
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      access: desk.permissions.view,
      summary: 'What has changed in the default since it was overridden',
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        const page = await desk.get(ctx, id);
        const change = await changes.get(ctx, id).catch((error: unknown) => {
          // Somebody has dealt with it meanwhile.
          if (error instanceof NoNewerDefault) return null;
          throw error;
        });
        return view('cms/default-changes', {
          ...deskPage(ctx, desk, page),
          isChanged: change !== null,
          newest: change?.newest ?? 0,
          theirs: await diffs.of(ctx, change?.theirs ?? []),
          own: await diffs.of(ctx, change?.own ?? []),
          takeOverAction: to(ctx, id, '/default-changes/take-over'),
          seenAction: to(ctx, id, '/default-changes/seen'),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/take-over`,
      access: desk.permissions.edit,
      summary: 'Take over the default as draft',
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        await changes.takeOver(ctx, id);
        return told(ctx, to(ctx, id), 'cms.done.takenOver');
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/seen`,
      access: desk.permissions.edit,
      summary: 'Keep the store’s text',
      input: z.object({ id: z.uuid(), version: versionNumber.optional() }),
      handle: async (ctx, { id, version }) => {
        await changes.markSeen(ctx, id, version);
        return told(ctx, to(ctx, id), 'cms.done.seen');
      },
    }),
  ];
}
