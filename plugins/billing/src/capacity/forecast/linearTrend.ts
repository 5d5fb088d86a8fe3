import { studentTQuantile } from './studentT.js';

/** A value on a day; days are counted from any day. */
export interface Point {
  readonly day: number;
  readonly value: number;
}

/** What is expected on a day, and between which bounds it will be at the level of the trend. */
export interface Expected {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A straight line through points. */
export interface Trend {
  /** By how much it grows in a day. */
  readonly perDay: number;
  at(day: number): Expected;
}

/** Share of values that lie within the bounds, if they go on as before. */
export const LEVEL = 0.9;

/**
 * The line with the least squares of errors (ordinary regression of the value on the day), with the prediction interval
 * for a single new value: ŷ ± t · s · √(1 + 1/n + (x − x̄)² / Σ(x − x̄)²), where s is the standard error of the residuals
 * and t the quantile of Student's distribution with n − 2 degrees of freedom. Days that are missing need no filling in.
 *
 * @throws {RangeError} for fewer than three points, or all on one day
 */
export function linearTrend(points: readonly Point[], level = LEVEL): Trend {
  const n = points.length;
  const meanDay = mean(points.map(({ day }) => day));
  const meanValue = mean(points.map(({ value }) => value));
  const spread = sum(points.map(({ day }) => (day - meanDay) ** 2));
  if (n < 3 || spread === 0) throw new RangeError('a trend needs at least three points on several days');
  const perDay = sum(points.map(({ day, value }) => (day - meanDay) * (value - meanValue))) / spread;
  const expected = (day: number): number => meanValue + perDay * (day - meanDay);
  const error = Math.sqrt(sum(points.map(({ day, value }) => (value - expected(day)) ** 2)) / (n - 2));
  const t = studentTQuantile((1 + level) / 2, n - 2);
  return {
    perDay,
    at: (day) => {
      const value = expected(day);
      const reach = t * error * Math.sqrt(1 + 1 / n + (day - meanDay) ** 2 / spread);
      return { value, low: value - reach, high: value + reach };
    },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
