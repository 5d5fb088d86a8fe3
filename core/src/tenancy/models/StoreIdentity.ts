import { StoreModel } from '../../database/models/StoreModel.js';

/** Who a store is at an outside marketplace. */
export class StoreIdentity extends StoreModel {
  static override tableName = 'core_store_external_identity';
  static override get jsonAttributes(): string[] {
    return ['proof'];
  }
  declare id: string;
  /** Code of the marketplace, such as letzshop. */
  declare provider: string;
  declare externalId: string;
  declare slug: string | null;
  declare name: string | null;
  declare claimedAt: Date;
  declare proof: Readonly<Record<string, unknown>> | null;
}
