import type { Translations } from '../types.js';

/** What search engines are told, by language; languages in which nothing is said do not count. */
export const seoOf = (texts: Translations): unknown =>
  Object.fromEntries(
    Object.entries(texts)
      .map(([language, { seo }]) => [language, seo])
      .filter(([, seo]) => Object.keys(seo as object).length > 0),
  );
