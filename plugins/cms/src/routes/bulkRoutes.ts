import {
  csvFile,
  defineRoute,
  DomainError,
  flash,
  type FlashMessage,
  PermissionDenied,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  z,
} from '@wizamart/core';
import type { PageDesk } from '../editor/PageDesk.js';
import type { PageSummary } from '../types.js';

/** Boxes of a list: one is sent as a text, several as a list, none not at all. */
export const chosenIds = z
  .union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(100)])
  .optional()
  .transform((chosen) => chosen ?? []);
const ACTIONS = ['publish', 'unpublish', 'delete'] as const;

/** Brings deleted pages back. @param action where `bulkRoutes` do */
export const undoDelete = (
  action: string,
  pages: readonly string[],
): { readonly undo: NonNullable<FlashMessage['undo']> } => ({
  undo: { action, fields: pages.map((value) => ({ name: 'ids', value })) },
});

/** What is done with several pages of a desk at once, each on its own: what is refused stays as it is. */
export function bulkRoutes(desk: PageDesk): RouteDefinition[] {
  const { surface, base, menu, permissions } = desk;
  const common = { surface, kind: 'page', menu, method: 'POST', access: permissions.edit } as const;
  const to = (ctx: RouteContext, path = ''): string => ctx.links.to(surface, base + path);
  return [
    defineRoute({
      ...common,
      path: `${base}/bulk`,
      summary: 'Publish, unpublish or delete several pages',
      input: z.object({ ids: chosenIds, do: z.enum(ACTIONS) }),
      handle: async (ctx, { ids, do: action }) => {
        const work = {
          publish: (id: string) => desk.publish(ctx, id),
          unpublish: (id: string) => desk.patch(ctx, id, { status: 'draft' }),
          delete: (id: string) => desk.remove(ctx, id),
        }[action];
        const done = await each(ids, work);
        const undo = action === 'delete' && done.length > 0 ? undoDelete(to(ctx, '/bring-back'), done) : {};
        return toldOf(ctx, to(ctx), action, done.length, ids.length, undo);
      },
    }),
    defineRoute({
      ...common,
      path: `${base}/bring-back`,
      summary: 'Bring back what was deleted',
      input: z.object({ ids: chosenIds }),
      handle: async (ctx, { ids }) => {
        const done = await each(ids, (id) => desk.bringBack(ctx, id));
        return toldOf(ctx, to(ctx), 'bringBack', done.length, ids.length);
      },
    }),
  ];
}

/** Those that it was done with. */
export async function each(
  ids: readonly string[],
  work: (id: string) => Promise<unknown>,
): Promise<string[]> {
  const done: string[] = [];
  for (const id of ids)
    try {
      await work(id);
      done.push(id);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof PermissionDenied) throw error;
    }
  return done;
}

function toldOf(
  ctx: RouteContext,
  address: string,
  action: string,
  count: number,
  asked: number,
  more: Pick<FlashMessage, 'undo'> = {},
): Redirect {
  const key = asked === 0 ? 'cms.bulk.none' : `cms.bulk.${count < asked ? 'some.' : ''}${action}`;
  const kind = count === asked && asked > 0 ? 'success' : 'warning';
  return redirect(address, 303, flash(ctx, { kind, key, values: { count, asked }, ...more }));
}

/** A list for a file, not for a page. */
export const ALL = { page: 1, perPage: 10_000 } as const;

/** The list as a file for spreadsheets. */
export const pagesFile = (
  name: string,
  pages: readonly (PageSummary & { readonly source?: string })[],
): ReturnType<typeof csvFile> =>
  csvFile(name, [
    ['slug', 'title', 'source', 'status', 'hasDraft', 'languages', 'placement', 'publishedAt', 'updatedAt'],
    ...pages.map((page) => [
      page.slug,
      page.title,
      page.source ?? '',
      page.status,
      String(page.hasDraft),
      page.languages.join(' '),
      page.placement,
      page.publishedAt?.toISOString() ?? '',
      page.updatedAt.toISOString(),
    ]),
  ]);
