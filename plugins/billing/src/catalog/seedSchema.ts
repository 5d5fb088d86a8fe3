import { minorDigits, z } from '@wizamart/core';
import { textsSchema } from './texts/textsSchema.js';

const minor = z.int().min(0).max(100_000_000);
const code = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'Use lower-case letters, digits, dashes and underscores.');
const snake = z.string().regex(/^[a-z][a-z0-9_]{1,79}$/);

/** An ISO 4217 code of a currency that has minor units. */
const currencySchema = z.string().superRefine((currency, check) => {
  try {
    minorDigits(currency);
  } catch (error) {
    check.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

/** What a tier costs, and where it stands; net. */
export const pricesSchema = z.object({
  currency: currencySchema,
  monthlyMinor: minor.nullable(),
  yearlyMinor: minor.nullable(),
  isPublic: z.boolean().default(true),
  position: z.int().min(0).max(10_000).optional(),
});
export type PricesInput = z.input<typeof pricesSchema>;

export const addOnSchema = pricesSchema.extend({
  code,
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().max(300).default(''),
  features: z.array(snake).max(100).default([]),
  /** What each piece adds to the tier's limits. */
  limits: z.record(snake, z.int().min(1).max(1_000_000_000_000)).default({}),
  maxQuantity: z.int().min(1).max(1_000).default(1),
});
export type AddOnInput = z.input<typeof addOnSchema>;

/** What a host brings under `seeds.billing`. */
export const seedSchema = z.strictObject({
  currency: currencySchema,
  tiers: z.record(
    code,
    z.strictObject({
      monthlyMinor: minor.nullable(),
      yearlyMinor: minor.nullable(),
      isPublic: z.boolean().optional(),
      /** What it is called, by language; left out: as the tier. */
      texts: textsSchema.default({}),
    }),
  ),
  addOns: z
    .array(
      addOnSchema
        .omit({ currency: true, position: true })
        .extend({ texts: textsSchema.default({}) })
        .strict(),
    )
    .default([]),
});
/** Prices to seed, for hosts: `seeds: { billing: prices satisfies BillingSeed }`. */
export type BillingSeed = z.input<typeof seedSchema>;
