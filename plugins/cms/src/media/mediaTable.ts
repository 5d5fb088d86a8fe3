import type { InTransaction } from '@wizamart/core';
import type { MediumRow } from './models/MediumRow.js';
import { PlatformMedium } from './models/PlatformMedium.js';
import { StoreMedium } from './models/StoreMedium.js';
import type { MediaOwner } from './types.js';

/** The table of a context's own media: lets both libraries share their services. */
export interface MediaTable {
  readonly owner: MediaOwner;
  find(ctx: InTransaction, id: string): Promise<MediumRow | undefined>;
  /** As `find`, and nobody else changes the row until the transaction ends. */
  lock(ctx: InTransaction, id: string): Promise<MediumRow | undefined>;
  insert(ctx: InTransaction, row: MediumRow): Promise<void>;
  patch(ctx: InTransaction, id: string, changes: Partial<MediumRow>): Promise<void>;
}

const platformTable: MediaTable = {
  owner: 'platform',
  find: async (ctx, id) => PlatformMedium.in(ctx).findOne({ id }),
  lock: async (ctx, id) => PlatformMedium.in(ctx).findOne({ id }).forUpdate(),
  insert: async (ctx, row) => void (await PlatformMedium.in(ctx).insert({ ...row })),
  patch: async (ctx, id, changes) => void (await PlatformMedium.in(ctx).where({ id }).patch(changes)),
};

const storeTable: MediaTable = {
  owner: 'store',
  find: async (ctx, id) => StoreMedium.in(ctx).findOne({ ...here(ctx), id }),
  lock: async (ctx, id) =>
    StoreMedium.in(ctx)
      .findOne({ ...here(ctx), id })
      .forUpdate(),
  insert: async (ctx, row) => void (await StoreMedium.in(ctx).insert({ ...row, ...here(ctx) })),
  patch: async (ctx, id, changes) =>
    void (await StoreMedium.in(ctx)
      .where({ ...here(ctx), id })
      .patch(changes)),
};

/** The store's media where the context has a store, else the platform's. */
export const tableOf = (ctx: { readonly store: object | null }): MediaTable =>
  ctx.store ? storeTable : platformTable;

/** A store on two platforms has a library on each. */
const here = (ctx: InTransaction): { platformId: string } => ({ platformId: ctx.platform.id });
