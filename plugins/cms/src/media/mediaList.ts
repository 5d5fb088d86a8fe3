import type { InTransaction } from '@wizamart/core';
import { z } from '@wizamart/core';
import { PlatformMedium } from './models/PlatformMedium.js';
import type { MediumRow } from './models/MediumRow.js';
import { StoreMedium } from './models/StoreMedium.js';
import { MEDIA_KINDS, MEDIA_SORTS } from './types.js';

export const mediaListInput = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(24),
  sort: z.enum(MEDIA_SORTS).default('-createdAt'),
  q: z.string().trim().max(200).default(''),
  kind: z.enum(MEDIA_KINDS).optional(),
});
export type MediaListInput = z.output<typeof mediaListInput>;

export interface MediaPage<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

/** Media of the tenant of `ctx` whose title or file name contains `q`. */
export async function listMedia(
  ctx: InTransaction,
  { page, perPage, sort, q, kind }: MediaListInput,
): Promise<MediaPage<MediumRow>> {
  const query = ctx.store
    ? StoreMedium.in(ctx).where({ platformId: ctx.platform.id })
    : PlatformMedium.in(ctx);
  if (kind !== undefined) void query.where({ kind });
  if (q !== '') {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((either) => {
      void either.where('title', 'ilike', like).orWhere('fileName', 'ilike', like);
    });
  }
  const total = await query.clone().resultSize();
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const items = (await query
    .orderBy(sort.replace('-', ''), direction)
    .orderBy('id', direction)
    .limit(perPage)
    .offset((page - 1) * perPage)) as unknown as MediumRow[];
  return { items, total, page, perPage };
}
