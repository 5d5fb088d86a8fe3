import { intlLocale } from '../i18n/intlLocale.js';
import type { Language } from '../kernel/context.js';
import { minorDigits } from './currency.js';
import type { Money } from './Money.js';

const formats = new Map<string, Intl.NumberFormat>();

/** Writes an amount as it is written in Luxembourg in that language, e.g. `1.234,50 €`. */
export function formatMoney(amount: Money, language: Language): string {
  return formatFor(amount.currency, language).format(decimalText(amount) as Intl.StringNumericLiteral);
}

/** The amount as a plain decimal, e.g. `-12.50`: exact, for forms and files. */
export function decimalText({ amountMinor, currency }: Money): string {
  const digits = minorDigits(currency);
  const size = Math.abs(amountMinor)
    .toString()
    .padStart(digits + 1, '0');
  return `${amountMinor < 0 ? '-' : ''}${size.slice(0, -digits)}.${size.slice(-digits)}`;
}

function formatFor(currency: string, language: Language): Intl.NumberFormat {
  const name = `${language} ${currency}`;
  let format = formats.get(name);
  if (!format)
    formats.set(
      name,
      (format = new Intl.NumberFormat(intlLocale(language), { style: 'currency', currency })),
    );
  return format;
}
