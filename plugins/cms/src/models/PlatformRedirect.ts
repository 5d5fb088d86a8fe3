import { PlatformModel } from '@wizamart/core';
import type { RedirectRow, RedirectStatus } from '../redirects/RedirectRow.js';
import type { PlatformPageKind } from '../types.js';

/** An address of a platform's own site, or of the sites of all its stores, that leads elsewhere. */
export class PlatformRedirect extends PlatformModel implements RedirectRow {
  static override tableName = 'cms_platform_redirect';
  declare id: string;
  declare kind: PlatformPageKind;
  declare source: string;
  declare target: string;
  declare status: RedirectStatus;
  declare isAutomatic: boolean;
  declare createdAt: Date;
  declare createdBy: string | null;
}
