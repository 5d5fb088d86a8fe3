import type { InTransaction } from '@wizamart/core';
import { PlatformPageRevision } from '../models/PlatformPageRevision.js';
import { StorePageRevision } from '../models/StorePageRevision.js';
import type { RevisionRow } from './RevisionRow.js';

/** What a version's line says when its texts are written. */
export type WrittenRevision = Omit<RevisionRow, 'publishedAt'>;

/** The versions of one kind of page within the tenant. */
export interface RevisionTable {
  /** Newest first. */
  list(ctx: InTransaction, pageId: string, offset: number, limit: number): Promise<readonly RevisionRow[]>;
  count(ctx: InTransaction, pageId: string): Promise<number>;
  /** Newest first. */
  numbers(ctx: InTransaction, pageId: string, limit: number): Promise<readonly number[]>;
  find(ctx: InTransaction, pageId: string, version: number): Promise<RevisionRow | undefined>;
  /** The highest version there is; 0 without any. */
  newest(ctx: InTransaction, pageId: string): Promise<number>;
  /** Adds a version, or says who changed it last. */
  write(ctx: InTransaction, revision: WrittenRevision): Promise<void>;
  markPublished(ctx: InTransaction, pageId: string, version: number, at: Date): Promise<void>;
}

const platformRows = (ctx: InTransaction) => PlatformPageRevision.in(ctx);
type Rows = ReturnType<typeof platformRows>;

/** Of marketing pages and store defaults. */
export const platformRevisions = revisionTable(
  platformRows,
  async (ctx, row) => void (await PlatformPageRevision.in(ctx).insert(row)),
);

/** Of the own pages of the store of `ctx` on the platform of `ctx`. */
export const storeRevisions = revisionTable(
  // The two tables differ in nothing but their tenant.
  (ctx) => StorePageRevision.in(ctx).where({ platformId: ctx.platform.id }) as unknown as Rows,
  async (ctx, row) => void (await StorePageRevision.in(ctx).insert({ ...row, platformId: ctx.platform.id })),
);

function revisionTable(
  rows: (ctx: InTransaction) => Rows,
  insert: (ctx: InTransaction, row: RevisionRow) => Promise<void>,
): RevisionTable {
  return {
    list: async (ctx, pageId, offset, limit) =>
      rows(ctx).where({ pageId }).orderBy('version', 'desc').offset(offset).limit(limit),
    count: async (ctx, pageId) => rows(ctx).where({ pageId }).resultSize(),
    numbers: async (ctx, pageId, limit) =>
      (await rows(ctx).where({ pageId }).select('version').orderBy('version', 'desc').limit(limit)).map(
        ({ version }) => version,
      ),
    find: async (ctx, pageId, version) => rows(ctx).findOne({ pageId, version }),
    newest: async (ctx, pageId) =>
      (await rows(ctx).where({ pageId }).orderBy('version', 'desc').first())?.version ?? 0,
    write: async (ctx, { pageId, version, ...said }) => {
      const { updatedAt, updatedBy, updatedByName } = said;
      const known = await rows(ctx).where({ pageId, version }).patch({ updatedAt, updatedBy, updatedByName });
      if (known > 0) return;
      await insert(ctx, { pageId, version, ...said, publishedAt: null });
    },
    markPublished: async (ctx, pageId, version, publishedAt) =>
      void (await rows(ctx).where({ pageId, version }).whereNull('publishedAt').patch({ publishedAt })),
  };
}
