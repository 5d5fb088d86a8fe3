import type { Language } from '@wizamart/core';

/** Languages that a site has addresses for. */
export interface SpeakingSite {
  readonly defaultLanguage: Language;
  readonly languages: readonly Language[];
}

/** The languages of a page that have an address of their own on the site, in the site's order. */
export const offeredLanguages = (site: SpeakingSite, ofPage: readonly Language[]): Language[] =>
  site.languages.filter((language) => ofPage.includes(language));

/**
 * The language whose address a text belongs to.
 *
 * A text shown in place of a missing translation belongs to the address of its own language; one in a language that
 * the site has no addresses for to the page's first other language, else to the site's own.
 */
export function addressLanguage(site: SpeakingSite, ofPage: readonly Language[], shown: Language): Language {
  const offered = offeredLanguages(site, ofPage);
  return offered.includes(shown) ? shown : (offered[0] ?? site.defaultLanguage);
}
