import { LANGUAGES, z } from '@wizamart/core';
import { SUPPLY_KINDS, TAX_CLASSES } from '../vat/types.js';
import { INVOICE_STATUSES } from './models/InvoiceRow.js';
import { addressInput, vatIdInput } from './sellers/sellerInput.js';
import { UNIT_CODES } from './unitCodes.js';

const MINOR_MAX = 100_000_000_000;
const minor = z.int().min(0).max(MINOR_MAX);
const day = z.iso.date('Use a day such as 2026-03-31.');

const buyerInput = z.object({
  name: z.string().trim().min(1, 'This is needed.').max(160),
  address: addressInput,
  isBusiness: z.boolean().default(false),
  vatId: vatIdInput,
  email: z.email('This is not an e-mail address.').max(254).nullable().default(null),
});

const lineInput = z.object({
  description: z.string().trim().min(1, 'This is needed.').max(500),
  quantity: z
    .string()
    .regex(/^-?\d{1,9}(\.\d{1,6})?$/, 'Use a number such as 1 or 1.5.')
    .refine((quantity) => !/^-?0+(\.0+)?$/.test(quantity), 'This must not be 0.')
    .default('1'),
  unit: z
    .string()
    .refine((code) => UNIT_CODES.has(code), 'Use a unit code such as C62 (one), HUR (hour) or KGM.')
    .default('C62'),
  unitPriceMinor: minor,
  discountMinor: minor.default(0),
  taxClass: z.enum(TAX_CLASSES).default('standard'),
});

/** A draft, whole: what is left out goes back to its default. */
export const draftInput = z
  .object({
    buyer: buyerInput,
    supply: z.enum(SUPPLY_KINDS),
    supplyOn: day,
    dueOn: day.nullable().default(null),
    language: z.enum(LANGUAGES),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'Use a currency code such as EUR.')
      .default('EUR'),
    exchangeRate: z
      .string()
      .regex(/^\d{1,6}(\.\d{1,6})?$/, 'Use a number such as 0.92.')
      .nullable()
      .default(null),
    priceMode: z.enum(['net', 'gross']).default('net'),
    allowanceMinor: minor.default(0),
    allowanceReason: z.string().trim().max(200).nullable().default(null),
    reference: z.string().trim().min(1).max(120).nullable().default(null),
    note: z.string().trim().max(2_000).default(''),
    lines: z.array(lineInput).min(1, 'At least one line is needed.').max(200),
  })
  .refine(({ currency, exchangeRate }) => (currency === 'EUR') === (exchangeRate === null), {
    path: ['exchangeRate'],
    message: 'For currencies other than EUR, say how many euros one unit is worth.',
  })
  .refine(({ allowanceMinor, allowanceReason }) => allowanceMinor === 0 || Boolean(allowanceReason), {
    path: ['allowanceReason'],
    message: 'Say what the allowance is for.',
  });
export type DraftInput = z.input<typeof draftInput>;
export type Draft = z.output<typeof draftInput>;

export const listInput = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(20),
  q: z.string().trim().max(200).default(''),
  status: z.enum(INVOICE_STATUSES).optional(),
  kind: z.enum(['invoice', 'credit_note']).optional(),
  from: day.optional(),
  to: day.optional(),
  sort: z
    .enum(['-createdAt', 'createdAt', '-number', 'number', '-grossMinor', 'grossMinor'])
    .default('-createdAt'),
});
export type ListInput = z.output<typeof listInput>;

/** What a credit takes back; without lines, all that is left. */
export const creditInput = z.object({
  reason: z.string().trim().min(1, 'This is needed.').max(500),
  lines: z
    .array(
      z.object({
        line: z.int().min(1).max(200),
        /** In the price mode of the invoice. */
        amountMinor: z.int().min(1).max(MINOR_MAX),
      }),
    )
    .min(1)
    .max(200)
    .refine((lines) => new Set(lines.map(({ line }) => line)).size === lines.length, 'Name each line once.')
    .optional(),
});
export type CreditInput = z.output<typeof creditInput>;
