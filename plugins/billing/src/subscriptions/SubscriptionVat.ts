import type { MerchantDetails, TenantContext } from '@wizamart/core';
import type { ProviderInvoices } from '../invoices/ProviderInvoices.js';
import { ViesUnavailable } from '../vat/errors.js';
import type { ProviderTax, ProviderVat } from './ProviderVat.js';

/** Asks the VAT engine how the provider's sale to a merchant is taxed. */
export class SubscriptionVat implements ProviderVat {
  readonly #invoices: ProviderInvoices;

  constructor(deps: { readonly providerInvoices: ProviderInvoices }) {
    this.#invoices = deps.providerInvoices;
  }

  /** May ask VIES: not inside a unit of work. @throws {SellerNotSetUp} {@link ViesUnavailable} */
  async ofSubscription(ctx: TenantContext, merchant: MerchantDetails): Promise<ProviderTax> {
    const { ratePercent, country, treatment, waitsFor } = await this.#invoices.decideProviderVat(
      ctx,
      merchant,
    );
    if (waitsFor !== null) throw new ViesUnavailable({ code: waitsFor });
    const isCharged = ratePercent !== '0' && country !== null;
    return {
      ratePercent: isCharged ? ratePercent : null,
      country: country ?? '',
      taxExempt: treatment === 'reverse_charge' ? 'reverse' : isCharged ? 'none' : 'exempt',
    };
  }
}
