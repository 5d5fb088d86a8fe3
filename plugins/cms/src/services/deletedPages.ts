import type { InTransaction } from '@wizamart/core';
import type { JournalKind } from './PageJournal.js';

/** Long enough to undo, short enough to be gone when somebody asks for it to be gone. */
const KEPT = "interval '1 day'";

interface Tables {
  readonly pages: string;
  readonly kept: string;
  /** Columns that say whose a row is, with the values of the context. */
  readonly owner: readonly string[];
  readonly values: readonly unknown[];
}

function tablesOf({ store, platform }: InTransaction, kind: JournalKind): Tables {
  if (kind === 'store')
    return {
      pages: 'cms_store_page',
      kept: 'cms_store_deleted_page',
      owner: ['merchant_id', 'store_id', 'platform_id'],
      values: [store?.merchantId, store?.id, platform.id],
    };
  return {
    pages: 'cms_platform_page',
    kept: 'cms_platform_deleted_page',
    owner: ['platform_id', 'kind'],
    values: [platform.id, kind],
  };
}

const ownedBy = (owner: readonly string[], table: string): string =>
  owner.map((column, index) => `${table}.${column} = $${index + 2}`).join(' AND ');

/** Keeps a page with all its versions before it is deleted; what was kept for a day is forgotten. */
export async function keepDeleted(ctx: InTransaction, kind: JournalKind, id: string): Promise<void> {
  const { pages, kept, owner, values } = tablesOf(ctx, kind);
  const rows = (table: string): string =>
    `(SELECT jsonb_agg(to_jsonb(x)) FROM ${pages}_${table} x WHERE x.page_id = p.id AND x.platform_id = p.platform_id)`;
  const now = `$${values.length + 2}`;
  await ctx.tx.query(
    {
      name: `cms_forget_${kept}`,
      text: `DELETE FROM ${kept} k WHERE ${ownedBy(owner, 'k')} AND (k.page_id = $1 OR k.deleted_at < ${now}::timestamptz - ${KEPT})`,
    },
    [id, ...values, ctx.now],
  );
  await ctx.tx.query(
    {
      name: `cms_keep_${kept}`,
      text: `
INSERT INTO ${kept} (${owner.join(', ')}, page_id, slug, was_live, content, deleted_at)
SELECT ${owner.map((column) => `p.${column}`).join(', ')}, p.id, p.slug, p.live_version IS NOT NULL,
  jsonb_build_object('page', to_jsonb(p), 'translations', ${rows('translation')}, 'revisions', ${rows('revision')}), ${now}
FROM ${pages} p WHERE p.id = $1 AND ${ownedBy(owner, 'p')}`,
    },
    [id, ...values, ctx.now],
  );
}

/** What can be brought back under this id; nobody else does it until the transaction ends. */
export async function keptPage(
  ctx: InTransaction,
  kind: JournalKind,
  id: string,
): Promise<{ readonly slug: string; readonly wasLive: boolean } | undefined> {
  const { kept, owner, values } = tablesOf(ctx, kind);
  const [row] = await ctx.tx.query<{ slug: string; wasLive: boolean }>(
    {
      name: `cms_find_${kept}`,
      text: `SELECT k.slug, k.was_live AS "wasLive" FROM ${kept} k WHERE k.page_id = $1 AND ${ownedBy(owner, 'k')} FOR UPDATE`,
    },
    [id, ...values],
  );
  return row;
}

/** Puts a page back as it was, with all its versions. */
export async function putBack(ctx: InTransaction, kind: JournalKind, id: string): Promise<void> {
  const { pages, kept, owner, values } = tablesOf(ctx, kind);
  const from = `FROM ${kept} k, `;
  const where = `WHERE k.page_id = $1 AND ${ownedBy(owner, 'k')}`;
  const parts = [
    [pages, `SELECT r.* ${from} jsonb_populate_record(NULL::${pages}, k.content->'page') r ${where}`],
    ...(['revision', 'translation'] as const).map(
      (part) =>
        [
          `${pages}_${part}`,
          `SELECT r.* ${from} jsonb_populate_recordset(NULL::${pages}_${part}, k.content->'${part}s') r ${where}`,
        ] as const,
    ),
  ] as const;
  for (const [table, found] of parts)
    await ctx.tx.query({ name: `cms_put_back_${table}`, text: `INSERT INTO ${table} ${found}` }, [
      id,
      ...values,
    ]);
  await ctx.tx.query({ name: `cms_kept_no_more_${kept}`, text: `DELETE FROM ${kept} k ${where}` }, [
    id,
    ...values,
  ]);
}
