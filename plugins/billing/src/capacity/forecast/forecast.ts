import { backTest, type BackTest } from './backTest.js';
import { LEVEL, linearTrend, type Expected, type Point } from './linearTrend.js';

/** Fewer say nothing of a trend. */
export const NEEDED_POINTS = 10;
/** Days that count: older ones say little of what comes. */
export const WINDOW_DAYS = 90;
/** Days beyond which nothing is foretold. */
export const HORIZON_DAYS = 365;

const WEEKS = Array.from({ length: 13 }, (_, index) => index + 1);

/** When what is there is used up, in days from the last point; null: not within a year. */
export interface Exhaustion {
  /** As the trend goes. */
  readonly expected: number | null;
  /** If it grows as fast as the upper bound. */
  readonly earliest: number | null;
  /** If it grows as slowly as the lower bound. */
  readonly latest: number | null;
}

/** How use has grown and goes on. */
export interface Forecast {
  readonly level: number;
  readonly points: number;
  /** Growth in 30 days. */
  readonly per30Days: number;
  /** The same as a share of what is used now; null where nothing is used. */
  readonly growth: number | null;
  /** Week by week for a quarter of a year; never below 0. */
  readonly ahead: readonly (Expected & { readonly inDays: number })[];
  readonly exhaustion: Exhaustion;
  /** Null: too few points to try it. */
  readonly backTest: BackTest | null;
}

/** What can be said: a forecast, or how many points it takes. */
export type Outlook =
  | { readonly kind: 'forecast'; readonly forecast: Forecast }
  | { readonly kind: 'too_few'; readonly points: number; readonly needed: number };

const clamp = ({ value, low, high }: Expected): Expected => ({
  value: Math.max(0, value),
  low: Math.max(0, low),
  high: Math.max(0, high),
});

/** The last 90 days of a series, in order of days. */
const recent = (series: readonly Point[]): readonly Point[] => {
  const newest = series.at(-1)?.day ?? 0;
  return series.filter(({ day }) => day > newest - WINDOW_DAYS);
};

/**
 * Foretells use by the line through its last 90 days.
 *
 * @param series in order of days, one point per day at most
 * @param capacity what may be used at most; null: without bounds, so that it is never used up
 */
export function forecastOf(series: readonly Point[], capacity: number | null): Outlook {
  const points = recent(series);
  const last = points.at(-1);
  if (!last || points.length < NEEDED_POINTS)
    return { kind: 'too_few', points: points.length, needed: NEEDED_POINTS };
  const trend = linearTrend(points);
  const until = (bound: 'value' | 'low' | 'high') =>
    capacity === null ? null : daysUntil(capacity, last, (day) => trend.at(day)[bound]);
  return {
    kind: 'forecast',
    forecast: {
      level: LEVEL,
      points: points.length,
      per30Days: trend.perDay * 30,
      growth: last.value === 0 ? null : (trend.perDay * 30) / last.value,
      ahead: WEEKS.map((week) => 7 * week).map((inDays) => ({
        inDays,
        ...clamp(trend.at(last.day + inDays)),
      })),
      exhaustion: { expected: until('value'), earliest: until('high'), latest: until('low') },
      backTest: backTest(points, NEEDED_POINTS) ?? null,
    },
  };
}

/** The first day after the last point on which nothing is left; 0 where that is so already. */
function daysUntil(capacity: number, last: Point, at: (day: number) => number): number | null {
  if (last.value >= capacity) return 0;
  for (let days = 1; days <= HORIZON_DAYS; days++) if (at(last.day + days) >= capacity) return days;
  return null;
}
