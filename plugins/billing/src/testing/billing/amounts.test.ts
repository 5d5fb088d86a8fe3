import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TaxRate } from '../state/kinds.js';
import { share, taxesOf } from './amounts.js';
import { periodAfter } from './periods.js';

const RUNS = { numRuns: 10_000 };
const amount = fc.integer({ min: 0, max: 100_000_000 });

describe('amounts of the local Stripe server [module:billing]', () => {
  it('come to nothing when a change is taken back in the same second', () => {
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 31_622_400 }), fc.integer({ min: 1, max: 31_622_400 }), (old, next, part, whole) => {
        const there = share(-old, part, whole) + share(next, part, whole);
        const back = share(-next, part, whole) + share(old, part, whole);
        assert.equal(there + back, 0);
      }),
      RUNS,
    ); // prettier-ignore
  });

  it('carry tax half up, the same for a credit as for what it takes back', () => {
    const rate = (percentage: number): TaxRate => ({ id: 'txr_1', percentage, inclusive: false }) as TaxRate;
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 400 }), (net, tenths) => {
        const [charged] = taxesOf(net, [rate(tenths / 10)], 'none');
        const [credited] = taxesOf(-net, [rate(tenths / 10)], 'none');
        assert.equal((charged?.amount ?? 0) + (credited?.amount ?? 0), 0);
        const exact = (BigInt(net) * BigInt(tenths) * 2n + 1_000n) / 2_000n;
        assert.equal(BigInt(charged?.amount ?? 0), exact);
        assert.equal(taxesOf(net, [rate(tenths / 10)], 'reverse')[0]?.amount, 0);
      }),
      RUNS,
    );
  });

  it('are for periods that come back to their day after short months, and over 29 February', () => {
    const at = (text: string): number => Date.parse(text) / 1_000;
    const ends = (anchor: string, count: number, interval: string): string[] => {
      const found: string[] = [];
      for (let end = at(anchor); found.length < count;) {
        end = periodAfter(at(anchor), end, { interval, interval_count: 1 });
        found.push(new Date(end * 1_000).toISOString().slice(0, 10));
      }
      return found;
    };
    assert.deepEqual(ends('2027-12-31T10:00:00Z', 4, 'month'), [
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
    assert.deepEqual(ends('2028-02-29T00:00:00Z', 4, 'year'), [
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
  });
});
