import type { Language } from '../kernel/context.js';

const INTL_LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  fr: 'fr-LU',
  de: 'de-LU',
  lb: 'lb-LU',
};

/** The Intl locale in which numbers, dates and money are written for a language: as in Luxembourg. */
export const intlLocale = (language: Language): string => INTL_LOCALES[language];
