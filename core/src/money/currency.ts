import { UnsupportedCurrency } from './errors.js';

const known = new Set(Intl.supportedValuesOf('currency'));
const digits = new Map<string, number>();

/**
 * How many decimal places the minor unit of a currency stands for (2 for EUR).
 *
 * @throws {UnsupportedCurrency} for an unknown currency or one without minor units
 */
export function minorDigits(currency: string): number {
  let count = digits.get(currency);
  if (count === undefined) digits.set(currency, (count = readDigits(currency)));
  return count;
}

function readDigits(currency: string): number {
  if (!known.has(currency)) throw new UnsupportedCurrency({ currency, reason: 'unknown' });
  const count =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;
  if (count === 0) throw new UnsupportedCurrency({ currency, reason: 'without minor units' });
  return count;
}
