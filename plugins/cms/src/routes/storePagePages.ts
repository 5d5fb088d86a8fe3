import { defineRoute, redirect, type RouteContext, type RouteDefinition, view, z } from '@wizamart/core';
import { storeDesk } from '../editor/desks.js';
import { PageLimitReached } from '../errors.js';
import { storePageListInput } from '../input/listInput.js';
import { CMS } from '../permissions.js';
import type { Pictures } from '../media/Pictures.js';
import type { PageLocks } from '../services/PageLocks.js';
import type { DefaultChanges } from '../revisions/DefaultChanges.js';
import { DiffView } from '../revisions/diffView.js';
import type { StorePages } from '../services/StorePages.js';
import { pageListView, usageView } from '../views/pageList.js';
import { told } from '../views/told.js';
import { ALL, pagesFile, undoDelete } from './bulkRoutes.js';
import { editorRoutes } from './editorRoutes.js';

/** The staff's page `/content-pages` with everything below it. */
export function storePagePages(
  pages: StorePages,
  locks: PageLocks,
  pictures: Pictures,
  changes: DefaultChanges,
): RouteDefinition[] {
  const diffs = new DiffView('store', pictures);
  const desk = storeDesk(pages);
  const common = { surface: 'store', kind: 'page', menu: desk.menu } as const;
  const to = (ctx: RouteContext, path: string): string => ctx.links.to('store', desk.base + path);
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path: desk.base,
      access: CMS.pages.view,
      summary: 'Content pages',
      input: storePageListInput.extend({
        full: z.string().max(100).optional().catch(undefined),
      }),
      handle: async (ctx, { full, ...input }) => {
        const list = await pages.list(ctx, input);
        return view('cms/store-pages', {
          ...pageListView(ctx, desk, list, input),
          usage: usageView(list.usage),
          customPagesLockedBy: (await locks.of(ctx)).customPages?.join(', ') ?? null,
          upgradeTo: full === undefined ? null : full === '' ? '' : await locks.planName(ctx, full),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${desk.base}/export`,
      access: CMS.pages.view,
      summary: 'The list as a file',
      input: storePageListInput,
      handle: async (ctx, input) =>
        pagesFile('content-pages', (await pages.list(ctx, { ...input, ...ALL })).items),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${desk.base}/override`,
      access: CMS.pages.edit,
      summary: 'Override a default',
      input: z.object({ slug: z.string().max(100) }),
      handle: async (ctx, { slug }) => {
        try {
          const page = await pages.override(ctx, slug);
          return told(ctx, to(ctx, `/${page.id}`), 'cms.done.overridden');
        } catch (error) {
          if (!(error instanceof PageLimitReached)) throw error;
          return redirect(`${to(ctx, '')}?full=${encodeURIComponent(error.data.upgradeTo ?? '')}`);
        }
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${desk.base}/:id/revert`,
      access: CMS.pages.edit,
      summary: 'Ask before reverting to the default',
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        const page = await pages.get(ctx, id);
        return view('cms/confirm-revert', {
          title: page.title,
          slug: page.slug,
          isPublished: page.status === 'published',
          listKey: 'cms.pages.title',
          listHref: to(ctx, ''),
          action: to(ctx, `/${id}/revert`),
          cancelHref: to(ctx, `/${id}`),
          languages: await diffs.of(ctx, await changes.beforeRevert(ctx, id)),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${desk.base}/:id/revert`,
      access: CMS.pages.edit,
      summary: 'Revert to the default',
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        await pages.revert(ctx, (await pages.get(ctx, id)).slug);
        return told(ctx, to(ctx, ''), 'cms.done.reverted', undoDelete(to(ctx, '/bring-back'), [id]));
      },
    }),
    ...editorRoutes(desk, locks, pictures),
  ];
}
