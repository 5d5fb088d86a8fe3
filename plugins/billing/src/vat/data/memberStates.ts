/** ISO 3166-1 codes of the 27 member states; VAT ids of Greece begin with EL. */
export const MEMBER_STATES = [
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
] as const;

const members: ReadonlySet<string> = new Set(MEMBER_STATES);

export const isMemberState = (country: string): boolean => members.has(country);

/** Country of the beginning of a VAT id. */
export const countryOfPrefix = (prefix: string): string => (prefix === 'EL' ? 'GR' : prefix);
