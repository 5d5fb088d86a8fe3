import { PlatformModel } from '@wizamart/core';
import type { PageTemplate, PlatformPageKind, Placement } from '../types.js';
import type { PageRow } from './PageRow.js';

/** A page that a platform writes: a marketing page, or what its stores show until they have their own. */
export class PlatformPage extends PlatformModel implements PageRow {
  static override tableName = 'cms_platform_page';
  declare id: string;
  declare kind: PlatformPageKind;
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
}
