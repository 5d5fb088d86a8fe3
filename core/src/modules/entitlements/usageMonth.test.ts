import assert from 'node:assert/strict';
import fc from 'fast-check';
import { usageMonthOf } from './usageMonth.js';

const shown = (now: string, anchor: string | null) => {
  const { start, end } = usageMonthOf(new Date(now), anchor === null ? null : new Date(anchor));
  return [start.toISOString(), end.toISOString()];
};

describe('usageMonthOf [module:core]', () => {
  it('is a calendar month in Luxembourg without an anchor, over a change of the clocks too', () => {
    assert.deepEqual(shown('2026-02-28T23:30:00Z', null), [
      '2026-02-28T23:00:00.000Z',
      '2026-03-31T22:00:00.000Z',
    ]);
  });

  it('begins on the last day of months that lack the anchor’s day, and comes back to it', () => {
    const anchor = '2027-01-31T10:00:00Z';
    assert.deepEqual(shown('2027-02-28T12:00:00Z', anchor), [
      '2027-02-27T23:00:00.000Z',
      '2027-03-30T22:00:00.000Z',
    ]);
    assert.deepEqual(shown('2027-03-31T12:00:00Z', anchor), [
      '2027-03-30T22:00:00.000Z',
      '2027-04-29T22:00:00.000Z',
    ]);
  });

  it('puts every moment into exactly one month, and months end to end', () => {
    const moment = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.option(moment), (now, anchor) => {
        const { start, end } = usageMonthOf(now, anchor);
        assert.ok(start <= now && now < end);
        assert.deepEqual(usageMonthOf(end, anchor).start, end);
        assert.deepEqual(usageMonthOf(start, anchor), { start, end });
      }),
    );
  });
});
