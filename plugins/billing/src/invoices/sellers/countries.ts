/** Regions of CLDR that are no countries of ISO 3166-1: unions, parts, tests. */
const NO_COUNTRIES: ReadonlySet<string> = new Set([
  ...['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'XK', 'ZZ'],
]);
const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Whether two letters are a country of ISO 3166-1, or `XI`, Northern Ireland in matters of VAT. */
export const isCountry = (code: string): boolean =>
  code === 'XI' || (/^[A-Z]{2}$/.test(code) && !NO_COUNTRIES.has(code) && isNow(code));

/** Codes of countries that are no more (`DD`) are known under another one. */
const isNow = (code: string): boolean =>
  names.of(code) !== undefined && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
