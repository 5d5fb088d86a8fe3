import { minorDigits } from './currency.js';

/** An amount in the smallest unit of its currency: `{ amountMinor: 1250, currency: 'EUR' }` is 12.50 €. */
export interface Money {
  /** Whole number of minor units (cents); may be negative. */
  readonly amountMinor: number;
  /** ISO 4217 code in upper case. */
  readonly currency: string;
}

/**
 * Makes an amount.
 *
 * @throws {UnsupportedCurrency} for an unknown currency or one without minor units
 * @throws {RangeError} when `amountMinor` is no safe integer
 */
export function money(amountMinor: number, currency: string): Money {
  minorDigits(currency);
  if (!Number.isSafeInteger(amountMinor)) {
    throw new RangeError(`an amount of money must be a whole number of minor units, not ${amountMinor}`);
  }
  return { amountMinor: amountMinor === 0 ? 0 : amountMinor, currency };
}

/** A BigInt as an amount; refuses what a number cannot hold exactly. */
export function moneyFromBigInt(amountMinor: bigint, currency: string): Money {
  const amount = Number(amountMinor);
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`the amount ${amountMinor} ${currency} is too large`);
  return { amountMinor: amount, currency };
}
