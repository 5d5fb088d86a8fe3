import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addMoney,
  allocateMoney,
  compareMoney,
  multiplyMoney,
  subtractMoney,
  sumMoney,
} from './arithmetic.js';
import { CurrencyMismatch, UnsupportedCurrency } from './errors.js';
import { decimalText, formatMoney } from './formatMoney.js';
import { money } from './Money.js';

const cents = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const eur = (amountMinor: number) => money(amountMinor, 'EUR');

describe('money [module:core]', () => {
  it('refuses what is no whole number of minor units', () => {
    for (const amount of [0.5, NaN, Infinity, 2 ** 53]) assert.throws(() => eur(amount), RangeError);
  });

  it('refuses unknown currencies and those without minor units, and says so', () => {
    assert.throws(
      () => money(1, 'JPY'),
      new UnsupportedCurrency({ currency: 'JPY', reason: 'without minor units' }),
    );
    assert.throws(() => money(1, 'EURO'), new UnsupportedCurrency({ currency: 'EURO', reason: 'unknown' }));
    assert.throws(() => money(1, 'eur'), new UnsupportedCurrency({ currency: 'eur', reason: 'unknown' }));
  });

  it('refuses to reckon with two currencies', () => {
    const usd = money(1, 'USD');
    for (const reckon of [addMoney, subtractMoney, compareMoney]) {
      assert.throws(() => reckon(eur(1), usd), new CurrencyMismatch({ expected: 'EUR', actual: 'USD' }));
    }
  });

  it('takes away what it added', () => {
    fc.assert(
      fc.property(cents, cents, (a, b) =>
        assert.deepEqual(subtractMoney(addMoney(eur(a), eur(b)), eur(b)), eur(a)),
      ),
    );
  });

  it('sums nothing to 0', () => assert.deepEqual(sumMoney([], 'EUR'), eur(0)));

  it('refuses a result that is too large to be exact', () => {
    assert.throws(() => addMoney(eur(Number.MAX_SAFE_INTEGER), eur(1)), RangeError);
  });

  it('rounds half away from zero, once', () => {
    const cases = [
      [150, '0.17', 26],
      [-150, '0.17', -26],
      [50, '0.01', 1],
      [-50, '0.01', -1],
      [49, '0.01', 0],
      [1, '0.5', 1],
      [10, 3, 30],
    ] as const;
    for (const [amount, factor, expected] of cases)
      assert.deepEqual(multiplyMoney(eur(amount), factor), eur(expected));
    assert.deepEqual(multiplyMoney(eur(100), { numerator: 1n, denominator: 3n }), eur(33));
  });

  it('rounds by at most half a cent', () => {
    fc.assert(
      fc.property(
        cents,
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (amount, numerator, denominator) => {
          const result = multiplyMoney(eur(amount), {
            numerator: BigInt(numerator),
            denominator: BigInt(denominator),
          }).amountMinor;
          const off = 2n * (BigInt(result) * BigInt(denominator) - BigInt(amount) * BigInt(numerator));
          assert.ok((off < 0n ? -off : off) <= BigInt(denominator));
        },
      ),
    );
  });

  it('refuses a fraction as a number: it is not exact', () => {
    assert.throws(() => multiplyMoney(eur(1), 0.1), /write the factor 0.1 as text/);
    assert.throws(() => multiplyMoney(eur(1), '1e3'), /no decimal number/);
  });

  it('shares out every cent, each part within one cent of its due', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 })
      .filter((list) => list.some((weight) => weight > 0));
    fc.assert(
      fc.property(cents, weights, (amount, shares) => {
        const parts = allocateMoney(eur(amount), shares);
        assert.deepEqual(sumMoney(parts, 'EUR'), eur(amount));
        const total = BigInt(shares.reduce((sum, share) => sum + share, 0));
        parts.forEach((part, index) => {
          const off = BigInt(part.amountMinor) * total - BigInt(amount) * BigInt(shares[index]!);
          assert.ok(off > -total && off < total);
        });
      }),
    );
  });

  it('gives what remains to the parts that lost most, earlier ones first', () => {
    assert.deepEqual(
      allocateMoney(eur(100), [1, 1, 1]).map((part) => part.amountMinor),
      [34, 33, 33],
    );
    assert.deepEqual(
      allocateMoney(eur(10), [1, 5, 3]).map((part) => part.amountMinor),
      [1, 6, 3],
    );
    assert.deepEqual(
      allocateMoney(eur(-5), [1, 1]).map((part) => part.amountMinor),
      [-3, -2],
    );
  });

  it('refuses weights below 0 and weights that are all 0', () => {
    assert.throws(() => allocateMoney(eur(1), [-1, 2]), RangeError);
    assert.throws(() => allocateMoney(eur(1), [0, 0]), RangeError);
  });

  it('writes amounts as in Luxembourg in each language', () => {
    const written = (['en', 'fr', 'de', 'lb'] as const).map((language) =>
      formatMoney(eur(-123_450), language).replace(/\s/g, ' '),
    );
    assert.deepEqual(written, ['-€1,234.50', '-1.234,50 €', '-1.234,50 €', '-1.234,50 €']);
  });

  it('writes the largest amounts to the last cent', () => {
    assert.equal(formatMoney(eur(Number.MAX_SAFE_INTEGER), 'en'), '€90,071,992,547,409.91');
  });

  it('writes every amount as a decimal that reads back the same', () => {
    fc.assert(
      fc.property(cents, (amount) =>
        assert.equal(Math.round(Number(decimalText(eur(amount))) * 100), amount),
      ),
    );
    assert.deepEqual(
      [-1, 0, 5, 100].map((amount) => decimalText(eur(amount))),
      ['-0.01', '0.00', '0.05', '1.00'],
    );
    assert.equal(decimalText(money(1234, 'KWD')), '1.234');
  });
});
