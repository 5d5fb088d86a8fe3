import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amountText, readAmount, shownAmount, unitName } from './limitAmounts.js';

const bytes = { unit: 'bytes' } as const;

describe('Amounts of limits [module:core]', () => {
  it('are shown so that what is not touched stays as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (amount) => {
        const { text, unit } = shownAmount(bytes, amount);
        assert.equal(readAmount(bytes, text, unit ?? undefined), amount);
        assert.equal(readAmount({}, shownAmount({}, amount).text), amount);
      }),
    );
  });

  it('in bytes are read with decimals and the unit of each language', () => {
    assert.equal(readAmount(bytes, '1,1', 'GB'), 1_100_000_000);
    assert.equal(readAmount(bytes, ' 500 MB '), 500_000_000);
    assert.equal(readAmount(bytes, '2,5 Go'), 2_500_000_000);
    assert.equal(readAmount(bytes, '1 GB', 'MB'), 1_000_000_000, 'what is written counts');
    assert.equal(readAmount(bytes, '4096'), 4096);
    assert.equal(readAmount(bytes, ''), null);
  });

  it('are refused where they are none', () => {
    for (const typed of ['-1', 'much', '1 TB', '0.5', '1001 GB', '1.2.3 MB', '0.0000001 MB'])
      assert.equal(readAmount(bytes, typed), undefined, typed);
    for (const typed of ['1.5', '5 MB', '-1', '1e3']) assert.equal(readAmount({}, typed), undefined, typed);
  });

  it('are said as people count them', () => {
    assert.equal(amountText('en', bytes, 100_000_000), '100 MB');
    assert.match(amountText('fr', bytes, 1_500_000_000), /^1,5\sGo$/);
    assert.equal(amountText('en', {}, 1200), '1,200');
    assert.deepEqual(shownAmount(bytes, 5_000_000_000), { text: '5', unit: 'GB' });
    assert.deepEqual(shownAmount(bytes, undefined), { text: '', unit: 'MB' });
    assert.equal(unitName('fr', 'MB'), 'Mo');
  });
});
