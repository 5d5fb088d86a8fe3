import {
  defineRoute,
  flash,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  view,
  z,
} from '@wizamart/core';
import { CMS } from '../../permissions.js';
import { chosenIds, each } from '../../routes/bulkRoutes.js';
import { pagination } from '../../views/pagination.js';
import type { MediaBin } from '../MediaBin.js';
import type { MediaLibrary } from '../MediaLibrary.js';
import { toMegabytes } from '../mediaViews.js';
import type { MediaUsage } from '../types.js';

/** A way back for more does not go into a cookie. */
const MOST_TO_UNDO = 40;

/** How several media are deleted, after being told where they are shown, and brought back. */
export function mediaBinPages(
  library: MediaLibrary,
  bin: MediaBin,
  surface: 'admin' | 'store',
): RouteDefinition[] {
  const { view: see, edit } = surface === 'store' ? CMS.media : CMS.siteMedia;
  const page = { surface, kind: 'page', menu: 'media' } as const;
  const to = (ctx: RouteContext, path = ''): string => ctx.links.to(surface, `/media${path}`);
  return [
    defineRoute({
      ...page,
      method: 'GET',
      path: '/media/deleted',
      access: see,
      summary: 'Deleted pictures and files',
      input: z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) }),
      handle: async (ctx, { page }) => {
        const list = await bin.list(ctx, { page, perPage: 24 });
        return view('cms/media-deleted', {
          listHref: to(ctx),
          mayEdit: ctx.actor.kind === 'user' && ctx.actor.permissions.has(edit),
          action: to(ctx, '/bring-back'),
          rows: list.items.map((item) => ({ ...item, size: toMegabytes(item.bytes) })),
          pagination: pagination(list, to(ctx, '/deleted'), {}),
        });
      },
    }),
    defineRoute({
      ...page,
      method: 'POST',
      path: '/media/ask-delete',
      access: edit,
      summary: 'Ask before deleting several',
      input: z.object({ ids: chosenIds }),
      handle: async (ctx, { ids }) => {
        if (ids.length === 0) return toldOf(ctx, to(ctx), 'delete', 0, 0);
        const chosen: { id: string; title: string; usage: MediaUsage }[] = [];
        await each(ids, async (id) => {
          const { title } = await library.get(ctx, id);
          chosen.push({ id, title, usage: await library.usage(ctx, id) });
        });
        return view('cms/media-bulk-delete', {
          listHref: to(ctx),
          action: to(ctx, '/delete'),
          count: chosen.length,
          fields: chosen.map(({ id }) => ({ name: 'ids', value: id })),
          used: chosen.flatMap(({ title, usage: { pages, stores, theme } }) =>
            pages.length === 0 && stores === 0 && !theme
              ? []
              : [
                  {
                    title,
                    stores,
                    theme,
                    pages: [...new Set(pages.map(({ slug }) => `/${slug}`))].join(', '),
                  },
                ],
          ),
        });
      },
    }),
    defineRoute({
      ...page,
      method: 'POST',
      path: '/media/delete',
      access: edit,
      summary: 'Delete several, also those that pages show',
      input: z.object({ ids: chosenIds }),
      handle: async (ctx, { ids }) => {
        const done = await each(ids, (id) => library.remove(ctx, id, true));
        return toldOf(ctx, to(ctx), 'delete', done.length, ids.length, undoOf(to(ctx, '/bring-back'), done));
      },
    }),
    defineRoute({
      ...page,
      method: 'POST',
      path: '/media/bring-back',
      access: edit,
      summary: 'Bring back what was deleted',
      input: z.object({ ids: chosenIds }),
      handle: async (ctx, { ids }) => {
        const done = await each(ids, (id) => bin.bringBack(ctx, id));
        const isAll = done.length === ids.length;
        return toldOf(ctx, to(ctx, isAll ? '' : '/deleted'), 'bringBack', done.length, ids.length);
      },
    }),
  ];
}

/** What the toast of a deletion offers. */
export const undoOf = (action: string, ids: readonly string[]): Pick<Parameters<typeof flash>[1], 'undo'> =>
  ids.length === 0 || ids.length > MOST_TO_UNDO
    ? {}
    : { undo: { action, fields: ids.map((value) => ({ name: 'ids', value })) } };

function toldOf(
  ctx: RouteContext,
  address: string,
  action: 'delete' | 'bringBack',
  count: number,
  asked: number,
  more: ReturnType<typeof undoOf> = {},
): Redirect {
  const key = asked === 0 ? 'cms.media.bulk.none' : `cms.media.bulk.${count < asked ? 'some.' : ''}${action}`;
  const kind = count === asked && asked > 0 ? 'success' : 'warning';
  return redirect(address, 303, flash(ctx, { kind, key, values: { count, asked }, ...more }));
}
