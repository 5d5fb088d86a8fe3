import { defineRoute, DomainError, type RouteDefinition, z } from '@wizamart/core';
import { CMS } from '../../permissions.js';
import { EXAMPLE_ID } from '../../routes/examples.js';
import type { MediaBin } from '../MediaBin.js';
import type { MediaLibrary } from '../MediaLibrary.js';
import { MEDIA_KINDS } from '../types.js';
import { answerOf } from './mediaApi.js';
import { mediumSchema } from './mediaSchemas.js';

const listInput = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(24),
});
const deletedMedium = z.object({
  id: z.uuid(),
  kind: z.enum(MEDIA_KINDS),
  title: z.string(),
  fileName: z.string(),
  bytes: z.int(),
  deletedAt: z.iso.datetime(),
  keptUntil: z.iso.datetime(),
});
const bulkInput = z.object({
  ids: z.array(z.uuid()).min(1).max(100),
  do: z.enum(['delete', 'bringBack']),
  /** Also those that pages show. */
  confirm: z.boolean().default(false),
});

/** What of the API is about deleting several media, and bringing them back. */
export function mediaBinApi(
  library: MediaLibrary,
  bin: MediaBin,
  surface: 'admin' | 'store',
): RouteDefinition[] {
  const { view, edit } = surface === 'store' ? CMS.media : CMS.siteMedia;
  const api = { surface, kind: 'api' } as const;
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path: '/media/deleted',
      access: view,
      summary: 'List what was deleted within a day and can be brought back',
      input: listInput,
      output: z.object({ items: z.array(deletedMedium), total: z.int(), page: z.int(), perPage: z.int() }),
      example: { page: 1 },
      handle: (ctx, input) => bin.list(ctx, input),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/media/:id/bring-back',
      access: edit,
      summary: 'Bring back a picture or file that was deleted within a day',
      input: z.object({ id: z.uuid() }),
      output: mediumSchema,
      example: { id: EXAMPLE_ID },
      errors: [
        { code: 'CMS_MEDIUM_NOT_FOUND', status: 404 },
        { code: 'CMS_MEDIA_LIMIT_REACHED', status: 402 },
      ],
      handle: async (ctx, { id }) => answerOf(ctx, await bin.bringBack(ctx, id)),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: '/media/bulk',
      access: edit,
      summary: 'Delete or bring back several; each on its own: what is refused stays as it is',
      input: bulkInput,
      output: z.object({
        done: z.array(z.uuid()),
        refused: z.array(z.object({ id: z.uuid(), code: z.string(), message: z.string() })),
      }),
      example: { ids: [EXAMPLE_ID], do: 'delete', confirm: true },
      handle: async (ctx, { ids, do: action, confirm }) => {
        const done: string[] = [];
        const refused: { id: string; code: string; message: string }[] = [];
        for (const id of new Set(ids))
          try {
            if (action === 'delete') await library.remove(ctx, id, confirm);
            else await bin.bringBack(ctx, id);
            done.push(id);
          } catch (error) {
            if (!(error instanceof DomainError) || error.status === 403) throw error;
            refused.push({ id, code: error.code, message: error.message });
          }
        return { done, refused };
      },
    }),
  ];
}
