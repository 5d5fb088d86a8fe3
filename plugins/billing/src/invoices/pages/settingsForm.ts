import { type FieldError, z } from '@wizamart/core';
import type { SellerInput } from '../sellers/sellerInput.js';
import { amountField, readAmount } from './readAmount.js';

const typed = z.string().max(3_000).default('');
const texts = z.strictObject({ en: typed, fr: typed, de: typed, lb: typed }).prefault({});

/** The form of the settings, as browsers send it. */
export const settingsForm = z.object({
  do: z.enum(['save', 'check']).default('save'),
  legalName: typed,
  address: z
    .strictObject({ line1: typed, line2: typed, postalCode: typed, city: typed, country: typed })
    .prefault({}),
  vatId: typed,
  taxNumber: typed,
  registration: typed,
  email: typed,
  phone: typed,
  bank: z.strictObject({ name: typed, iban: typed, bic: typed }).prefault({}),
  series: typed,
  creditSeries: typed,
  paymentDays: typed,
  hasOssOptIn: z.literal('true').optional(),
  isSmallBusiness: z.literal('true').optional(),
  terms: texts,
  footer: texts,
  /** By year: `y2026`. */
  elsewhere: z.record(z.string().regex(/^y20\d{2}$/), typed).default({}),
});
export type SettingsForm = z.output<typeof settingsForm>;

/** What the form means; amounts that cannot be read are told in `errors`. */
export function toSettings(form: SettingsForm, errors: FieldError[], unreadable: string): SellerInput {
  const { do: _do, elsewhere, bank, paymentDays, hasOssOptIn, isSmallBusiness, ...same } = form;
  const hasBank = Object.values(bank).some((text) => text.trim() !== '');
  return {
    ...same,
    bank: hasBank ? bank : null,
    paymentDays: paymentDays.trim() === '' ? 0 : Number(paymentDays),
    hasOssOptIn: hasOssOptIn === 'true',
    isSmallBusiness: isSmallBusiness === 'true',
    crossBorderElsewhere: Object.entries(elsewhere)
      .map(([name, text]) => ({
        year: Number(name.slice(1)),
        netMinor: readAmount(text, `elsewhere.${name}`, errors, unreadable),
      }))
      .filter(({ netMinor }) => netMinor > 0),
  };
}

/** Settings as the form shows them. */
export function fromSettings(
  settings: Partial<SellerInput>,
  years: readonly number[],
): Partial<SettingsForm> {
  const { bank, paymentDays, hasOssOptIn, isSmallBusiness, crossBorderElsewhere = [], address } = settings;
  const text = (value: string | null | undefined): string => value ?? '';
  return {
    legalName: text(settings.legalName),
    address: {
      line1: text(address?.line1),
      line2: text(address?.line2),
      postalCode: text(address?.postalCode),
      city: text(address?.city),
      country: text(address?.country) || 'LU',
    },
    vatId: text(settings.vatId),
    taxNumber: text(settings.taxNumber),
    registration: text(settings.registration),
    email: text(settings.email),
    phone: text(settings.phone),
    bank: { name: text(bank?.name), iban: text(bank?.iban), bic: text(bank?.bic) },
    series: settings.series ?? 'INV',
    creditSeries: settings.creditSeries ?? 'CN',
    paymentDays: String(paymentDays ?? 30),
    ...(hasOssOptIn ? { hasOssOptIn: 'true' as const } : {}),
    ...(isSmallBusiness ? { isSmallBusiness: 'true' as const } : {}),
    terms: textsOf(settings.terms),
    footer: textsOf(settings.footer),
    elsewhere: Object.fromEntries(
      years.map((year) => {
        const known = crossBorderElsewhere.find((one) => one.year === year);
        return [`y${year}`, known ? amountField(known.netMinor) : ''];
      }),
    ),
  };
}

type Texts = SettingsForm['terms'];

const textsOf = ({
  en = '',
  fr = '',
  de = '',
  lb = '',
}: { [Code in keyof Texts]?: string | undefined } = {}): Texts => ({
  en,
  fr,
  de,
  lb,
});
