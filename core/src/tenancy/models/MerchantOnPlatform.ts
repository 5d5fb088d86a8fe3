import { MerchantModel } from '../../database/models/MerchantModel.js';

/** A merchant that is a client of a platform. */
export class MerchantOnPlatform extends MerchantModel {
  static override tableName = 'core_merchant_platform';
  static override idColumn = ['merchantId', 'platformId'];
  declare platformId: string;
  declare tierCode: string | null;
  declare joinedAt: Date;
}
