import type { Language } from '../kernel/context.js';
import { intlLocale } from './intlLocale.js';

const names = new Map<Language, Intl.DisplayNames>();

/** A country as a language calls it, by its code of two letters; the code itself where nobody knows it. */
export function countryName(language: Language, code: string): string {
  let known = names.get(language);
  if (!known) {
    // Of Luxembourgish not every installation of Node knows the names.
    known = new Intl.DisplayNames([intlLocale(language), 'de', 'en'], { type: 'region' });
    names.set(language, known);
  }
  return /^[A-Z]{2}$/.test(code) ? (known.of(code) ?? code) : code;
}
