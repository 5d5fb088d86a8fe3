import type { InTransaction } from '@wizamart/core';
import { type MenuRow, PlatformMenu, StoreMenu } from './MenuRow.js';
import type { MenuPlace } from './types.js';

/** The edited menus of the site of a context: of the store where it has one, else of the platform. */
export interface MenuTables {
  all(ctx: InTransaction): Promise<readonly MenuRow[]>;
  /** As `all`, of one place; nobody else changes it until the transaction ends. */
  lock(ctx: InTransaction, place: MenuPlace): Promise<MenuRow | undefined>;
  put(ctx: InTransaction, row: MenuRow, isNew: boolean): Promise<void>;
  remove(ctx: InTransaction, place: MenuPlace): Promise<void>;
}

const platformMenus: MenuTables = {
  all: async (ctx) => PlatformMenu.in(ctx),
  lock: async (ctx, place) => PlatformMenu.in(ctx).findOne({ place }).forUpdate(),
  put: async (ctx, row, isNew) => {
    if (isNew) await PlatformMenu.in(ctx).insert({ ...row });
    else
      await PlatformMenu.in(ctx)
        .where({ place: row.place })
        .patch({ ...row });
  },
  remove: async (ctx, place) => void (await PlatformMenu.in(ctx).where({ place }).delete()),
};

const here = (ctx: InTransaction): { platformId: string } => ({ platformId: ctx.platform.id });

const storeMenus: MenuTables = {
  all: async (ctx) => StoreMenu.in(ctx).where(here(ctx)),
  lock: async (ctx, place) =>
    StoreMenu.in(ctx)
      .findOne({ ...here(ctx), place })
      .forUpdate(),
  put: async (ctx, row, isNew) => {
    if (isNew) await StoreMenu.in(ctx).insert({ ...row, ...here(ctx) });
    else
      await StoreMenu.in(ctx)
        .where({ ...here(ctx), place: row.place })
        .patch({ ...row });
  },
  remove: async (ctx, place) =>
    void (await StoreMenu.in(ctx)
      .where({ ...here(ctx), place })
      .delete()),
};

export const menuTables = (ctx: { readonly store: object | null }): MenuTables =>
  ctx.store ? storeMenus : platformMenus;
