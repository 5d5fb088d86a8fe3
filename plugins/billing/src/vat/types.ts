/** Names of the rates a country may have, from the highest to the lowest. */
export const TAX_CLASSES = ['standard', 'intermediate', 'reduced', 'reduced_low', 'super_reduced'] as const;
export type TaxClass = (typeof TAX_CLASSES)[number];

export const SUPPLY_KINDS = ['goods', 'services', 'e_services'] as const;
/** What is sold. `e_services`: telecommunications, broadcasting and services supplied electronically (Art. 58). */
export type SupplyKind = (typeof SUPPLY_KINDS)[number];

/** EN 16931 VAT category codes (UNCL 5305). */
export const VAT_CATEGORIES = ['S', 'AE', 'K', 'G', 'O', 'E'] as const;
export type VatCategory = (typeof VAT_CATEGORIES)[number];

export const TREATMENTS = [
  'domestic',
  'seller_rate',
  'oss',
  'reverse_charge',
  'intra_community',
  'export',
  'outside_scope',
  'small_business',
] as const;
export type Treatment = (typeof TREATMENTS)[number];

/** Sentences an invoice must carry; texts are `billing.vat.mention.…` in each language. */
export const MENTIONS = [
  'reverse_charge',
  'intra_community',
  'export',
  'outside_scope',
  'small_business',
  'oss',
] as const;
export type Mention = (typeof MENTIONS)[number];

/** How sure a buyer's VAT id is. `unknown`: VIES could not answer. */
export type VatIdStatus = 'valid' | 'invalid' | 'unknown' | 'none';

/** The seller, as far as VAT wants to know. */
export interface VatSeller {
  /** ISO 3166-1 of a member state. */
  readonly country: string;
  readonly postalCode: string;
  readonly vatId: string | null;
  /** Under the scheme for small enterprises (franchise): charges no VAT at all. */
  readonly isSmallBusiness: boolean;
  /** Taxes distance sales where they go from the first cent on. */
  readonly hasOssOptIn: boolean;
}

/** The buyer; for goods, where they go. */
export interface VatBuyer {
  /** ISO 3166-1, or XI for Northern Ireland. */
  readonly country: string;
  readonly postalCode: string;
  readonly isBusiness: boolean;
  readonly vatId: string | null;
  readonly vatIdStatus: VatIdStatus;
}

/** Distance sales and e-services to consumers in other member states, without VAT, in euro cents. */
export interface CrossBorderSales {
  readonly lastYearMinor: number;
  /** Before this sale. */
  readonly thisYearMinor: number;
  readonly thisSaleMinor: number;
}

export interface VatQuestion {
  readonly seller: VatSeller;
  readonly buyer: VatBuyer;
  readonly supply: SupplyKind;
  /** Day of supply, `yyyy-mm-dd`: its rates count. */
  readonly supplyOn: string;
  readonly crossBorder: CrossBorderSales;
}

/** The answer for a sale as a whole; the rate of each tax class comes from `rateCountry`. */
export interface VatDecision {
  readonly treatment: Treatment;
  readonly category: VatCategory;
  /** Zone whose rates are charged; null where no VAT is. */
  readonly rateZone: string | null;
  readonly mentions: readonly Mention[];
  /** EN 16931 exemption code (VATEX), where there is one. */
  readonly exemptionCode: string | null;
  /** Which rule decided, for evidence. */
  readonly rule: string;
  /** State of the tables of rates and territories. */
  readonly rateVersion: string;
  /** Whether the sale counts towards the threshold of 10,000 €. */
  readonly countsForThreshold: boolean;
  /** Set where VIES has to answer before the treatment is certain. */
  readonly waitsFor: 'vies' | null;
}
