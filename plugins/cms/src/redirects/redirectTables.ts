import { type InTransaction, uuidv7 } from '@wizamart/core';
import { PlatformRedirect } from '../models/PlatformRedirect.js';
import { StoreRedirect } from '../models/StoreRedirect.js';
import type { JournalKind } from '../services/PageJournal.js';
import type { RedirectEdges } from './redirectGraph.js';
import type { RedirectRow } from './RedirectRow.js';

export type RedirectDetails = Pick<RedirectRow, 'status' | 'isAutomatic'>;

/** The redirects of one owner within the tenant of `ctx`. */
export interface RedirectTable extends RedirectEdges<RedirectDetails> {
  /** Makes other changes of the same owner wait until the transaction ends: two at once could make a circle. */
  lock(): Promise<void>;
  bySource(source: string): Promise<RedirectRow | undefined>;
  /** By source. @param pattern of LIKE for source or target; null for all */
  list(pattern: string | null, offset: number, limit: number): Promise<readonly RedirectRow[]>;
  count(pattern: string | null): Promise<number>;
  find(id: string): Promise<RedirectRow | undefined>;
}

const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';

const platformRows = (ctx: InTransaction, kind: 'platform' | 'default') =>
  PlatformRedirect.in(ctx).where({ kind });
type Rows = ReturnType<typeof platformRows>;

/** Redirects on the platform's own site (`platform`), on those of its stores (`default`), or on one store's (`store`). */
export function redirectTable(ctx: InTransaction, kind: JournalKind): RedirectTable {
  if (kind === 'store') {
    const here = { platformId: ctx.platform.id };
    return tableOf(ctx, [ctx.platform.id, ctx.store?.id ?? ''], {
      // The two tables differ in nothing but their tenant.
      rows: () => StoreRedirect.in(ctx).where(here) as unknown as Rows,
      insert: async (row) => void (await StoreRedirect.in(ctx).insert({ ...row, ...here })),
    });
  }
  return tableOf(ctx, [ctx.platform.id, kind], {
    rows: () => platformRows(ctx, kind),
    insert: async (row) => void (await PlatformRedirect.in(ctx).insert({ ...row, kind })),
  });
}

function tableOf(
  ctx: InTransaction,
  owner: readonly string[],
  { rows, insert }: { readonly rows: () => Rows; readonly insert: (row: RedirectRow) => Promise<void> },
): RedirectTable {
  const matching = (pattern: string | null): Rows =>
    pattern === null
      ? rows()
      : rows().where((either) => either.whereILike('source', pattern).orWhereILike('target', pattern));
  return {
    lock: async () => void (await ctx.tx.query(LOCK, [`cms redirects ${owner.join(' ')}`])),
    targetOf: async (source) => (await rows().findOne({ source }))?.target,
    bySource: async (source) => rows().findOne({ source }),
    find: async (id) => rows().findOne({ id }),
    list: async (pattern, offset, limit) => matching(pattern).orderBy('source').offset(offset).limit(limit),
    count: async (pattern) => matching(pattern).resultSize(),
    remove: async (source) => void (await rows().where({ source }).delete()),
    retarget: async (target, instead) => void (await rows().where({ target }).patch({ target: instead })),
    put: async (source, target, details) => {
      await rows().where({ source }).delete();
      await insert({
        id: uuidv7(ctx.now),
        source,
        target,
        ...details,
        createdAt: ctx.now,
        createdBy: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
      });
    },
  };
}
