import type { InTransaction } from '../InTransaction.js';
import { scopedQuery, TenantModel, type TenantModelClass } from './TenantModel.js';
import type { TenantColumn } from './tenantColumns.js';
import type { TenantQuery } from './TenantQuery.js';

/** A row of one store. */
export abstract class StoreModel extends TenantModel {
  static override readonly tenantColumns: readonly TenantColumn[] = ['merchantId', 'storeId'];
  declare merchantId: string;
  declare storeId: string;

  /**
   * A query over the rows of all stores of the context's merchant, for its owners.
   *
   * In a context that has a store, row-level security still shows only that store's rows. Inserts name `storeId`.
   */
  static inMerchant<M extends StoreModel>(this: TenantModelClass<M>, ctx: InTransaction): TenantQuery<M> {
    return scopedQuery(this, ctx, ['merchantId']);
  }
}
