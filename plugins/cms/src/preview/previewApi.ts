import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import { EXAMPLE_ID } from '../routes/examples.js';
import { API_PLACES, NOT_FOUND } from '../routes/places.js';
import { pageId } from '../routes/schemas.js';
import type { JournalKind } from '../services/PageJournal.js';
import type { PreviewLinks } from './PreviewLinks.js';

/** `…/{id}/preview`: links that show a draft to whoever has them. */
export function previewApi(previews: PreviewLinks, kind: JournalKind): RouteDefinition[] {
  const { surface, base, permissions, one } = API_PLACES[kind];
  const common = { surface, kind: 'api', path: `${base}/:id/preview`, access: permissions.edit } as const;
  return [
    defineRoute({
      ...common,
      method: 'POST',
      summary: `Make a link that shows the draft of ${one} without signing in, until it expires`,
      status: 201,
      input: pageId,
      output: z.object({ url: z.url(), expiresAt: z.iso.datetime() }),
      example: { id: EXAMPLE_ID },
      errors: [NOT_FOUND],
      handle: (ctx, { id }) => previews.create(ctx, kind, id),
    }),
    defineRoute({
      ...common,
      method: 'DELETE',
      summary: `Revoke all preview links of ${one}`,
      status: 204,
      input: pageId,
      example: { id: EXAMPLE_ID },
      errors: [NOT_FOUND],
      handle: (ctx, { id }) => previews.revoke(ctx, kind, id),
    }),
  ];
}
