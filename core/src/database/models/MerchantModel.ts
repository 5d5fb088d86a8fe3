import { TenantModel } from './TenantModel.js';
import type { TenantColumn } from './tenantColumns.js';

/** A row of a merchant, for all its stores. */
export abstract class MerchantModel extends TenantModel {
  static override readonly tenantColumns: readonly TenantColumn[] = ['merchantId'];
  declare merchantId: string;
}
