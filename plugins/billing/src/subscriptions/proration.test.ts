import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, daysBetween, periodOf } from './calendar.js';
import { prorate, prorateByDay, type ProratedItem } from './proration.js';

const period = { start: new Date('2026-03-02T08:00:00Z'), end: new Date('2026-04-02T07:00:00Z') };
const tier = (description: string, unitMinor: number, quantity = 1): ProratedItem => ({
  description,
  unitMinor,
  quantity,
});
const change = (before: readonly ProratedItem[], after: readonly ProratedItem[]) => ({
  before,
  after,
  currency: 'EUR',
});

const item = fc.record({
  description: fc.constantFrom('Basic', 'Plus', 'Pages', 'Team'),
  unitMinor: fc.integer({ min: 0, max: 10_000_000 }),
  quantity: fc.integer({ min: 1, max: 50 }),
});
const items = fc.array(item, { minLength: 1, maxLength: 4 });
const span = fc
  .record({
    anchor: fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    interval: fc.constantFrom('month' as const, 'year' as const),
    index: fc.integer({ min: 0, max: 24 }),
    day: fc.integer({ min: 0, max: 400 }),
  })
  .map(({ anchor, interval, index, day }) => {
    const found = periodOf(anchor, interval, index);
    return { period: found, at: addDays(found.start, day) };
  });

describe('Proration [module:billing]', () => {
  it('gives back what is left of the old and charges what is left of the new, each rounded half up once', () => {
    const half = new Date((period.start.getTime() + period.end.getTime()) / 2);
    assert.deepEqual(
      prorate(period, half, change([tier('Basic', 4_901)], [tier('Plus', 9_900)])).lines.map(
        ({ description, amountMinor }) => [description, amountMinor],
      ),
      [
        ['Basic', -2_451],
        ['Plus', 4_950],
      ],
    );
  });

  it('charges the whole difference at the start of a period, and nothing at its end', () => {
    const upgrade = change([tier('Basic', 4_900)], [tier('Plus', 9_900)]);
    assert.equal(prorate(period, period.start, upgrade).totalMinor, 5_000);
    assert.equal(prorate(period, period.end, upgrade).totalMinor, 0);
  });

  it('leaves out what stays', () => {
    const pages = tier('Pages', 900, 2);
    assert.deepEqual(
      prorateByDay(
        period,
        period.start,
        change([tier('Basic', 4_900), pages], [tier('Plus', 9_900), pages]),
      ).lines.map(({ description }) => description),
      ['Basic', 'Plus'],
    );
  });

  it('there and back on one day costs nothing, in 10,000 cases', () => {
    fc.assert(
      fc.property(
        span,
        items,
        items,
        fc.integer({ min: 0, max: 3_600_000 }),
        ({ period, at }, a, b, later) => {
          const there = prorateByDay(period, at, change(a, b)).totalMinor;
          // Later on the same day; what crosses midnight is another day.
          const then = new Date(at.getTime() + later);
          fc.pre(daysBetween(at, then) === 0);
          assert.equal(there + prorateByDay(period, then, change(b, a)).totalMinor, 0);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('never charges more for the rest than for the whole, nor less than nothing', () => {
    fc.assert(
      fc.property(span, items, ({ period, at }, wanted) => {
        const { lines } = prorateByDay(period, at, change([], wanted));
        lines.forEach(({ amountMinor }, index) => {
          const { unitMinor, quantity } = wanted[index] as ProratedItem;
          assert.ok(amountMinor >= 0 && amountMinor <= unitMinor * quantity);
        });
      }),
    );
  });
});
