import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, cardEndsAt, daysBetween, periodAt, periodOf, startOfDay } from './calendar.js';

const at = (text: string): Date => new Date(text);
const ends = (anchor: string, interval: 'month' | 'year', count: number): string[] =>
  Array.from({ length: count }, (_, index) => periodOf(at(anchor), interval, index).end.toISOString());

describe('Billing days [module:billing]', () => {
  it('come back to the 31st after shorter months, at the same clock time when clocks change', () => {
    assert.deepEqual(ends('2027-01-31T10:00:00Z', 'month', 4), [
      '2027-02-28T10:00:00.000Z',
      '2027-03-31T09:00:00.000Z',
      '2027-04-30T09:00:00.000Z',
      '2027-05-31T09:00:00.000Z',
    ]);
  });

  it('come back to 29 February in leap years', () => {
    assert.deepEqual(ends('2028-02-29T11:00:00Z', 'year', 4), [
      '2029-02-28T11:00:00.000Z',
      '2030-02-28T11:00:00.000Z',
      '2031-02-28T11:00:00.000Z',
      '2032-02-29T11:00:00.000Z',
    ]);
    assert.equal(ends('2028-02-29T11:00:00Z', 'month', 1)[0], '2028-03-29T10:00:00.000Z');
  });

  it('are days in Luxembourg, also those of 23 and 25 hours', () => {
    assert.equal(startOfDay(at('2026-03-28T23:30:00Z')).toISOString(), '2026-03-28T23:00:00.000Z');
    assert.equal(addDays(at('2026-03-28T12:00:00Z'), 1).toISOString(), '2026-03-29T11:00:00.000Z');
    assert.equal(addDays(at('2026-10-24T12:00:00Z'), 1).toISOString(), '2026-10-25T13:00:00.000Z');
    assert.equal(daysBetween(at('2026-03-28T22:59:00Z'), at('2026-03-29T22:00:00Z')), 2);
    assert.equal(daysBetween(at('2026-10-25T00:30:00Z'), at('2026-10-25T22:30:00Z')), 0);
  });

  it('lie in one period each, and periods end to end, whatever the anchor', () => {
    const moment = fc.date({ min: at('2020-01-01'), max: at('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        moment,
        moment,
        fc.constantFrom('month' as const, 'year' as const),
        (anchor, now, interval) => {
          fc.pre(anchor <= now);
          const { start, end } = periodAt(anchor, interval, now);
          assert.ok(start <= now && now < end);
          assert.deepEqual(periodAt(anchor, interval, end).start, end);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('let a card be used to the end of its month in Luxembourg', () => {
    assert.equal(cardEndsAt(12, 2026).toISOString(), '2026-12-31T23:00:00.000Z');
  });
});
