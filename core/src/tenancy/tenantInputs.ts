import { z } from 'zod';
import { LANGUAGES } from '../kernel/context.js';
import { MalformedHost } from './errors.js';
import { isDevelopmentHost, parseDomain, parseHost } from './hostName.js';
import { platformCodeSchema, storeCodeSchema, subdomainSchema } from './slugs.js';
import { themeSchema } from './theme/themeSchema.js';

const name = (most: number) =>
  z.string().trim().min(1, 'Enter a name.').max(most, `The name has at most ${most} characters.`);
const languages = z
  .array(z.enum(LANGUAGES))
  .min(1, 'Choose at least one language.')
  .refine((chosen) => new Set(chosen).size === chosen.length, 'Each language can be chosen once.');
const settings = z.record(z.string().max(100), z.json());

/** A public domain name as somebody typed it, in the spelling that look-ups use. */
export const domainSchema = z
  .string()
  .max(300)
  .transform((typed, issues) => {
    const fault = domainFault(typed);
    if (fault === undefined) return parseDomain(typed);
    issues.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });

export const platformInput = z
  .strictObject({
    code: platformCodeSchema,
    name: name(100),
    domain: domainSchema.nullable().default(null),
    host: z.string().min(1, 'Choose the host package that composes the platform.'),
    defaultLanguage: z.enum(LANGUAGES),
    languages,
    theme: themeSchema,
    settings: settings.default({}),
  })
  .refine(...defaultIsSupported());

/** What of a platform can be changed; what is left out stays. */
export const platformChange = z.strictObject({
  name: name(100).optional(),
  domain: domainSchema.nullable().optional(),
  defaultLanguage: z.enum(LANGUAGES).optional(),
  languages: languages.optional(),
  theme: themeSchema.optional(),
  settings: settings.optional(),
  /** Where visitors' messages go; kept among the settings. Null: nowhere. */
  contactEmail: z.email('Enter an e-mail address.').max(254).nullable().optional(),
});

const address = z.strictObject({
  line1: z.string().trim().max(200).default(''),
  line2: z.string().trim().max(200).default(''),
  postalCode: z.string().trim().max(20).default(''),
  city: z.string().trim().max(100).default(''),
});

export const merchantInput = z.strictObject({
  legalName: name(200),
  displayName: name(100),
  country: z.string().regex(/^[A-Z]{2}$/, 'Enter the country as two upper-case letters, for example LU.'),
  address: address.prefault({}),
  vatId: z
    .string()
    .regex(/^[A-Z]{2}[A-Z0-9]{2,13}$/, 'Enter the VAT id with its country, for example LU12345678.')
    .nullable()
    .default(null),
  email: z.email('Enter an e-mail address.'),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ()/.-]{5,30}$/, 'Enter a phone number, for example +352 27 12 34.')
    .nullable()
    .default(null),
});

export const merchantChange = z.strictObject({
  legalName: merchantInput.shape.legalName.optional(),
  displayName: merchantInput.shape.displayName.optional(),
  country: merchantInput.shape.country.optional(),
  address: address.optional(),
  vatId: merchantInput.shape.vatId.removeDefault().optional(),
  email: merchantInput.shape.email.optional(),
  phone: merchantInput.shape.phone.removeDefault().optional(),
});

export const storeInput = z
  .strictObject({
    code: storeCodeSchema,
    name: name(100),
    /** Left out: the code. */
    subdomain: subdomainSchema.optional(),
    defaultLanguage: z.enum(LANGUAGES),
    languages,
    /** Null: the platform's theme. */
    theme: themeSchema.nullable().default(null),
  })
  .refine(...defaultIsSupported());

/** How customers reach a store; empty texts for what it does not tell. */
export const storeContact = z.strictObject({
  email: z.union([z.literal(''), z.email('Enter an e-mail address.')]).default(''),
  phone: z
    .union([
      z.literal(''),
      z
        .string()
        .trim()
        .regex(/^\+?[0-9 ()/.-]{5,30}$/, 'Enter a phone number, for example +352 27 12 34.'),
    ])
    .default(''),
  ...address.shape,
});

export const storeChange = z.strictObject({
  name: name(100).optional(),
  defaultLanguage: z.enum(LANGUAGES).optional(),
  languages: languages.optional(),
  theme: themeSchema.nullable().optional(),
  contact: storeContact.optional(),
});

export const storeStatusChange = z.strictObject({
  status: z.enum(['active', 'suspended', 'inactive']),
  /** Shown to the store's staff. */
  reason: z.string().trim().max(500).optional(),
});

/** A change that touches languages is checked against what stays. */
export const languagesCheck = z
  .object({ defaultLanguage: z.enum(LANGUAGES), languages })
  .refine(...defaultIsSupported());

export type PlatformInput = z.input<typeof platformInput>;
export type PlatformChange = z.input<typeof platformChange>;
export type MerchantInput = z.input<typeof merchantInput>;
export type MerchantChange = z.input<typeof merchantChange>;
export type StoreInput = z.input<typeof storeInput>;
export type StoreChange = z.input<typeof storeChange>;
export type StoreStatusChange = z.input<typeof storeStatusChange>;

function defaultIsSupported(): [
  (value: { defaultLanguage: string; languages: readonly string[] }) => boolean,
  { path: string[]; error: string },
] {
  return [
    ({ defaultLanguage, languages: chosen }) => chosen.includes(defaultLanguage),
    { path: ['defaultLanguage'], error: 'The default language must be one of the supported languages.' },
  ];
}

function domainFault(typed: string): string | undefined {
  try {
    const domain = parseDomain(typed);
    if (isDevelopmentHost(domain) || parseHost(domain).isAddress)
      return 'Enter a public domain name, not an address of a machine.';
    return domain.includes('.') ? undefined : 'Enter the whole domain name, for example mybakery.lu.';
  } catch (error) {
    if (error instanceof MalformedHost)
      return 'Enter a domain name without https:// and without a path, for example mybakery.lu.';
    throw error;
  }
}
