import { MerchantModel } from '@wizamart/core';

/** One answer of VIES, for good: evidence of why no VAT was charged. */
export class ViesCheckRow extends MerchantModel {
  static override tableName = 'billing_vies_check';
  declare id: string;
  declare vatId: string;
  declare requesterVatId: string | null;
  declare status: 'valid' | 'invalid' | 'unavailable';
  declare code: string;
  declare consultationNumber: string | null;
  declare name: string | null;
  declare address: string | null;
  declare checkedAt: Date;
}
