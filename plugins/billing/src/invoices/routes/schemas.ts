import { LANGUAGES, z } from '@wizamart/core';
import { SUPPLY_KINDS, TAX_CLASSES, TREATMENTS } from '../../vat/types.js';
import { INVOICE_STATUSES, type InvoiceRow } from '../models/InvoiceRow.js';

export const EXAMPLE_ID = '019c0000-0000-7000-8000-000000000001';

const money = z.object({ amountMinor: z.int(), currency: z.string() });
const instant = z.iso.datetime().nullable();
const day = z.iso.date().nullable();

export const invoiceSummary = z.object({
  id: z.uuid(),
  kind: z.enum(['invoice', 'credit_note']),
  status: z.enum(INVOICE_STATUSES),
  number: z.string().nullable(),
  buyerName: z.string(),
  issuedOn: day,
  supplyOn: z.iso.date(),
  dueOn: day,
  net: money,
  vat: money,
  gross: money,
  treatment: z.enum(TREATMENTS),
  reference: z.string().nullable(),
  creditsId: z.uuid().nullable(),
  waitsFor: z.literal('vies').nullable(),
  finalisedAt: instant,
  paidAt: instant,
  createdAt: z.iso.datetime(),
});

const line = z.object({
  description: z.string(),
  quantity: z.string(),
  unit: z.string(),
  unitPriceMinor: z.int(),
  discountMinor: z.int(),
  taxClass: z.enum(TAX_CLASSES),
  category: z.string(),
  percent: z.string(),
  amountMinor: z.int(),
  netMinor: z.int(),
  creditsLine: z.int().optional(),
});

const group = z.object({
  category: z.string(),
  percent: z.string(),
  amountMinor: z.int(),
  allowanceNetMinor: z.int(),
  netMinor: z.int(),
  vatMinor: z.int(),
});

export const invoiceDetail = invoiceSummary.extend({
  supply: z.enum(SUPPLY_KINDS),
  language: z.enum(LANGUAGES),
  exchangeRate: z.string().nullable(),
  priceMode: z.enum(['net', 'gross']),
  seller: z.record(z.string(), z.unknown()),
  buyer: z.record(z.string(), z.unknown()),
  lines: z.array(line),
  vatGroups: z.array(group),
  allowanceMinor: z.int(),
  allowanceReason: z.string().nullable(),
  mentions: z.array(z.string()),
  note: z.string(),
});

export const listOf = (item: z.ZodType) =>
  z.object({ items: z.array(item), total: z.int(), page: z.int(), perPage: z.int() });

/** An invoice as the API shows it in lists. */
export function summaryOf(row: InvoiceRow) {
  const { id, kind, status, issuedOn, supplyOn, dueOn, currency, treatment, reference, creditsId, waitsFor } =
    row;
  const { finalisedAt, paidAt, createdAt } = row;
  const of = (amountMinor: number) => ({ amountMinor, currency });
  return {
    ...{
      id,
      kind,
      status,
      issuedOn,
      supplyOn,
      dueOn,
      treatment,
      reference,
      creditsId,
      waitsFor,
      finalisedAt,
      paidAt,
      createdAt,
    },
    number: row.numberText,
    buyerName: row.buyer.name,
    net: of(row.netMinor),
    vat: of(row.vatMinor),
    gross: of(row.grossMinor),
  };
}

/** An invoice as the API shows it by itself. */
export function detailOf(row: InvoiceRow) {
  const { supply, language, exchangeRate, priceMode, seller, buyer, lines, vatGroups } = row;
  const { allowanceMinor, allowanceReason, mentions, note } = row;
  return {
    ...summaryOf(row),
    ...{ supply, language, exchangeRate, priceMode, seller, buyer, lines, vatGroups },
    ...{ allowanceMinor, allowanceReason, mentions, note },
  };
}
