import { formatMoney, type Language } from '@wizamart/core';

const locales: Readonly<Record<Language, string>> = { en: 'en-IE', fr: 'fr-LU', de: 'de-LU', lb: 'lb-LU' };

/** An amount as text; spaces that fonts may lack become plain ones. */
export const moneyText = (amountMinor: number, currency: string, language: Language): string =>
  formatMoney({ amountMinor, currency }, language).replace(/[\u202f\u00a0]/g, ' ');

/** `2026-03-02` as it is written in a language, always with four digits of the year. */
export function dayText(day: string, language: Language): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    timeZone: 'UTC',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** A decimal as it is written in a language: `5,5`. */
export const decimalIn = (decimal: string, language: Language): string =>
  language === 'en' ? decimal : decimal.replace('.', ',');

const names = new Map<Language, Intl.DisplayNames>();

/** A country's name; where a language has none, in English. */
export function countryName(country: string, language: Language): string {
  const code = country === 'XI' ? 'GB' : country;
  let known = names.get(language);
  if (!known)
    names.set(language, (known = new Intl.DisplayNames([locales[language], 'en'], { type: 'region' })));
  return country === 'XI' ? `${known.of(code)} (XI)` : (known.of(code) ?? country);
}
