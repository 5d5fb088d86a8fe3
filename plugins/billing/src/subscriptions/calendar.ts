import { DateTime } from 'luxon';
import type { Interval } from '../catalog/ProductVersion.js';

/** Where the business has its days. */
const BUSINESS_ZONE = 'Europe/Luxembourg';

/** A span of time; the end does not belong to it. */
export interface Period {
  readonly start: Date;
  readonly end: Date;
}

const local = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: BUSINESS_ZONE });

/**
 * The `index`th period from an anchor. Counted from the anchor, never from the period before, so that the 31st comes
 * back after February, and 29 February in leap years; the clock time stays when clocks change.
 */
export function periodOf(anchor: Date, interval: Interval, index: number): Period {
  const nth = (n: number): Date =>
    local(anchor)
      .plus(interval === 'month' ? { months: n } : { years: n })
      .toJSDate();
  return { start: nth(index), end: nth(index + 1) };
}

/** The period of an anchor in which a moment lies; before the anchor the first one. */
export function periodAt(anchor: Date, interval: Interval, at: Date): Period {
  const unit = interval === 'month' ? 'months' : 'years';
  let index = Math.max(0, Math.floor(local(at).diff(local(anchor), unit).as(unit)));
  while (index > 0 && periodOf(anchor, interval, index).start > at) index -= 1;
  while (periodOf(anchor, interval, index).end <= at) index += 1;
  return periodOf(anchor, interval, index);
}

/** The same clock time some business days later. */
export const addDays = (at: Date, days: number): Date => local(at).plus({ days }).toJSDate();

/** When a day of Luxembourg, `yyyy-mm-dd`, begins. */
export const beginningOf = (day: string): Date =>
  DateTime.fromISO(day, { zone: BUSINESS_ZONE }).startOf('day').toJSDate();

export const startOfDay = (at: Date): Date => local(at).startOf('day').toJSDate();

/** Whole business days from one moment to another; below 0 backwards. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.round(local(to).startOf('day').diff(local(from).startOf('day'), 'days').days);

/** When a card can no longer be used: the end of its month. @param month 1 to 12 */
export const cardEndsAt = (month: number, year: number): Date =>
  DateTime.fromObject({ year, month }, { zone: BUSINESS_ZONE }).plus({ months: 1 }).toJSDate();
