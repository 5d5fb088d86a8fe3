import assert from 'node:assert/strict';
import { ratesOf, rateAt } from './rateAt.js';
import { MEMBER_STATES } from './data/memberStates.js';
import { RATE_ROWS } from './data/rates.js';
import { TERRITORIES } from './data/territories.js';
import { decideVat, THRESHOLD_MINOR } from './decideVat.js';
import { RateUnknown, SellerOutsideVatArea } from './errors.js';
import { MEMBER_STATE_CASES, OUTSIDE_TERRITORIES } from './memberStates.fixture.js';
import type { SupplyKind, VatQuestion } from './types.js';
import { isVatId, normaliseVatId } from './vatId.js';

const ON = '2026-08-22';
const NOTHING_YET = { lastYearMinor: 0, thisYearMinor: 0, thisSaleMinor: 10_000 };

interface Change {
  readonly seller?: Partial<VatQuestion['seller']>;
  readonly buyer?: Partial<VatQuestion['buyer']>;
  readonly supply?: SupplyKind;
  readonly supplyOn?: string;
  readonly crossBorder?: Partial<VatQuestion['crossBorder']>;
}

function decide({ seller, buyer, supply = 'goods', supplyOn = ON, crossBorder }: Change) {
  const decision = decideVat({
    seller: {
      country: 'LU',
      postalCode: '1234',
      vatId: 'LU26375245',
      isSmallBusiness: false,
      hasOssOptIn: false,
      ...seller,
    },
    buyer: { country: 'LU', postalCode: '', isBusiness: false, vatId: null, vatIdStatus: 'none', ...buyer },
    supply,
    supplyOn,
    crossBorder: { ...NOTHING_YET, ...crossBorder },
  });
  const { treatment, category, rateZone, rule } = decision;
  const rate = rateZone ? rateAt(rateZone, 'standard', supplyOn).percent : null;
  return { decision, seen: [treatment, category, rate], rule };
}

const business = (country: string, vatId: string) =>
  ({ country, isBusiness: true, vatId, vatIdStatus: 'valid' }) as const;

