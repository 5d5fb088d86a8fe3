import { z } from '@wizamart/core';
import { INTERVALS } from '../catalog/ProductVersion.js';
import { MEMBER_STATES } from '../vat/data/memberStates.js';

/** Countries whose businesses may sign up: the member states, and their neighbours whose sales need no VAT number here. */
export const COUNTRIES: readonly string[] = [...MEMBER_STATES, 'CH', 'GB', 'IS', 'LI', 'NO'].sort();

/** One line of text: what could end a line, or hide in one, is refused. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, 'Use one line of plain text.');

export const planInput = z.strictObject({ tier: z.string().min(1).max(50), interval: z.enum(INTERVALS) });

export const businessInput = z.strictObject({
  legalName: line(200).min(1, 'Enter the legal name.'),
  country: z.string().refine((code) => COUNTRIES.includes(code), 'Choose the country.'),
  line1: line(200).min(1, 'Enter street and number.'),
  line2: line(200).default(''),
  postalCode: line(20).min(1, 'Enter the postal code.'),
  city: line(100).min(1, 'Enter the city.'),
  vatId: line(30).default(''),
});

export const claimInput = z.strictObject({
  externalId: z.string().trim().min(1).max(200),
  proof: z.string().trim().max(500).nullable().default(null),
});

export const accountInput = z.strictObject({
  /** `known`: who has an account already, and proves it by the password. */
  kind: z.enum(['new', 'known']).default('new'),
  /** Of `new`. */
  name: line(100).default(''),
  email: z
    .string()
    .max(254)
    .transform((typed) => typed.trim().normalize('NFKC').toLowerCase())
    .pipe(z.email('Enter your e-mail address.')),
  password: z.string().min(1, 'Enter a password.').max(1_000),
  storeName: line(100).min(1, 'Enter a name for the store.'),
  storeCode: z.string().trim().toLowerCase().min(1, 'Enter an address for the store.').max(50),
});

export type PlanInput = z.input<typeof planInput>;
export type BusinessInput = z.input<typeof businessInput>;
export type ClaimInput = z.input<typeof claimInput>;
export type AccountInput = z.input<typeof accountInput>;
