import { defineRoute, type RouteContext, type RouteDefinition, view, z } from '@wizamart/core';
import { CMS } from '../permissions.js';
import type { Pictures } from '../media/Pictures.js';
import { DiffView } from '../revisions/diffView.js';
import { DEFAULT_SHOWN, type DefaultStores } from '../services/DefaultStores.js';
import { pagination, queryOf } from '../views/pagination.js';
import { EXAMPLE_ID } from './examples.js';
import { NOT_FOUND } from './places.js';
import { listOf } from './schemas.js';

const place = z.object({ id: z.uuid() });
const listInput = place.extend({
  shows: z
    .union([z.enum(DEFAULT_SHOWN), z.literal('')])
    .transform((value) => (value === '' ? undefined : value))
    .optional(),
  q: z.string().trim().max(200).default(''),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(20),
});
const storeSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  shows: z.enum(DEFAULT_SHOWN),
  publishedAt: z.iso.datetime().nullable(),
  isBehind: z.boolean(),
});
const path = '/defaults/:id/stores';

/** Which stores show a default, and how the pages of the others differ from it. */
export function defaultStoreRoutes(stores: DefaultStores, pictures: Pictures): RouteDefinition[] {
  const diffs = new DiffView('admin', pictures);
  const common = { method: 'GET', surface: 'admin', access: CMS.defaults.view } as const;
  const page = { ...common, kind: 'page', menu: 'defaults' } as const;
  const to = (ctx: RouteContext, more = ''): string => ctx.links.to('admin', `/defaults${more}`);
  return [
    defineRoute({
      ...common,
      kind: 'api',
      path,
      summary: 'List the stores that show a default, or a page of their own instead',
      input: listInput,
      output: listOf(storeSchema),
      example: { id: EXAMPLE_ID, shows: 'own' },
      errors: [NOT_FOUND],
      handle: async (ctx, { id, ...input }) => {
        const { standard: _standard, ...list } = await stores.list(ctx, id, input);
        return list;
      },
    }),
    defineRoute({
      ...page,
      path,
      summary: 'Stores that show a default, or their own page instead',
      input: listInput,
      handle: async (ctx, { id, ...input }) => {
        const { shows, q } = input;
        const { standard, ...list } = await stores.list(ctx, id, input);
        const address = to(ctx, `/${id}/stores`);
        const mayVisit = ctx.actor.kind === 'user' && ctx.actor.permissions.has('platform-admin.stores.view');
        return view('cms/default-stores', {
          heading: standard.title,
          pageHref: to(ctx, `/${id}`),
          listHref: to(ctx),
          address,
          q,
          shows: shows ?? '',
          isFiltered: q !== '' || shows !== undefined,
          tabs: [undefined, ...DEFAULT_SHOWN].map((value) => ({
            labelKey: `cms.defaultStores.${value ?? 'all'}`,
            href: address + queryOf({ shows: value, q }),
            isCurrent: value === shows,
          })),
          rows: list.items.map((store) => ({
            ...store,
            isOwn: store.shows === 'own',
            href: mayVisit ? ctx.links.to('admin', `/stores/${store.id}`) : null,
            compareHref: store.shows === 'own' ? `${address}/${store.id}` : null,
          })),
          pagination: pagination(list, address, { shows, q }),
        });
      },
    }),
    defineRoute({
      ...page,
      path: `${path}/:storeId`,
      summary: 'A store’s own page beside the default',
      input: place.extend({ storeId: z.uuid() }),
      handle: async (ctx, { id, storeId }) => {
        const { standard, store, languages } = await stores.compare(ctx, id, storeId);
        return view('cms/default-store', {
          heading: standard.title,
          store,
          pageHref: to(ctx, `/${id}`),
          listHref: to(ctx),
          storesHref: `${to(ctx, `/${id}/stores`)}?shows=own`,
          isSame: languages.every(({ change }) => change === 'same'),
          languages: await diffs.of(ctx, languages),
        });
      },
    }),
  ];
}
