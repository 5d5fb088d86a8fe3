import assert from 'node:assert/strict';
import fc from 'fast-check';
import { creditGroup, type GroupLeft } from './creditSums.js';
import { halfUp, type LineAmounts, readDecimal, sumInvoice } from './sums.js';

const RUNS = { numRuns: 10_000 };
const percent = fc.constantFrom('0', '2.1', '3', '5.5', '8', '9.5', '13.5', '14', '17', '19', '25.5', '27');
const quantity = fc
  .tuple(fc.integer({ min: -50, max: 500 }), fc.integer({ min: 0, max: 999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(3, '0')}`);
const line: fc.Arbitrary<LineAmounts> = fc.record({
  quantity,
  unitPriceMinor: fc.integer({ min: 0, max: 5_000_000 }),
  discountMinor: fc.constant(0),
  category: fc.constant('S'),
  percent,
});
const lines = fc.array(line, { minLength: 1, maxLength: 8 });
const mode = fc.constantFrom('net' as const, 'gross' as const);

const one = (amountMinor: number, rate: string): LineAmounts => ({
  quantity: '1',
  unitPriceMinor: amountMinor,
  discountMinor: 0,
  category: 'S',
  percent: rate,
});

describe('invoice sums [module:billing]', () => {
  it('always has net + VAT = gross, in every rate and in all', () => {
    fc.assert(
      fc.property(lines, mode, (list, kind) => {
        const sums = sumInvoice(list, kind);
        assert.equal(sums.netMinor + sums.vatMinor, sums.grossMinor);
        assert.equal(
          sums.groups.reduce((sum, { netMinor }) => sum + netMinor, 0),
          sums.netMinor,
        );
        assert.equal(
          sums.lines.reduce((sum, { netMinor }) => sum + netMinor, 0),
          sums.lineNetMinor,
        );
        assert.equal(sums.lineNetMinor - sums.allowanceNetMinor, sums.netMinor);
      }),
      RUNS,
    );
  });

  it('has VAT of a rate = base × rate, half up to the cent, for prices without VAT', () => {
    fc.assert(
      fc.property(lines, (list) => {
        for (const { netMinor, vatMinor, percent: rate } of sumInvoice(list, 'net').groups) {
          const { value, scale } = readDecimal(rate);
          assert.equal(BigInt(vatMinor), halfUp(BigInt(netMinor) * value, 100n * scale));
        }
      }),
      RUNS,
    );
  });

  it('keeps the gross that the customer saw, to the cent, with VAT half up of the exact base', () => {
    fc.assert(
      fc.property(lines, (list) => {
        const sums = sumInvoice(list, 'gross');
        assert.equal(
          sums.grossMinor,
          sums.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
        );
        for (const { amountMinor, netMinor, vatMinor, percent: rate } of sums.groups) {
          assert.equal(netMinor + vatMinor, amountMinor);
          const { value, scale } = readDecimal(rate);
          assert.equal(BigInt(vatMinor), halfUp(BigInt(amountMinor) * value, 100n * scale + value));
          // Against the rounded base it differs by less than a cent: EN 16931 allows that.
          const off = BigInt(vatMinor) * 100n * scale - BigInt(netMinor) * value;
          assert.ok((off < 0n ? -off : off) < 100n * scale);
        }
      }),
      RUNS,
    );
  });

  it('takes an allowance off to the cent, and keeps net + VAT = gross', () => {
    const positive = fc.array(
      line.map((each) => ({ ...each, quantity: each.quantity.replace('-', '') })),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(positive, mode, fc.integer({ min: 0, max: 10_000 }), (list, kind, part) => {
        const before = sumInvoice(list, kind);
        const all = before.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const allowance = Math.floor((all / 10_000) * part);
        const sums = sumInvoice(list, kind, allowance);
        assert.equal(sums.netMinor + sums.vatMinor, sums.grossMinor);
        assert.equal(sums.lineNetMinor - sums.allowanceNetMinor, sums.netMinor);
        assert.equal(
          sums.groups.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
          all - allowance,
        );
        for (const { netMinor, vatMinor } of sums.groups) assert.ok(netMinor >= 0 && vatMinor >= 0);
      }),
      RUNS,
    );
  });

  it('never credits more than the invoice, and ends at nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        percent,
        mode,
        fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 6 }),
        (amount, rate, kind, parts) => {
          const [group] = sumInvoice([one(amount, rate)], kind).groups;
          let left = group as GroupLeft;
          for (const part of parts)
            left = minus(left, creditGroup(left, Math.floor((left.amountMinor / 10_000) * part), kind));
          left = minus(left, creditGroup(left, left.amountMinor, kind));
          assert.deepEqual([left.amountMinor, left.netMinor, left.vatMinor], [0, 0, 0]);
        },
      ),
      RUNS,
    );
  });

  it('takes exactly the invoice back with a full credit', () => {
    fc.assert(
      fc.property(lines, mode, (list, kind) => {
        for (const group of sumInvoice(list, kind).groups) {
          const { netMinor, vatMinor } = creditGroup(group, group.amountMinor, kind);
          assert.deepEqual([netMinor, vatMinor], [group.netMinor, group.vatMinor]);
        }
      }),
      RUNS,
    );
  });

  it('rounds halves away from zero', () => {
    const vat = (amount: number, rate: string) => sumInvoice([one(amount, rate)], 'net').vatMinor;
    assert.deepEqual([vat(50, '17'), vat(150, '17'), vat(50, '5'), vat(10, '5')], [9, 26, 3, 1]);
    const back = sumInvoice([{ ...one(50, '17'), quantity: '-1' }], 'net');
    assert.deepEqual([back.netMinor, back.vatMinor], [-50, -9]);
  });

  it('keeps a gross that no whole base reaches', () => {
    const { netMinor, vatMinor, grossMinor } = sumInvoice([one(3, '17')], 'gross');
    assert.deepEqual([netMinor, vatMinor, grossMinor], [3, 0, 3]);
  });
});

function minus(left: GroupLeft, taken: GroupLeft): GroupLeft {
  assert.ok(
    taken.netMinor >= 0 && taken.netMinor <= left.netMinor,
    `net ${taken.netMinor} of ${left.netMinor}`,
  );
  assert.ok(
    taken.vatMinor >= 0 && taken.vatMinor <= left.vatMinor,
    `VAT ${taken.vatMinor} of ${left.vatMinor}`,
  );
  return {
    ...left,
    amountMinor: left.amountMinor - taken.amountMinor,
    netMinor: left.netMinor - taken.netMinor,
    vatMinor: left.vatMinor - taken.vatMinor,
  };
}
