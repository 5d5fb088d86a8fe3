import { StoreModel } from '../../database/models/StoreModel.js';

/** A store that is, or was, on a platform. */
export class StoreOnPlatform extends StoreModel {
  static override tableName = 'core_store_platform';
  static override idColumn = ['merchantId', 'storeId', 'platformId'];
  static override get jsonAttributes(): string[] {
    return ['settings'];
  }
  declare platformId: string;
  declare subdomain: string;
  declare isActive: boolean;
  declare isPrimary: boolean;
  declare settings: Record<string, unknown>;
  declare joinedAt: Date;
}
