import { defineRoute, redirect, type RouteContext, type RouteDefinition, view, z } from '@wizamart/core';
import { storeDesk } from '../editor/desks.js';
import { PageLimitReached } from '../errors.js';
import { storePageListInput } from '../input/listInput.js';
import { CMS } from '../permissions.js';
import type { Pictures } from '../media/Pictures.js';
import type { PageLocks } from '../services/PageLocks.js';
import type { DefaultChanges } from '../revisions/DefaultChanges.js';
import { diffView } from '../revisions/diffView.js';
import type { StorePages } from '../services/StorePages.js';
import { PAGE_SOURCES, PAGE_STATUSES } from '../types.js';
import { pageListView, usageView } from '../views/pageList.js';
import { doneInput, editorRoutes } from './editorRoutes.js';

/** The staff's page `/content-pages` with everything below it. */
export function storePagePages(
  pages: StorePages,
  locks: PageLocks,
  pictures: Pictures,
  changes: DefaultChanges,
): RouteDefinition[] {
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
        done: doneInput,
        full: z.string().max(100).optional().catch(undefined),
      }),
      handle: async (ctx, { done, full, ...input }) => {
        const list = await pages.list(ctx, input);
        return view('cms/store-pages', {
          ...pageListView(ctx, desk, list, input, done),
          list: {
            action: to(ctx, ''),
            q: input.q,
            searchLabelKey: 'cms.list.search',
            filters: filtersOf(input),
            csvHref: null,
            hidden: [],
            total: list.total,
          },
          usage: usageView(list.usage),
          customPagesLockedBy: (await locks.of(ctx)).customPages?.join(', ') ?? null,
          upgradeTo: full === undefined ? null : full === '' ? '' : await locks.planName(ctx, full),
        });
      },
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
          return redirect(`${to(ctx, `/${page.id}`)}?done=overridden`);
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
          languages: diffView(await changes.beforeRevert(ctx, id)),
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
        return redirect(`${to(ctx, '')}?done=reverted`);
      },
    }),
    ...editorRoutes(desk, locks, pictures),
  ];
}

const filtersOf = ({ source, status }: z.output<typeof storePageListInput>): object[] => [
  filterOf('source', source, PAGE_SOURCES),
  filterOf('status', status, PAGE_STATUSES),
];

const filterOf = (name: string, chosen: string | undefined, values: readonly string[]): object => ({
  name,
  options: ['', ...values].map((value) => ({
    value,
    labelKey: `cms.list.filter.${name}.${value === '' ? 'all' : value}`,
    isSelected: value === (chosen ?? ''),
  })),
});
