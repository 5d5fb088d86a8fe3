import { PlatformModel, StoreModel } from '@wizamart/core';
import type { MenuItem, MenuPlace } from './types.js';

/** A menu that somebody edited. */
export interface MenuRow {
  place: MenuPlace;
  items: readonly MenuItem[];
  updatedAt: Date;
  updatedBy: string | null;
}

/** A menu of a platform's own site. */
export class PlatformMenu extends PlatformModel implements MenuRow {
  static override tableName = 'cms_platform_menu';
  static override idColumn = ['place'];
  static override jsonAttributes = ['items'];
  declare place: MenuPlace;
  declare items: readonly MenuItem[];
  declare updatedAt: Date;
  declare updatedBy: string | null;
}

/** A menu of a store's site on one of its platforms. */
export class StoreMenu extends StoreModel implements MenuRow {
  static override tableName = 'cms_store_menu';
  static override idColumn = ['platformId', 'place'];
  static override jsonAttributes = ['items'];
  declare platformId: string;
  declare place: MenuPlace;
  declare items: readonly MenuItem[];
  declare updatedAt: Date;
  declare updatedBy: string | null;
}
