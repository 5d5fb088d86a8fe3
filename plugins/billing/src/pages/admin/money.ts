import { minorDigits } from '@wizamart/core';

const DECIMAL = /^\d{1,9}(?:[.,]\d{1,4})?$/;

/** `49.00` or `49,5` as minor units; undefined for what is no amount of the currency. */
export function minorOf(text: string, currency: string): number | undefined {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed)) return undefined;
  const [whole = '0', fraction = ''] = trimmed.replace(',', '.').split('.');
  const digits = minorDigits(currency);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return undefined;
  return Number(`${whole}${significant.padEnd(digits, '0')}`);
}

/** The amount as forms show and send it: `49.00`; nothing for none. */
export function decimalOf(amountMinor: number | null, currency: string): string {
  if (amountMinor === null) return '';
  const digits = minorDigits(currency);
  const text = String(amountMinor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
