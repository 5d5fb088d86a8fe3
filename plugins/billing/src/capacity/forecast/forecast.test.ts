import assert from 'node:assert/strict';
import fc from 'fast-check';
import { backTest } from './backTest.js';
import { forecastOf, HORIZON_DAYS, NEEDED_POINTS } from './forecast.js';
import { linearTrend, type Point } from './linearTrend.js';
import { monthlyPeaks } from './peaks.js';
import { studentTBelow, studentTQuantile } from './studentT.js';

const RUNS = { numRuns: 2_000 };
const value = fc.integer({ min: 0, max: 1_000_000 });
/** Days in order, with gaps. */
const series = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 9 }), value }), { minLength: 4, maxLength: 60 })
  .map((steps) => {
    let day = 0;
    return steps.map(({ gap, value }): Point => ({ day: (day += gap), value }));
  });
const close = (a: number, b: number, scale = 1) =>
  assert.ok(Math.abs(a - b) <= 1e-6 * (1 + Math.abs(scale) + Math.abs(a) + Math.abs(b)), `${a} and ${b}`);
/** Noise that is the same in each run. */
const random = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
};
const normal = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

describe('the forecast of capacity [module:billing]', () => {
  it("knows Student's t as it stands in the tables", () => {
    for (const [degrees, p, expected] of [
      [1, 0.95, 6.314],
      [2, 0.95, 2.92],
      [5, 0.975, 2.571],
      [8, 0.95, 1.86],
      [10, 0.995, 3.169],
      [30, 0.975, 2.042],
      [88, 0.95, 1.662],
    ] as const)
      // prettier-ignore
      assert.equal(studentTQuantile(p, degrees).toFixed(2), expected.toFixed(2), `${degrees} ${p}`);
  });

  it('finds for each share the t below which it lies, whatever the degrees of freedom', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        (p, degrees) => close(studentTBelow(studentTQuantile(p, degrees), degrees), p),
      ),
      RUNS,
    );
  });

  it('goes on with what is on a line exactly, with bounds of no width and no error in the back-test', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        value,
        fc.integer({ min: 12, max: 60 }),
        (slope, start, count) => {
          const points = Array.from({ length: count }, (_, day) => ({ day, value: start + slope * day }));
          const { value: expected, low, high } = linearTrend(points).at(count + 30);
          const scale = Math.abs(start) + 3_000;
          for (const found of [expected, low, high]) close(found, start + slope * (count + 30), scale);
          const tried = backTest(points, NEEDED_POINTS);
          assert.ok(tried && tried.meanError < 1e-6 * scale);
          assert.equal(tried.withinBounds, 1);
        },
      ),
      RUNS,
    );
  });

  it('is the line with the least squares: no other one comes closer', () => {
    const squares = (points: readonly Point[], at: (day: number) => number) =>
      points.reduce((sum, point) => sum + (point.value - at(point.day)) ** 2, 0);
    fc.assert(
      fc.property(
        series,
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.double({ min: -1_000, max: 1_000, noNaN: true }),
        (points, turn, shift) => {
          const trend = linearTrend(points);
          const ours = squares(points, (day) => trend.at(day).value);
          const other = squares(points, (day) => trend.at(day).value + turn * day + shift);
          assert.ok(ours <= other * (1 + 1e-9) + 1e-6);
        },
      ),
      RUNS,
    );
  });

  it('has bounds around what it expects, wider the farther it looks and the surer it shall be', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 300 }), (points, ahead) => {
        const last = (points.at(-1) as Point).day;
        const [near, far] = [linearTrend(points).at(last + ahead), linearTrend(points).at(last + ahead + 30)];
        assert.ok(near.low <= near.value && near.value <= near.high);
        assert.ok(far.high - far.low >= near.high - near.low);
        const surer = linearTrend(points, 0.99).at(last + ahead);
        assert.ok(surer.high >= near.high && surer.low <= near.low);
      }),
      RUNS,
    );
  });

  it('does not depend on where days are counted from, nor on the unit', () => {
    fc.assert(
      fc.property(
        series,
        fc.integer({ min: -20_000, max: 20_000 }),
        fc.integer({ min: 1, max: 100 }),
        (points, shift, factor) => {
          const moved = points.map((point) => ({ day: point.day + shift, value: point.value * factor }));
          const day = (points.at(-1) as Point).day + 30;
          const [here, there] = [linearTrend(points).at(day), linearTrend(moved).at(day + shift)];
          const scale = 1e6 * factor;
          close(here.value * factor, there.value, scale);
          close(here.high * factor, there.high, scale);
        },
      ),
      RUNS,
    );
  });

  it('says when all is used up in an order that makes sense, and 0 where it is already', () => {
    const rank = (days: number | null) => days ?? HORIZON_DAYS + 1;
    fc.assert(
      fc.property(series, value, (points, capacity) => {
        const outlook = forecastOf(points, capacity);
        if (outlook.kind === 'too_few') return;
        const { earliest, expected, latest } = outlook.forecast.exhaustion;
        assert.ok(rank(earliest) <= rank(expected) && rank(expected) <= rank(latest));
        if ((points.at(-1) as Point).value >= capacity) assert.equal(expected, 0);
        for (const { value: ahead, low, high } of outlook.forecast.ahead)
          assert.ok(low >= 0 && low <= ahead && ahead <= high);
      }),
      RUNS,
    );
  });

  it('holds nine of ten values within its bounds where they scatter around a line', () => {
    const next = random(7);
    let within = 0;
    const rounds = 4_000;
    for (let round = 0; round < rounds; round++) {
      const at = (day: number) => 100 + 3 * day + 10 * normal(next);
      const points = Array.from({ length: 20 }, (_, day) => ({ day, value: at(day) }));
      const { low, high } = linearTrend(points).at(34);
      const came = at(34);
      if (came >= low && came <= high) within += 1;
    }
    assert.ok(Math.abs(within / rounds - 0.9) < 0.015, String(within / rounds));
  });

  it('says that it is too early with fewer than ten points, however far apart they are', () => {
    const points = Array.from({ length: NEEDED_POINTS - 1 }, (_, index) => ({
      day: index * 9,
      value: index,
    }));
    assert.deepEqual(forecastOf(points, 100), { kind: 'too_few', points: 9, needed: 10 });
    assert.deepEqual(forecastOf([], 100), { kind: 'too_few', points: 0, needed: 10 });
  });

  it('tells the days that are left, and never where there are no bounds or nothing grows', () => {
    const growing = Array.from({ length: 20 }, (_, day) => ({ day, value: 10 + 2 * day }));
    const exhaustion = (points: readonly Point[], capacity: number | null) => {
      const outlook = forecastOf(points, capacity);
      return outlook.kind === 'forecast' ? outlook.forecast.exhaustion.expected : undefined;
    };
    assert.equal(exhaustion(growing, 68), 10);
    assert.equal(exhaustion(growing, 48), 0);
    assert.equal(exhaustion(growing, null), null);
    assert.equal(
      exhaustion(
        growing.map(({ day }) => ({ day, value: 40 - day })),
        50,
      ),
      null,
    );
  });

  it('counts by its peaks what begins anew each month, from the second month on', () => {
    const saw = Array.from({ length: 93 }, (_, day) => ({ day, value: (day % 31) * 10 }));
    const peaks = monthlyPeaks(saw);
    assert.equal(peaks.length, 93 - 30);
    assert.ok(peaks.every(({ value }) => value === 300));
    assert.deepEqual(monthlyPeaks(saw.slice(0, 30)), []);
  });
});
