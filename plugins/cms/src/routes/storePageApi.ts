import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import { storePageListInput } from '../input/listInput.js';
import { newPage, pageChanges } from '../input/pageInput.js';
import { CMS } from '../permissions.js';
import type { StorePages } from '../services/StorePages.js';
import { EXAMPLE_ID, newPageExample, pageChangesExample } from './examples.js';
import { listOf, pageId, pageUsage, storePageDetail, storePageSummary } from './schemas.js';

const slugOf = z.object({ slug: z.string().max(100) });
const notFound = { code: 'CMS_PAGE_NOT_FOUND', status: 404 } as const;
const slugTaken = { code: 'CMS_SLUG_TAKEN', status: 409 } as const;
const isDefault = { code: 'CMS_PAGE_IS_DEFAULT', status: 409 } as const;
const limit = { code: 'CMS_PAGE_LIMIT_REACHED', status: 402 } as const;
const feature = { code: 'FEATURE_NOT_IN_TIER', status: 402 } as const;

/** `/api/v1/store/pages`: a store's pages, the platform's defaults among them. */
export function storePageApi(pages: StorePages): RouteDefinition[] {
  const api = { surface: 'store', kind: 'api' } as const;
  const { view, edit, publish } = CMS.pages;
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path: '/pages',
      access: view,
      summary: 'List the store’s pages with where each comes from, and how many the plan leaves',
      input: storePageListInput,
      output: listOf(storePageSummary).extend({ usage: pageUsage }),
      example: { source: 'custom', sort: '-updatedAt' },
      handle: (ctx, input) => pages.list(ctx, input),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/pages',
      access: edit,
      summary: 'Create a page; under the slug of a default it overrides that',
      status: 201,
      idempotent: true,
      input: newPage,
      output: storePageDetail,
      example: newPageExample,
      errors: [slugTaken, limit, feature],
      handle: (ctx, input) => pages.create(ctx, input),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: '/pages/:id',
      access: view,
      summary: 'Get a page: its draft, else what is published',
      input: pageId,
      output: storePageDetail,
      example: { id: EXAMPLE_ID },
      errors: [notFound],
      handle: (ctx, { id }) => pages.get(ctx, id),
    }),
    defineRoute({
      ...api,
      method: 'PATCH',
      path: '/pages/:id',
      access: edit,
      summary: 'Change a page; texts go into its draft',
      input: pageChanges.extend(pageId.shape),
      output: storePageDetail,
      example: pageChangesExample,
      errors: [notFound, slugTaken, isDefault, limit, feature],
      handle: (ctx, { id, ...changes }) => pages.patch(ctx, id, changes),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/pages/:id/publish',
      access: publish,
      summary: 'Publish the draft of a page',
      input: pageId,
      output: storePageDetail,
      example: { id: EXAMPLE_ID },
      errors: [notFound, isDefault],
      handle: (ctx, { id }) => pages.publish(ctx, id),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/pages/:slug/override',
      access: edit,
      summary: 'Copy the default of a slug into a draft of the store’s own',
      status: 201,
      input: slugOf,
      output: storePageDetail,
      example: { slug: 'about' },
      errors: [notFound, { code: 'CMS_ALREADY_OVERRIDDEN', status: 409 }, limit, feature],
      handle: (ctx, { slug }) => pages.override(ctx, slug),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/pages/:slug/revert',
      access: edit,
      summary: 'Delete the store’s own page of a slug, so that the default shows again',
      input: slugOf,
      output: storePageDetail,
      example: { slug: 'about' },
      errors: [notFound, { code: 'CMS_NOTHING_TO_REVERT_TO', status: 409 }],
      handle: (ctx, { slug }) => pages.revert(ctx, slug),
    }),
    defineRoute({
      ...api,
      method: 'DELETE',
      path: '/pages/:id',
      access: edit,
      summary: 'Delete one of the store’s own pages',
      status: 204,
      input: pageId,
      example: { id: EXAMPLE_ID },
      errors: [notFound, isDefault],
      handle: (ctx, { id }) => pages.remove(ctx, id),
    }),
  ];
}
