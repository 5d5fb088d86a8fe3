import { MerchantModel } from '@wizamart/core';
import type { VatDecision, VatQuestion } from '../../vat/types.js';
import type { ViesAnswer } from '../../vat/vies/viesCodes.js';

/** Why an invoice has the VAT it has. */
export class VatDecisionRow extends MerchantModel {
  static override tableName = 'billing_vat_decision';
  static override get jsonAttributes(): string[] {
    return ['question', 'decision', 'vies'];
  }
  declare id: string;
  declare platformId: string | null;
  declare invoiceId: string;
  declare question: VatQuestion;
  declare decision: VatDecision;
  declare rule: string;
  declare rateVersion: string;
  declare vies: ViesAnswer | null;
  declare decidedAt: Date;
}
