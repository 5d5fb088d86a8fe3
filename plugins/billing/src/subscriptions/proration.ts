import { money, multiplyMoney } from '@wizamart/core';
import { startOfDay, type Period } from './calendar.js';

/** Something that is paid per period. */
export interface ProratedItem {
  readonly description: string;
  /** Net price of one piece for a whole period, in minor units. */
  readonly unitMinor: number;
  readonly quantity: number;
}

export interface ProrationLine {
  readonly description: string;
  /** Below 0: given back for the rest of the period. */
  readonly amountMinor: number;
  readonly periodStart: Date;
  readonly periodEnd: Date;
}

export interface Proration {
  readonly lines: readonly ProrationLine[];
  /** What is due now; below 0 it lowers the next invoice. */
  readonly totalMinor: number;
}

/**
 * What a change in the middle of a period costs: the old items' share of the rest of the period is given back, the new
 * items' share is charged. Each line is rounded once, half up away from zero; items that stay are left out.
 *
 * @param at where the rest begins, to the second; before the period its start, after it its end
 */
export function prorate(
  period: Period,
  at: Date,
  {
    before,
    after,
    currency,
  }: {
    readonly before: readonly ProratedItem[];
    readonly after: readonly ProratedItem[];
    readonly currency: string;
  },
): Proration {
  const from = new Date(Math.min(Math.max(at.getTime(), period.start.getTime()), period.end.getTime()));
  const share = {
    numerator: seconds(period.end) - seconds(from),
    denominator: seconds(period.end) - seconds(period.start),
  };
  const line = (sign: 1 | -1) => (item: ProratedItem) => ({
    description: item.description,
    amountMinor: sign * multiplyMoney(money(item.unitMinor * item.quantity, currency), share).amountMinor,
    periodStart: from,
    periodEnd: period.end,
  });
  const lines = [...without(before, after).map(line(-1)), ...without(after, before).map(line(1))].map(
    (one) => ({ ...one, amountMinor: one.amountMinor === 0 ? 0 : one.amountMinor }),
  );
  return { lines, totalMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
}

/** The same counted in business days: today counts whole, so that there and back on one day costs nothing. */
export const prorateByDay = (period: Period, at: Date, change: Parameters<typeof prorate>[2]): Proration =>
  prorate(period, startOfDay(at), change);

const seconds = (at: Date): bigint => BigInt(Math.floor(at.getTime() / 1_000));

/** Items of one list that the other does not have as they are. */
function without(items: readonly ProratedItem[], others: readonly ProratedItem[]): ProratedItem[] {
  const left = others.map(keyOf);
  return items.filter((item) => {
    const index = left.indexOf(keyOf(item));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

const keyOf = ({ description, unitMinor, quantity }: ProratedItem): string =>
  JSON.stringify([description, unitMinor, quantity]);
