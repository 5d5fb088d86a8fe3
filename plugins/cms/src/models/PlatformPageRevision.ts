import { PlatformModel } from '@wizamart/core';
import type { RevisionOrigin, RevisionRow } from '../revisions/RevisionRow.js';

/** Who wrote a version of a platform's page. */
export class PlatformPageRevision extends PlatformModel implements RevisionRow {
  static override tableName = 'cms_platform_page_revision';
  static override idColumn = ['pageId', 'version'];
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
