import { halfUp, magnitude, readDecimal } from '../sums.js';

/** Minor units of a currency with two decimals as EN 16931 writes them: `-12.50`. */
export function amountText(minor: number): string {
  const size = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
}

/** Price of one, without VAT, as a decimal with up to 6 places: what a line comes to by its quantity. */
export function unitPriceText(netMinor: number, quantity: string): string {
  const { value, scale } = readDecimal(quantity);
  const price = magnitude(halfUp(BigInt(netMinor) * 10_000n * scale, value));
  const digits = String(price).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/0{1,4}$/, '');
}
