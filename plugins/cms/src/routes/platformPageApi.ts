import { defineRoute, type RouteDefinition } from '@wizamart/core';
import { CMS } from '../permissions.js';
import { newPage, pageChanges } from '../input/pageInput.js';
import { pageListInput } from '../input/listInput.js';
import type { PlatformPages } from '../services/PlatformPages.js';
import type { PlatformPageKind } from '../types.js';
import { EXAMPLE_ID, newPageExample, pageChangesExample } from './examples.js';
import { defaultDetail, defaultSummary, listOf, pageDetail, pageId, pageSummary } from './schemas.js';

const WORDS = {
  platform: {
    base: '/pages',
    one: 'marketing page',
    many: 'marketing pages',
    permissions: CMS.marketing,
    item: pageSummary,
    detail: pageDetail,
  },
  default: {
    base: '/defaults',
    one: 'store default',
    many: 'store defaults',
    permissions: CMS.defaults,
    item: defaultSummary,
    detail: defaultDetail,
  },
} as const;

const notFound = { code: 'CMS_PAGE_NOT_FOUND', status: 404 } as const;
const slugTaken = { code: 'CMS_SLUG_TAKEN', status: 409 } as const;

/** `/api/v1/admin/platforms/{code}/pages` and `…/defaults`: the pages a platform writes. */
export function platformPageApi(pages: PlatformPages, kind: PlatformPageKind): RouteDefinition[] {
  const { base, one, many, permissions, item, detail } = WORDS[kind];
  const api = { surface: 'admin', kind: 'api' } as const;
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path: base,
      access: permissions.view,
      summary: `List the ${many}`,
      input: pageListInput,
      output: listOf(item),
      example: { page: 1, perPage: 20, sort: '-updatedAt' },
      handle: (ctx, input) => pages.list(ctx, kind, input),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: base,
      access: permissions.edit,
      summary: `Create a ${one}`,
      status: 201,
      idempotent: true,
      input: newPage,
      output: detail,
      example: newPageExample,
      errors: [slugTaken],
      handle: (ctx, input) => pages.create(ctx, kind, input),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: `${base}/:id`,
      access: permissions.view,
      summary: `Get a ${one}: its draft, else what is published`,
      input: pageId,
      output: detail,
      example: { id: EXAMPLE_ID },
      errors: [notFound],
      handle: (ctx, { id }) => pages.get(ctx, kind, id),
    }),
    defineRoute({
      ...api,
      method: 'PATCH',
      path: `${base}/:id`,
      access: permissions.edit,
      summary: `Change a ${one}; texts go into its draft`,
      input: pageChanges.extend(pageId.shape),
      output: detail,
      example: pageChangesExample,
      errors: [notFound, slugTaken],
      handle: (ctx, { id, ...changes }) => pages.patch(ctx, kind, id, changes),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: `${base}/:id/publish`,
      access: permissions.publish,
      summary: `Publish the draft of a ${one}`,
      input: pageId,
      output: detail,
      example: { id: EXAMPLE_ID },
      errors: [notFound],
      handle: (ctx, { id }) => pages.publish(ctx, kind, id),
    }),
    defineRoute({
      ...api,
      method: 'DELETE',
      path: `${base}/:id`,
      access: permissions.edit,
      summary: `Delete a ${one}`,
      status: 204,
      input: pageId,
      example: { id: EXAMPLE_ID },
      errors: [notFound],
      handle: (ctx, { id }) => pages.remove(ctx, kind, id),
    }),
  ];
}
