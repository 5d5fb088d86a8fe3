import { isMemberState } from './memberStates.js';
import { COUNTS_AS, TERRITORIES, type Territory } from './territories.js';

/** Where an address is for VAT. */
export interface Zone {
  /** Country whose VAT it is, or the country itself where it is outside the area. */
  readonly country: string;
  /** Whose rates are charged there: the country or a part of it; null outside the area. */
  readonly rateZone: string | null;
  /** Whether it is inside the VAT area for goods, and for services. */
  readonly goods: boolean;
  readonly services: boolean;
  readonly territory: Territory | null;
}

/** Finds the VAT zone of an address; a postal code may be written with spaces, dashes or the country in front. */
export function zoneOf(address: { readonly country: string; readonly postalCode: string }): Zone {
  const country = COUNTS_AS.get(address.country) ?? address.country;
  if (country === 'XI') return northernIreland(null);
  const postalCode = bare(address.postalCode, address.country);
  const territory =
    TERRITORIES.find((one) => one.country === country && one.postalCode.test(postalCode)) ?? null;
  if (territory?.zone === 'XI') return northernIreland(territory);
  const inside = isMemberState(country) && territory?.zone !== null;
  return {
    country,
    rateZone: inside ? (territory?.zone ?? country) : null,
    goods: inside,
    services: inside,
    territory,
  };
}

const northernIreland = (territory: Territory | null): Zone => ({
  country: 'XI',
  rateZone: 'XI',
  goods: true,
  services: false,
  territory,
});

function bare(postalCode: string, country: string): string {
  const code = postalCode.toUpperCase().replace(/[\s-]/g, '');
  // D-27498, L-1234: the letters of cars stand in front of many codes.
  return country === 'GB' || country === 'MT' || country === 'IE'
    ? code
    : code.replace(/^[A-Z]{1,3}(?=\d)/, '');
}
