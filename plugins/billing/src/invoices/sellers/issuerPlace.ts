import { TenantMissing, type TenantContext } from '@wizamart/core';
import type { Issuer } from '../models/InvoiceRow.js';

/** Where what one kind of seller keeps is: tables that differ in nothing but their owner. */
export interface IssuerPlace {
  readonly issuer: Issuer;
  readonly sellers: string;
  readonly counters: string;
  readonly totals: string;
  readonly logos: string;
  /** Column that leads the keys of those tables. */
  readonly ownerColumn: 'merchant_id' | 'platform_id';
  ownerId(ctx: TenantContext): string;
  /** Of invoices and decisions: the platform of the provider's. */
  platformId(ctx: TenantContext): string | null;
}

const PLACES: Readonly<Record<Issuer, IssuerPlace>> = {
  merchant: {
    issuer: 'merchant',
    sellers: 'billing_merchant_seller',
    counters: 'billing_number_counter',
    totals: 'billing_cross_border_total',
    logos: 'billing_merchant_logo',
    ownerColumn: 'merchant_id',
    ownerId: (ctx) => {
      if (!ctx.merchant) throw new TenantMissing({ needed: 'merchant', where: 'Invoices' });
      return ctx.merchant.id;
    },
    platformId: () => null,
  },
  provider: {
    issuer: 'provider',
    sellers: 'billing_provider_seller',
    counters: 'billing_provider_counter',
    totals: 'billing_provider_cross_border',
    logos: 'billing_provider_logo',
    ownerColumn: 'platform_id',
    ownerId: (ctx) => ctx.platform.id,
    platformId: (ctx) => ctx.platform.id,
  },
};

export const placeOf = (issuer: Issuer): IssuerPlace => PLACES[issuer];
