import { CurrencyMismatch } from './errors.js';
import { money, moneyFromBigInt, type Money } from './Money.js';
import { toRatio, type Factor } from './ratio.js';

/** @throws {CurrencyMismatch} when the currencies differ */
export function addMoney(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return moneyFromBigInt(BigInt(a.amountMinor) + BigInt(b.amountMinor), a.currency);
}

/** @throws {CurrencyMismatch} when the currencies differ */
export function subtractMoney(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return moneyFromBigInt(BigInt(a.amountMinor) - BigInt(b.amountMinor), a.currency);
}

/** The sum of a list; 0 of `currency` for an empty one. */
export function sumMoney(amounts: Iterable<Money>, currency: string): Money {
  let sum = money(0, currency);
  for (const amount of amounts) sum = addMoney(sum, amount);
  return sum;
}

/**
 * Multiplies exactly and rounds once to whole minor units, half away from zero.
 *
 * @param factor a whole number, a decimal as text (`'0.17'`) or a ratio; never a fraction as a number
 */
export function multiplyMoney(amount: Money, factor: Factor): Money {
  const { numerator, denominator } = toRatio(factor);
  return moneyFromBigInt(divideHalfUp(BigInt(amount.amountMinor) * numerator, denominator), amount.currency);
}

/**
 * Shares an amount out by weights so that the parts add up to it exactly; cents that remain go to the parts
 * that lost most by rounding, earlier parts first.
 *
 * @param weights whole numbers, none below 0, at least one above
 */
export function allocateMoney(amount: Money, weights: readonly number[]): Money[] {
  const total = checkedTotal(weights);
  const sign = amount.amountMinor < 0 ? -1n : 1n;
  const size = BigInt(amount.amountMinor) * sign;
  const shares = weights.map((weight) => (size * BigInt(weight)) / total);
  let left = size - shares.reduce((sum, share) => sum + share, 0n);
  const byLoss = weights
    .map((weight, index) => ({ index, lost: (size * BigInt(weight)) % total }))
    .sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost < b.lost ? 1 : -1));
  for (const { index } of byLoss) {
    if (left === 0n) break;
    shares[index] = shares[index]! + 1n;
    left -= 1n;
  }
  return shares.map((share) => moneyFromBigInt(share * sign, amount.currency));
}

/** Below 0 when `a` is less, above 0 when it is more, 0 when both are the same. */
export function compareMoney(a: Money, b: Money): number {
  sameCurrency(a, b);
  return a.amountMinor - b.amountMinor;
}

function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new CurrencyMismatch({ expected: a.currency, actual: b.currency });
}

function checkedTotal(weights: readonly number[]): bigint {
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight) || weight < 0)
      throw new RangeError(`a weight must be a whole number of at least 0, not ${weight}`);
  }
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) throw new RangeError('an amount cannot be shared out when all weights are 0');
  return total;
}

function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n ? -1n : 1n;
  return (sign * (sign * dividend * 2n + divisor)) / (divisor * 2n);
}
