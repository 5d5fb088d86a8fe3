import type { MerchantDetails, TenantContext } from '@wizamart/core';
import type { TaxExempt } from '../stripe/gatewayTypes.js';

/** How the provider's sale to a merchant is taxed. */
export interface ProviderTax {
  /** Decimal text such as `17`; null: no VAT is charged. */
  readonly ratePercent: string | null;
  /** Country of the rate. */
  readonly country: string;
  readonly taxExempt: TaxExempt;
}

/** Decides the VAT of subscriptions. */
export interface ProviderVat {
  ofSubscription(ctx: TenantContext, merchant: MerchantDetails): Promise<ProviderTax>;
}
