import { TenantModel } from './TenantModel.js';
import type { TenantColumn } from './tenantColumns.js';

/** A row of a platform: its tenants may read it, its administrators write it. */
export abstract class PlatformModel extends TenantModel {
  static override readonly tenantColumns: readonly TenantColumn[] = ['platformId'];
  declare platformId: string;
}
