import { linearTrend, type Point } from './linearTrend.js';

/** How well the past could have been foretold. */
export interface BackTest {
  /** How many values were foretold from those before them. */
  readonly forecasts: number;
  /** Mean distance between what was foretold and what came. */
  readonly meanError: number;
  /** The same as a share of what came; null where nothing came. */
  readonly shareOfActual: number | null;
  /** Share of values that came to lie within the bounds. */
  readonly withinBounds: number;
}

/** Days ahead up to which each origin is tried. */
const AHEAD = 14;

/**
 * Tries the forecast on what is known already: at each point from the `first` on, the trend of the points up to there
 * foretells those of the next 14 days (rolling origin), which it has not seen.
 *
 * @returns undefined where there is nothing to try
 */
export function backTest(points: readonly Point[], first: number): BackTest | undefined {
  const trials = points.slice(first).flatMap((_, index) => trialsFrom(points, first + index));
  if (trials.length === 0) return undefined;
  const error = total(trials.map(({ error }) => error));
  const actual = total(trials.map(({ actual }) => Math.abs(actual)));
  return {
    forecasts: trials.length,
    meanError: error / trials.length,
    shareOfActual: actual === 0 ? null : error / actual,
    withinBounds: trials.filter(({ isWithin }) => isWithin).length / trials.length,
  };
}

function trialsFrom(points: readonly Point[], origin: number) {
  const known = points.slice(0, origin);
  const last = known.at(-1) as Point;
  const trend = linearTrend(known);
  return points
    .slice(origin)
    .filter(({ day }) => day <= last.day + AHEAD)
    .map(({ day, value: actual }) => {
      const { value, low, high } = trend.at(day);
      // What is on a line exactly has bounds of no width: there the computer's rounding must not count as a miss.
      const slack = 1e-9 * (1 + Math.abs(actual));
      return {
        actual,
        error: Math.abs(actual - value),
        isWithin: actual >= low - slack && actual <= high + slack,
      };
    });
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
