import type { z } from 'zod';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import type { CoreParts } from '../core/CoreParts.js';
import { visiblePlatforms } from '../core/visiblePlatforms.js';
import { adminList, choice, listPageInput } from '../views/adminList.js';
import { isSuperAdmin, wordsOf } from '../views/words.js';
import { PLATFORM_SORTS, pageOfPlatforms, platformBadge } from './platformViews.js';

const listInput = listPageInput(PLATFORM_SORTS, { status: choice(['active', 'inactive']) });

/** The platforms that a person administers, above all of them. */
export const platformListPage = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/platforms',
    surface: 'admin',
    scope: 'global',
    kind: 'page',
    access: 'signed-in',
    menu: 'platforms',
    input: listInput,
    handle: async (ctx, query) => platformList(parts, ctx, query),
  }),
];

async function platformList(
  parts: CoreParts,
  ctx: RouteContext,
  query: z.output<typeof listInput>,
): Promise<ReturnType<typeof adminList>> {
  const t = wordsOf(parts, ctx);
  const address = ctx.links.to('admin', '/platforms');
  const mayCreate = isSuperAdmin(ctx);
  return adminList(t, {
    head: {
      title: t('core.platforms.title'),
      text: t('core.platforms.text'),
      ...(mayCreate ? { link: `${address}/new`, linkText: t('core.platforms.add'), symbol: 'plus' } : {}),
    },
    address,
    query,
    searchLabel: t('core.platforms.search'),
    filters: [
      {
        name: 'status',
        label: t('core.list.status'),
        options: [
          { value: '', label: t('core.admin.all') },
          { value: 'active', label: t('core.status.active') },
          { value: 'inactive', label: t('core.status.inactive') },
        ],
      },
    ],
    columns: [
      {
        label: t('core.platforms.name'),
        sort: 'name',
        cell: ({ name, code }) => ({ text: name, detail: code }),
      },
      {
        label: t('core.platforms.domain'),
        sort: 'domain',
        cell: ({ domain, siteHref }) => (siteHref ? { text: domain, href: siteHref } : { text: domain }),
      },
      {
        label: t('core.platforms.stores'),
        sort: 'stores',
        isNumber: true,
        cell: ({ storeCount }) => ({ number: storeCount }),
      },
      {
        label: t('core.platforms.modules'),
        sort: 'modules',
        isNumber: true,
        cell: ({ moduleCount }) => ({ number: moduleCount }),
      },
      { label: t('core.list.status'), cell: ({ isActive }) => platformBadge(t, isActive) },
    ],
    found: pageOfPlatforms(await visiblePlatforms(parts, ctx), query),
    row: ({ code, href, isActive }) => ({ id: code, href, isMuted: !isActive }),
    empty: { symbol: 'stack-2', title: t('core.platforms.none'), text: t('core.platforms.noneText') },
    file: 'platforms',
  });
}
