import { StoreModel } from '@wizamart/core';
import type { RedirectRow, RedirectStatus } from '../redirects/RedirectRow.js';

/** An address of a store's site that leads elsewhere. */
export class StoreRedirect extends StoreModel implements RedirectRow {
  static override tableName = 'cms_store_redirect';
  declare platformId: string;
  declare id: string;
  declare source: string;
  declare target: string;
  declare status: RedirectStatus;
  declare isAutomatic: boolean;
  declare createdAt: Date;
  declare createdBy: string | null;
}
