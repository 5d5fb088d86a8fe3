import type { InTransaction, TenantContext } from '@wizamart/core';
import type { MediumRow } from './models/MediumRow.js';
import type { MediaKind, MediaOwner } from './types.js';

/** Hours in which a deletion can be undone, as of pages: gone soon where somebody asks for it to be gone. */
const KEPT_HOURS = 24;
export const keptSince = (now: Date): Date => new Date(now.getTime() - KEPT_HOURS * 3_600_000);

interface Tables {
  readonly media: string;
  readonly kept: string;
  /** Columns that say whose a row is, with the values of the context. */
  readonly owner: readonly string[];
  readonly values: readonly unknown[];
}

const tablesOf = ({ store, platform }: TenantContext): Tables =>
  store
    ? {
        media: 'cms_store_media',
        kept: 'cms_store_deleted_media',
        owner: ['merchant_id', 'store_id', 'platform_id'],
        values: [store.merchantId, store.id, platform.id],
      }
    : {
        media: 'cms_platform_media',
        kept: 'cms_platform_deleted_media',
        owner: ['platform_id'],
        values: [platform.id],
      };

/** From $2 on the owner's values. */
const ownedBy = (owner: readonly string[], table: string): string =>
  owner.map((column, index) => `${table}.${column} = $${index + 2}`).join(' AND ');

/** Moves a medium to those that can be brought back. Its files stay. */
export async function keepDeletedMedium(ctx: InTransaction, id: string, by: string | null): Promise<void> {
  const { media, kept, owner, values } = tablesOf(ctx);
  const next = values.length + 2;
  await ctx.tx.query(
    {
      name: `cms_keep_${kept}`,
      text: `
WITH gone AS (DELETE FROM ${media} m WHERE m.id = $1 AND ${ownedBy(owner, 'm')} RETURNING m.*)
INSERT INTO ${kept} (${owner.join(', ')}, medium_id, content, deleted_at, deleted_by)
SELECT ${owner.map((column) => `gone.${column}`).join(', ')}, gone.id, to_jsonb(gone), $${next}, $${next + 1} FROM gone`,
    },
    [id, ...values, ctx.now, by],
  );
}

/** What can be brought back under an id; nobody else does it until the transaction ends. */
export async function keptMedium(
  ctx: InTransaction,
  id: string,
): Promise<Pick<MediumRow, 'id' | 'title' | 'bytes'> | undefined> {
  const { kept, owner, values } = tablesOf(ctx);
  const [row] = await ctx.tx.query<{ id: string; title: string; bytes: number }>(
    {
      name: `cms_find_${kept}`,
      text: `
SELECT k.medium_id AS id, k.content->>'title' AS title, (k.content->>'bytes')::float8 AS bytes
FROM ${kept} k WHERE k.medium_id = $1 AND ${ownedBy(owner, 'k')} AND k.deleted_at > $${values.length + 2} FOR UPDATE`,
    },
    [id, ...values, keptSince(ctx.now)],
  );
  return row;
}

/** Puts a medium back as it was. */
export async function putMediumBack(ctx: InTransaction, id: string): Promise<void> {
  const { media, kept, owner, values } = tablesOf(ctx);
  await ctx.tx.query(
    {
      name: `cms_put_back_${media}`,
      text: `
WITH back AS (DELETE FROM ${kept} k WHERE k.medium_id = $1 AND ${ownedBy(owner, 'k')} RETURNING k.content)
INSERT INTO ${media} SELECT r.* FROM back, jsonb_populate_record(NULL::${media}, back.content) r`,
    },
    [id, ...values],
  );
}

/** A medium that was deleted, while it can be brought back. */
export interface DeletedMedium {
  readonly id: string;
  readonly kind: MediaKind;
  readonly title: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly deletedAt: Date;
  /** Until when it can be brought back. */
  readonly keptUntil: Date;
}

/** What can be brought back, the newest first. */
export async function listDeleted(
  ctx: InTransaction,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly items: DeletedMedium[]; readonly total: number }> {
  const { kept, owner, values } = tablesOf(ctx);
  const next = values.length + 2;
  const rows = await ctx.tx.query<Omit<DeletedMedium, 'keptUntil'> & { total: number }>(
    {
      name: `cms_list_${kept}`,
      text: `
SELECT k.medium_id AS id, k.content->>'kind' AS kind, k.content->>'title' AS title, k.content->>'file_name' AS "fileName",
  (k.content->>'bytes')::float8 AS bytes, k.deleted_at AS "deletedAt", count(*) OVER ()::int AS total
FROM ${kept} k WHERE k.deleted_at > $1 AND ${ownedBy(owner, 'k')}
ORDER BY k.deleted_at DESC, k.medium_id DESC LIMIT $${next} OFFSET $${next + 1}`,
    },
    [keptSince(ctx.now), ...values, perPage, (page - 1) * perPage],
  );
  return {
    items: rows.map(({ total: _total, ...row }) => ({
      ...row,
      keptUntil: new Date(row.deletedAt.getTime() + KEPT_HOURS * 3_600_000),
    })),
    total: rows[0]?.total ?? 0,
  };
}

/** What was kept long enough on a platform and in its stores. */
export const forgetStatement = (owner: MediaOwner): string => `
DELETE FROM cms_${owner}_deleted_media WHERE platform_id = $1 AND deleted_at <= $2
RETURNING ${owner === 'store' ? 'store_id' : 'NULL'} AS "storeId", medium_id AS id, content->>'sha256' AS sha256, content->'variants' AS variants`;
