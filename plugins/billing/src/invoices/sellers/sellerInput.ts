import { z } from '@wizamart/core';
import { isMemberState } from '../../vat/data/memberStates.js';
import { isVatId, normaliseVatId } from '../../vat/vatId.js';
import { isCountry } from './countries.js';

const line = (max: number) => z.string().trim().max(max);
const needed = (max: number) => line(max).min(1, 'This is needed.');
const emptyAsNull = (value: string | null): string | null => (value === '' ? null : value);
const optional = (max: number) => line(max).nullable().default(null).transform(emptyAsNull);

const country = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isCountry, 'Use the two letters of a country, for example LU.');

export const addressInput = z.object({
  line1: needed(120),
  line2: line(120).default(''),
  postalCode: line(20).default(''),
  city: needed(80),
  country,
});

export const vatIdInput = z
  .string()
  .trim()
  .nullable()
  .default(null)
  .transform((typed) => (typed ? normaliseVatId(typed) : null))
  .refine((vatId) => vatId === null || isVatId(vatId), 'This is not a VAT identification number.');

const series = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{1,12}$/, 'Use up to 12 letters and digits, for example INV.');

/** ISO 13616: the remainder of the rearranged number by 97 is 1. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const digits = `${text.slice(4)}${text.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

const iban = z
  .string()
  .transform((typed) => typed.toUpperCase().replace(/\s/g, ''))
  .refine(isIban, 'This is not an IBAN.');

const bank = z
  .object({
    name: optional(80),
    iban,
    bic: optional(11).refine(
      (bic) => bic === null || /^[A-Z0-9]{8}([A-Z0-9]{3})?$/.test(bic),
      'This is not a BIC.',
    ),
  })
  .nullable()
  .default(null);

const perLanguage = z
  .object({
    en: line(2_000).default(''),
    fr: line(2_000).default(''),
    de: line(2_000).default(''),
    lb: line(2_000).default(''),
  })
  .prefault({});

const elsewhere = z.object({ year: z.int().min(2019).max(2100), netMinor: z.int().min(0).max(1e12) });

/** What a seller is: as settings are sent, and as they are kept. */
export const sellerInput = z
  .object({
    legalName: needed(160),
    address: addressInput.refine(({ country: code }) => isMemberState(code), {
      path: ['country'],
      message: 'Invoices are for sellers in a member state of the EU.',
    }),
    vatId: vatIdInput,
    taxNumber: optional(40),
    registration: optional(40),
    email: z.email('This is not an e-mail address.').max(254),
    phone: optional(40),
    bank,
    series: series.default('INV'),
    creditSeries: series.default('CN'),
    /** Days from issue to the day by which it is to be paid. */
    paymentDays: z.int().min(0).max(365).default(30),
    hasOssOptIn: z.boolean().default(false),
    isSmallBusiness: z.boolean().default(false),
    terms: perLanguage,
    footer: perLanguage,
    /** Distance sales to consumers in other member states that were not invoiced here, by year. */
    crossBorderElsewhere: z.array(elsewhere).max(10).default([]),
  })
  .refine(({ series: a, creditSeries: b }) => a !== b, {
    path: ['creditSeries'],
    message: 'Credit notes need a series of their own.',
  })
  .refine(({ vatId, taxNumber }) => vatId !== null || taxNumber !== null, {
    path: ['vatId'],
    message: 'A VAT id or a tax number is needed.',
  });

export type SellerInput = z.input<typeof sellerInput>;
export type Seller = z.output<typeof sellerInput>;
