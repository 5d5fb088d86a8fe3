import { defineRoute, type RouteDefinition } from '@wizamart/core';
import { CMS } from '../permissions.js';
import { EXAMPLE_ID } from '../routes/examples.js';
import { FEATURE, NOT_FOUND } from '../routes/places.js';
import { pageId, storePageDetail } from '../routes/schemas.js';
import type { StorePages } from '../services/StorePages.js';
import type { DefaultChanges } from './DefaultChanges.js';
import { defaultChange, versionNumber } from './schemas.js';

const nothingNew = { code: 'CMS_NO_NEWER_DEFAULT', status: 409 } as const;

/** `/api/v1/store/pages/{id}/default-changes`: what has become of a default since it was overridden. */
export function defaultChangeApi(changes: DefaultChanges, pages: StorePages): RouteDefinition[] {
  const api = { surface: 'store', kind: 'api' } as const;
  const path = '/pages/:id/default-changes';
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path,
      access: CMS.pages.view,
      summary: 'What the default behind an override has changed since, beside what the store changed',
      input: pageId,
      output: defaultChange,
      example: { id: EXAMPLE_ID },
      errors: [NOT_FOUND, nothingNew],
      handle: (ctx, { id }) => changes.get(ctx, id),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: `${path}/take-over`,
      access: CMS.pages.edit,
      summary: 'Make the default as it is now the draft of an override',
      input: pageId,
      output: storePageDetail,
      example: { id: EXAMPLE_ID },
      errors: [NOT_FOUND, nothingNew, FEATURE],
      handle: async (ctx, { id }) => {
        await changes.takeOver(ctx, id);
        return pages.get(ctx, id);
      },
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: `${path}/seen`,
      access: CMS.pages.edit,
      summary: 'Keep the store’s text, and be told again only of later changes of the default',
      input: pageId.extend({ version: versionNumber.optional() }),
      output: storePageDetail,
      example: { id: EXAMPLE_ID, version: 2 },
      errors: [NOT_FOUND, nothingNew],
      handle: async (ctx, { id, version }) => {
        await changes.markSeen(ctx, id, version);
        return pages.get(ctx, id);
      },
    }),
  ];
}
