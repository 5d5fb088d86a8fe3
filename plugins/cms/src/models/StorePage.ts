import { StoreModel } from '@wizamart/core';
import type { PageTemplate, Placement } from '../types.js';
import type { PageRow } from './PageRow.js';

/** A page that a store wrote for one of its platforms. */
export class StorePage extends StoreModel implements PageRow {
  static override tableName = 'cms_store_page';
  declare platformId: string;
  declare id: string;
  declare slug: string;
  declare template: PageTemplate;
  declare placement: Placement;
  declare position: number;
  declare liveVersion: number | null;
  declare draftVersion: number | null;
  declare publishedAt: Date | null;
  declare publishAt: Date | null;
  declare unpublishAt: Date | null;
  declare previewSerial: number;
  declare createdAt: Date;
  declare createdBy: string | null;
  declare updatedAt: Date;
  declare updatedBy: string | null;
  /** Default page that an override was copied from; it may be gone since. */
  declare basedOnId: string | null;
  /** Version of that default that was copied. */
  declare basedOnVersion: number | null;
}
