import { type Language, MerchantModel } from '@wizamart/core';
import type { Mention, SupplyKind, TaxClass, Treatment } from '../../vat/types.js';
import type { PriceMode, VatGroup } from '../sums.js';

export const INVOICE_STATUSES = ['draft', 'finalised', 'paid', 'void'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];
export type Issuer = 'merchant' | 'provider';
export type InvoiceKind = 'invoice' | 'credit_note';

export interface PostalAddress {
  readonly line1: string;
  readonly line2: string;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1, or XI. */
  readonly country: string;
}

/** The seller as an invoice says. */
export interface InvoiceSeller {
  readonly legalName: string;
  readonly address: PostalAddress;
  readonly vatId: string | null;
  /** National tax number. */
  readonly taxNumber: string | null;
  /** Trade register, e.g. `B123456`. */
  readonly registration: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly bank: { readonly name: string | null; readonly iban: string; readonly bic: string | null } | null;
  /** Below the sums and at the foot of the page, in the language of the document. */
  readonly terms: string;
  readonly footer: string;
}

export interface InvoiceBuyer {
  readonly name: string;
  readonly address: PostalAddress;
  readonly isBusiness: boolean;
  readonly vatId: string | null;
  readonly email: string | null;
}

export interface InvoiceLine {
  readonly description: string;
  /** Decimal; below 0 in what takes back. */
  readonly quantity: string;
  /** UN/ECE Recommendation 20, e.g. C62 (one). */
  readonly unit: string;
  /** For one, in the price mode. */
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly taxClass: TaxClass;
  readonly category: string;
  readonly percent: string;
  /** In the price mode. */
  readonly amountMinor: number;
  readonly netMinor: number;
  /** Credit notes: position of the line of the invoice that is taken back, from 1. */
  readonly creditsLine?: number;
}

/** An invoice or credit note; amounts of credit notes are positive too. */
export class InvoiceRow extends MerchantModel {
  static override tableName = 'billing_invoice';
  static override get jsonAttributes(): string[] {
    return ['seller', 'buyer', 'lines', 'vatGroups', 'mentions'];
  }
  declare id: string;
  declare platformId: string | null;
  declare issuer: Issuer;
  declare kind: InvoiceKind;
  declare status: InvoiceStatus;
  declare revision: number;
  declare series: string | null;
  declare year: number | null;
  declare number: number | null;
  declare numberText: string | null;
  declare issuedOn: string | null;
  declare supplyOn: string;
  declare dueOn: string | null;
  declare supply: SupplyKind;
  declare language: Language;
  declare currency: string;
  declare exchangeRate: string | null;
  declare priceMode: PriceMode;
  declare seller: InvoiceSeller;
  declare buyer: InvoiceBuyer;
  declare lines: InvoiceLine[];
  declare vatGroups: VatGroup[];
  declare allowanceMinor: number;
  declare allowanceReason: string | null;
  declare lineNetMinor: number;
  declare netMinor: number;
  declare vatMinor: number;
  declare grossMinor: number;
  declare treatment: Treatment;
  declare mentions: Mention[];
  declare exemptionCode: string | null;
  declare decisionId: string | null;
  declare reference: string | null;
  declare creditsId: string | null;
  declare note: string;
  declare logoSha256: string | null;
  declare finaliseAskedAt: Date | null;
  declare waitsFor: 'vies' | null;
  declare finalisedAt: Date | null;
  declare paidAt: Date | null;
  declare createdBy: string | null;
  declare createdAt: Date;
  declare updatedAt: Date;
}
