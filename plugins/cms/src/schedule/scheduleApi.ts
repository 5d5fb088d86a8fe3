import { defineRoute, type RouteDefinition } from '@wizamart/core';
import { EXAMPLE_ID } from '../routes/examples.js';
import { API_PLACES, detailOf, FEATURE, NOT_FOUND, type PageServices } from '../routes/places.js';
import { pageId } from '../routes/schemas.js';
import type { JournalKind } from '../services/PageJournal.js';
import { scheduleInput } from './scheduleInput.js';
import type { Schedules } from './Schedules.js';

/** `…/{id}/schedule`: when a page goes live and when it goes. */
export function scheduleApi(
  services: PageServices & { readonly schedules: Schedules },
  kind: JournalKind,
): RouteDefinition[] {
  const { surface, base, permissions, one, detail } = API_PLACES[kind];
  const common = { surface, kind: 'api', path: `${base}/:id/schedule`, access: permissions.publish } as const;
  return [
    defineRoute({
      ...common,
      method: 'POST',
      summary: `Set when ${one} is published and when it goes; what is left out is not set any more`,
      input: pageId.extend(scheduleInput.shape),
      output: detail,
      example: {
        id: EXAMPLE_ID,
        publishAt: '2099-12-01T08:00:00+01:00',
        unpublishAt: '2099-12-24T18:00:00+01:00',
      },
      errors: [
        NOT_FOUND,
        { code: 'CMS_NOTHING_TO_PUBLISH', status: 409 },
        { code: 'CMS_NOTHING_TO_UNPUBLISH', status: 409 },
        ...(kind === 'store' ? [FEATURE] : []),
      ],
      handle: async (ctx, { id, publishAt = null, unpublishAt = null }) => {
        await services.schedules.set(ctx, kind, id, { publishAt, unpublishAt });
        return detailOf(services, ctx, kind, id);
      },
    }),
    defineRoute({
      ...common,
      method: 'DELETE',
      summary: `Cancel what is set for ${one}`,
      status: 204,
      input: pageId,
      example: { id: EXAMPLE_ID },
      errors: [NOT_FOUND],
      handle: (ctx, { id }) => services.schedules.cancel(ctx, kind, id),
    }),
  ];
}
