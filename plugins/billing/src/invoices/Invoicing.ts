import { defineService, type TenantContext } from '@wizamart/core';
import type { Credits } from './Credits.js';
import type { Finalising } from './Finalising.js';
import type { CreditInput, DraftInput } from './invoiceInput.js';
import type { Invoices } from './Invoices.js';
import type { InvoiceRow } from './models/InvoiceRow.js';
import type { SellerInput } from './sellers/sellerInput.js';
import type { Sellers } from './sellers/Sellers.js';

/** An invoice of a merchant, as other plugins see it. */
export type MerchantInvoice = Pick<
  InvoiceRow,
  | 'id'
  | 'kind'
  | 'status'
  | 'numberText'
  | 'issuedOn'
  | 'currency'
  | 'netMinor'
  | 'vatMinor'
  | 'grossMinor'
  | 'treatment'
  | 'reference'
  | 'waitsFor'
>;

/** Invoices of the merchant of the context, for other plugins. None of it inside a unit of work: VIES may be asked. */
export interface Invoicing {
  /** Saves the legal entity that sells. */
  setUp(ctx: TenantContext, seller: SellerInput): Promise<void>;
  /** Begins an invoice; `reference` names what it is for, once. */
  create(ctx: TenantContext, draft: DraftInput): Promise<MerchantInvoice>;
  /** Gives it its number; while VIES does not answer it stays a draft and waits. */
  finalise(ctx: TenantContext, id: string): Promise<MerchantInvoice>;
  /** Takes it back, in full or in part. */
  credit(ctx: TenantContext, id: string, credit: CreditInput): Promise<MerchantInvoice>;
  get(ctx: TenantContext, id: string): Promise<MerchantInvoice>;
}

export const InvoicingService = defineService<Invoicing>()('billing.invoicing', { major: 1 });

/** Makes, finalises and credits a merchant's invoices for other plugins. */
export class MerchantInvoicing implements Invoicing {
  constructor(
    private readonly deps: {
      readonly sellers: Sellers;
      readonly invoices: Invoices;
      readonly finalising: Finalising;
      readonly credits: Credits;
    },
  ) {}

  async setUp(ctx: TenantContext, seller: SellerInput): Promise<void> {
    await this.deps.sellers.save(ctx, 'merchant', seller);
  }

  create(ctx: TenantContext, draft: DraftInput): Promise<MerchantInvoice> {
    return this.deps.invoices.create(ctx, 'merchant', draft);
  }

  finalise(ctx: TenantContext, id: string): Promise<MerchantInvoice> {
    return this.deps.finalising.finalise(ctx, 'merchant', id);
  }

  credit(ctx: TenantContext, id: string, credit: CreditInput): Promise<MerchantInvoice> {
    return this.deps.credits.credit(ctx, 'merchant', id, credit);
  }

  get(ctx: TenantContext, id: string): Promise<MerchantInvoice> {
    return this.deps.invoices.get(ctx, 'merchant', id);
  }
}
