import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import { EXAMPLE_ID } from '../routes/examples.js';
import { listOf } from '../routes/schemas.js';
import type { JournalKind } from '../services/PageJournal.js';
import { newRedirect, redirectListInput } from './redirectInput.js';
import { REDIRECT_PLACES } from './redirectPlaces.js';
import type { Redirects } from './Redirects.js';

const redirect = z.object({
  id: z.uuid(),
  source: z.string(),
  target: z.string(),
  status: z.union([z.literal(301), z.literal(302), z.literal(308)]),
  isAutomatic: z.boolean(),
  createdAt: z.iso.datetime(),
});

/** `/redirects` (and for store defaults `/default-redirects`): addresses that lead elsewhere. */
export function redirectApi(redirects: Redirects, kind: JournalKind): RouteDefinition[] {
  const { surface, base, permissions, where } = REDIRECT_PLACES[kind];
  const api = { surface, kind: 'api' } as const;
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path: base,
      access: permissions.view,
      summary: `List the redirects ${where}`,
      input: redirectListInput,
      output: listOf(redirect),
      example: { page: 1, perPage: 20 },
      handle: (ctx, input) => redirects.list(ctx, kind, input),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: base,
      access: permissions.publish,
      summary: `Lead an address ${where} elsewhere`,
      status: 201,
      idempotent: true,
      input: newRedirect,
      output: redirect,
      example: { source: '/old-page', target: '/about', status: 301 },
      errors: [
        { code: 'CMS_REDIRECT_TAKEN', status: 409 },
        { code: 'CMS_REDIRECT_HIDDEN_BY_PAGE', status: 409 },
        { code: 'CMS_REDIRECT_LOOP', status: 409 },
      ],
      handle: (ctx, input) => redirects.create(ctx, kind, input),
    }),
    defineRoute({
      ...api,
      method: 'DELETE',
      path: `${base}/:id`,
      access: permissions.publish,
      summary: `Delete a redirect ${where}`,
      status: 204,
      input: z.object({ id: z.uuid() }),
      example: { id: EXAMPLE_ID },
      errors: [{ code: 'CMS_REDIRECT_NOT_FOUND', status: 404 }],
      handle: (ctx, { id }) => redirects.remove(ctx, kind, id),
    }),
  ];
}