describe('decideVat [module:billing]', () => {
  it('knows all 27 member states, each with its rates and the source of every row', () => {
    assert.deepEqual(
      MEMBER_STATE_CASES.map(({ country }) => country),
      [...MEMBER_STATES],
    );
    assert.equal(MEMBER_STATES.length, 27);
    for (const { zone, from, source, rate } of RATE_ROWS) {
      assert.match(from, /^\d{4}-\d{2}-\d{2}$/);
      assert.ok(source.length > 10, `${zone} ${from} has no source`);
      if (rate !== null) assert.match(rate, /^\d{1,2}(\.\d)?$/);
    }
    for (const { source, name } of TERRITORIES) assert.ok(source.length > 5, `${name} has no source`);
  });

  for (const { country, standard, vatId, source } of MEMBER_STATE_CASES) {
    describe(`${country}, standard rate ${standard} % (${source})`, () => {
      const isHome = country === 'LU';
      const buyer = { country };

      it('charges its own rate to its own consumers and businesses', () => {
        const seller = { country, vatId };
        for (const supply of ['goods', 'services', 'e_services'] as const) {
          assert.deepEqual(decide({ seller, buyer, supply }).seen, ['domestic', 'S', standard]);
          assert.deepEqual(decide({ seller, buyer: business(country, vatId), supply }).seen, [
            'domestic',
            'S',
            standard,
          ]);
        }
      });

      it('shifts the tax to its businesses: reverse charge for services, exempt supply for goods', () => {
        if (isHome) return;
        for (const supply of ['services', 'e_services'] as const) {
          const { seen, decision } = decide({ buyer: business(country, vatId), supply });
          assert.deepEqual(seen, ['reverse_charge', 'AE', null]);
          assert.deepEqual(decision.mentions, ['reverse_charge']);
          assert.equal(decision.exemptionCode, 'VATEX-EU-AE');
        }
        const { seen, decision } = decide({ buyer: business(country, vatId), supply: 'goods' });
        assert.deepEqual(seen, ['intra_community', 'K', null]);
        assert.equal(decision.exemptionCode, 'VATEX-EU-IC');
      });

      it('charges its consumers the seller’s rate up to the threshold, and its own from the sale that crosses it', () => {
        if (isHome) return;
        for (const supply of ['goods', 'e_services'] as const) {
          const at = (crossBorder: Change['crossBorder'], seller: Change['seller'] = {}) =>
            decide({ buyer, supply, crossBorder: crossBorder ?? {}, seller });
          assert.deepEqual(at({}).seen, ['seller_rate', 'S', '17']);
          const upTo = { thisYearMinor: THRESHOLD_MINOR - 10_000, lastYearMinor: THRESHOLD_MINOR };
          assert.deepEqual(at(upTo).seen, ['seller_rate', 'S', '17']);
          const crossing = at({ ...upTo, thisSaleMinor: 10_001 });
          assert.deepEqual(crossing.seen, ['oss', 'S', standard]);
          assert.equal(crossing.rule, 'eu-consumer-crossing-threshold');
          assert.deepEqual(at({ thisYearMinor: THRESHOLD_MINOR + 1 }).seen, ['oss', 'S', standard]);
          assert.deepEqual(at({ lastYearMinor: THRESHOLD_MINOR + 1 }).seen, ['oss', 'S', standard]);
          assert.deepEqual(at({}, { hasOssOptIn: true }).seen, ['oss', 'S', standard]);
          assert.ok(at({}).decision.countsForThreshold);
        }
      });

      it('charges consumers of plain services the seller’s rate, whatever the total', () => {
        if (isHome) return;
        const { seen, decision } = decide({
          buyer,
          supply: 'services',
          crossBorder: { lastYearMinor: 9_999_999 },
        });
        assert.deepEqual(seen, ['seller_rate', 'S', '17']);
        assert.equal(decision.countsForThreshold, false);
      });

      it('treats a business without a valid VAT id as a consumer', () => {
        if (isHome) return;
        const invalid = { ...business(country, vatId), vatIdStatus: 'invalid' } as const;
        assert.deepEqual(decide({ buyer: invalid, supply: 'goods' }).seen, ['seller_rate', 'S', '17']);
        assert.deepEqual(decide({ buyer: { country, isBusiness: true } }).seen, ['seller_rate', 'S', '17']);
      });

      it('has a VAT id whose check digits hold, and refuses it with a digit changed', () => {
        assert.ok(isVatId(vatId), vatId);
        assert.equal(normaliseVatId(` ${vatId.toLowerCase()} `), vatId);
        const wrong = vatId.slice(0, 5) + String((Number(vatId[5]) + 1) % 10) + vatId.slice(6);
        assert.ok(!isVatId(wrong), `${wrong} was taken`);
      });
    });
  }

  it('waits for VIES where a VAT id could not be checked, and never turns to 0 % by itself', () => {
    const { decision } = decide({
      buyer: { ...business('DE', 'DE811907980'), vatIdStatus: 'unknown' },
      supply: 'services',
    });
    assert.equal(decision.waitsFor, 'vies');
  });

  it('does not exempt a sale abroad to a VAT id of the seller’s own state', () => {
    assert.deepEqual(decide({ buyer: business('DE', 'LU26375245'), supply: 'goods' }).seen, [
      'seller_rate',
      'S',
      '17',
    ]);
  });

  for (const [country, postalCode, name] of OUTSIDE_TERRITORIES) {
    it(`counts ${name} (${country} ${postalCode}) as outside the VAT area`, () => {
      assert.deepEqual(decide({ buyer: { country, postalCode } }).seen, ['export', 'G', null]);
      assert.deepEqual(decide({ buyer: { country, postalCode }, supply: 'services' }).seen, [
        'outside_scope',
        'O',
        null,
      ]);
    });
  }

  it('counts Northern Ireland as a member state for goods only', () => {
    for (const buyer of [{ country: 'XI' }, { country: 'GB', postalCode: 'BT1 1AA' }]) {
      assert.deepEqual(decide({ buyer, seller: { hasOssOptIn: true } }).seen, ['oss', 'S', '20']);
      assert.deepEqual(decide({ buyer, supply: 'e_services' }).seen, ['outside_scope', 'O', null]);
      const company = { ...buyer, isBusiness: true, vatId: 'XI333289454', vatIdStatus: 'valid' } as const;
      assert.deepEqual(decide({ buyer: company }).seen, ['intra_community', 'K', null]);
      assert.deepEqual(decide({ buyer: company, supply: 'services' }).seen, ['outside_scope', 'O', null]);
    }
    assert.deepEqual(decide({ buyer: { country: 'GB', postalCode: 'SW1A 1AA' } }).seen, [
      'export',
      'G',
      null,
    ]);
  });

  it('charges rates of their own in Madeira, the Azores and Jungholz, and those of France in Monaco', () => {
    const sent = (country: string, postalCode: string) =>
      decide({ buyer: { country, postalCode }, seller: { hasOssOptIn: true } }).seen;
    assert.deepEqual(sent('PT', '9000-001'), ['oss', 'S', '22']);
    assert.deepEqual(sent('PT', '9500-001'), ['oss', 'S', '16']);
    assert.deepEqual(sent('AT', '6691'), ['oss', 'S', '19']);
    assert.deepEqual(sent('MC', '98000'), ['oss', 'S', '20']);
    assert.deepEqual(sent('PT', '1000-001'), ['oss', 'S', '23']);
  });

  it('exports goods to, and leaves untaxed services for, buyers outside the EU', () => {
    for (const country of ['CH', 'US', 'NO', 'GB']) {
      assert.deepEqual(decide({ buyer: { country } }).seen, ['export', 'G', null]);
      assert.deepEqual(decide({ buyer: { country }, supply: 'e_services' }).seen, [
        'outside_scope',
        'O',
        null,
      ]);
    }
  });

  it('charges no VAT for a small business, and says why', () => {
    for (const buyer of [{ country: 'LU' }, { country: 'FR' }, { country: 'US' }]) {
      const { seen, decision } = decide({ buyer, seller: { isSmallBusiness: true } });
      assert.deepEqual(seen, ['small_business', 'E', null]);
      assert.deepEqual(decision.mentions, ['small_business']);
    }
  });

  it('refuses a seller outside the VAT area', () => {
    for (const seller of [{ country: 'CH' }, { country: 'ES', postalCode: '35001' }, { country: 'XI' }])
      assert.throws(() => decide({ seller }), SellerOutsideVatArea);
  });

  it('picks rates by the day of supply, on both sides of every change', () => {
    const changes: readonly (readonly [zone: string, day: string, before: string, from: string])[] = [
      ['DE', '2020-07-01', '19', '16'],
      ['DE', '2021-01-01', '16', '19'],
      ['IE', '2020-09-01', '23', '21'],
      ['IE', '2021-03-01', '21', '23'],
      ['LU', '2023-01-01', '17', '16'],
      ['LU', '2024-01-01', '16', '17'],
      ['EE', '2024-01-01', '20', '22'],
      ['EE', '2025-07-01', '22', '24'],
      ['FI', '2024-09-01', '24', '25.5'],
      ['SK', '2025-01-01', '20', '23'],
      ['RO', '2025-08-01', '19', '21'],
    ];
    for (const [zone, day, before, from] of changes) {
      const eve = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
      assert.equal(rateAt(zone, 'standard', eve).percent, before, `${zone} ${eve}`);
      assert.equal(rateAt(zone, 'standard', day).percent, from, `${zone} ${day}`);
    }
  });

  it('has Luxembourg’s four rates, a point lower in 2023 but for the lowest', () => {
    const percents = (on: string) => ratesOf('LU', on).map(({ percent }) => percent);
    assert.deepEqual(percents('2022-12-31'), ['17', '14', '8', '3']);
    assert.deepEqual(percents('2023-06-15'), ['16', '13', '7', '3']);
    assert.deepEqual(percents(ON), ['17', '14', '8', '3']);
  });

  it('takes the next higher class where a state lacks one, never a lower', () => {
    assert.equal(rateAt('DK', 'super_reduced', ON).percent, '25');
    assert.equal(rateAt('DE', 'super_reduced', ON).percent, '7');
    assert.equal(rateAt('RO', 'reduced_low', '2025-07-31').percent, '5');
    assert.equal(rateAt('RO', 'reduced_low', '2025-08-01').percent, '11');
  });

  it('refuses days and places that the tables do not know', () => {
    assert.throws(() => rateAt('LU', 'standard', '2018-12-31'), RateUnknown);
    assert.throws(() => rateAt('US', 'standard', ON), RateUnknown);
  });
});
