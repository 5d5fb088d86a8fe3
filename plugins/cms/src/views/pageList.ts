import type { Language, TenantContext } from '@wizamart/core';
import type { PageDesk } from '../editor/PageDesk.js';
import { PAGE_SORTS } from '../input/listInput.js';
import {
  type DefaultUsage,
  PAGE_SOURCES,
  PAGE_STATUSES,
  type PageList,
  type PageSource,
  type PageSummary,
  type PageUsage,
} from '../types.js';
import { publicHref } from './editorPage.js';
import { pagination, queryOf } from './pagination.js';

interface ListQuery {
  readonly q: string;
  readonly sort: string;
  readonly status?: string | undefined;
  readonly source?: string | undefined;
}
type ListedPage = PageSummary &
  Partial<DefaultUsage> & {
    readonly source?: PageSource;
    readonly defaultChanged?: boolean;
  };

/** What the templates `platform-pages` and `store-pages` have in common. */
export function pageListView(
  ctx: TenantContext,
  desk: PageDesk,
  list: PageList<ListedPage>,
  query: ListQuery,
): Readonly<Record<string, unknown>> {
  const to = (path: string): string => ctx.links.to(desk.surface, desk.base + path);
  const { q, sort, status, source } = query;
  const { actor } = ctx;
  const may = (permission: string): boolean =>
    actor.kind === 'system' || (actor.kind === 'user' && actor.permissions.has(permission));
  return {
    titleKey: `cms.${desk.words}.title`,
    textKey: `cms.${desk.words}.text`,
    newKey: `cms.${desk.words}.new`,
    noneKey: `cms.${desk.words}.none`,
    noneTextKey: `cms.${desk.words}.noneText`,
    isDefaults: desk.words === 'defaults',
    mayEdit: may(desk.permissions.edit),
    mayPublish: may(desk.permissions.publish),
    list: {
      action: to(''),
      q,
      filters: [
        ...(desk.words === 'pages' ? [filterOf('source', source, PAGE_SOURCES)] : []),
        filterOf('status', status, PAGE_STATUSES),
      ],
      sort,
      sorts: PAGE_SORTS.map((value) => ({
        value,
        labelKey: `cms.list.sort.${value.replace(/^-(.*)/, '$1Down')}`,
        isSelected: value === sort,
      })),
      csvHref: to('/export') + queryOf({ q, sort, status, source }),
      total: list.total,
    },
    bulkAction: to('/bulk'),
    bulk: [...(may(desk.permissions.publish) ? ['publish', 'unpublish'] : []), 'delete'],
    q,
    searchAction: to(''),
    newHref: to('/new'),
    isFiltered: q !== '' || status !== undefined || source !== undefined,
    pages: list.items.map((page) => pageRow(ctx, desk, page)),
    pagination: pagination(list, to(''), { q, sort, status, source }),
  };
}

const filterOf = (name: string, chosen: string | undefined, values: readonly string[]): object => ({
  name,
  options: ['', ...values].map((value) => ({
    value,
    labelKey: `cms.list.filter.${name}.${value === '' ? 'all' : value}`,
    isSelected: value === (chosen ?? ''),
  })),
});

function pageRow(ctx: TenantContext, desk: PageDesk, page: ListedPage): Readonly<Record<string, unknown>> {
  const to = (path: string): string => ctx.links.to(desk.surface, desk.base + path);
  return {
    id: page.id,
    title: page.title,
    slug: page.slug,
    href: to(`/${page.id}`),
    updatedAt: page.updatedAt,
    isPublished: page.status === 'published',
    hasDraft: page.hasDraft,
    publishAt: page.publishAt,
    unpublishAt: page.unpublishAt,
    defaultChangesHref: page.defaultChanged ? to(`/${page.id}/default-changes`) : null,
    placement: `cms.choice.placement.${page.placement}`,
    languages: page.languages.map((language: Language) => language.toUpperCase()).join(' '),
    publicHref: page.status === 'published' ? publicHref(ctx, desk, page.slug) : null,
    publishAction: page.hasDraft ? to(`/${page.id}/publish`) : null,
    deleteHref: to(`/${page.id}/delete`),
    storesHref: to(`/${page.id}/stores`),
    usedBy: page.usedBy ?? 0,
    overriddenBy: page.overriddenBy ?? 0,
    source: page.source ?? null,
    sourceLabel: page.source ? `cms.source.${page.source}` : null,
    isDefault: page.source === 'default',
    isOverride: page.source === 'override',
    overrideAction: to('/override'),
    revertHref: to(`/${page.id}/revert`),
  };
}

/** The meters above a store's list; a percentage is never shown, only how many of how many. */
export function usageView(usage: PageUsage): Readonly<Record<string, unknown>> {
  return {
    pages: { used: usage.pages.used, limit: usage.pages.limit },
    customPages: { used: usage.customPages.used, limit: usage.customPages.limit },
    isFull: usage.pages.limit !== null && usage.pages.used >= usage.pages.limit,
    isCustomFull: usage.customPages.limit !== null && usage.customPages.used >= usage.customPages.limit,
  };
}
