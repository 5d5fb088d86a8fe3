import { DateTime } from 'luxon';

/** A span of time; the end does not belong to it. */
export interface UsageMonth {
  readonly start: Date;
  readonly end: Date;
}

/** Where the business has its days. */
const ZONE = 'Europe/Luxembourg';

/**
 * The month in which limits per month are counted: a calendar month in Luxembourg, or with an anchor the month from
 * that day of the month, or from the month's last day where it has no such day.
 */
export function usageMonthOf(now: Date, anchor: Date | null): UsageMonth {
  const at = DateTime.fromJSDate(now, { zone: ZONE });
  if (!anchor) {
    const start = at.startOf('month');
    return { start: start.toJSDate(), end: start.plus({ months: 1 }).toJSDate() };
  }
  const first = DateTime.fromJSDate(anchor, { zone: ZONE }).startOf('day');
  // Counted from the anchor, not from the month before: the 31st comes back after February.
  const nth = (months: number): DateTime => first.plus({ months });
  let index = Math.floor(at.diff(first, 'months').months);
  while (nth(index) > at) index -= 1;
  while (nth(index + 1) <= at) index += 1;
  return { start: nth(index).toJSDate(), end: nth(index + 1).toJSDate() };
}
