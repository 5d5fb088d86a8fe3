import { StoreModel } from '@wizamart/core';
import type { RevisionOrigin, RevisionRow } from '../revisions/RevisionRow.js';

/** Who wrote a version of a store's page. */
export class StorePageRevision extends StoreModel implements RevisionRow {
  static override tableName = 'cms_store_page_revision';
  static override idColumn = ['platformId', 'pageId', 'version'];
  declare platformId: string;
  declare pageId: string;
  declare version: number;
  declare origin: RevisionOrigin;
  declare originVersion: number | null;
  declare createdAt: Date;
  declare createdBy: string | null;
  declare createdByName: string | null;
  declare updatedAt: Date;
  declare updatedBy: string | null;
  declare updatedByName: string | null;
  declare publishedAt: Date | null;
}
