import type { Point } from './linearTrend.js';

/** Days of the longest month. */
const MONTH_DAYS = 31;

/**
 * The most that was used in the 31 days up to each day. What is counted by the month begins anew with each merchant's
 * month, up and down like a saw; its peaks are what has to fit under the limits. The first month is left out: its peak
 * is not known yet.
 */
export function monthlyPeaks(series: readonly Point[]): readonly Point[] {
  const first = series[0]?.day ?? 0;
  return series
    .filter(({ day }) => day - first >= MONTH_DAYS - 1)
    .map(({ day }) => ({
      day,
      value: Math.max(
        ...series
          .filter((other) => other.day <= day && other.day > day - MONTH_DAYS)
          .map(({ value }) => value),
      ),
    }));
}
