import type { Language } from '@wizamart/core';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-LU', de: 'de-LU', lb: 'lb-LU' };
const formats = new Map<Language, Intl.DateTimeFormat>();

/** A day, short: `2 Mar`. @param day `yyyy-mm-dd` */
export function dayLabel(language: Language, day: string): string {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'short', timeZone: 'UTC' });
    formats.set(language, format);
  }
  return format.format(new Date(`${day}T00:00:00Z`));
}
