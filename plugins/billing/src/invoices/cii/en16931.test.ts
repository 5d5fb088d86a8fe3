import assert from 'node:assert/strict';
import { en16931Faults, OFFICIAL_RULES, RULES, VOID_RULES } from './en16931.fixture.js';
import { ciiXml } from './ciiXml.js';
import type { InvoiceRow } from '../models/InvoiceRow.js';

const ADDRESS = {
  line1: '1, rue de la Gare',
  line2: '',
  postalCode: 'L-1611',
  city: 'Luxembourg',
  country: 'LU',
};
type Category = 'S' | 'E' | 'AE' | 'K' | 'G' | 'O';
const REASONS: Readonly<Partial<Record<Category, string>>> = {
  AE: 'VATEX-EU-AE',
  K: 'VATEX-EU-IC',
  G: 'VATEX-EU-G',
  O: 'VATEX-EU-O',
};

/** An invoice of 100.00 less 10.00, as one of a category. */
function written(category: Category, change: Partial<InvoiceRow> = {}): string {
  const percent = category === 'S' ? '17' : '0';
  const vatMinor = category === 'S' ? 1_530 : 0;
  const invoice = {
    kind: 'invoice',
    numberText: 'INV-2026-00001',
    issuedOn: '2026-03-02',
    supplyOn: '2026-03-01',
    dueOn: '2026-04-01',
    supply: 'goods',
    note: 'Merci.',
    currency: 'EUR',
    exchangeRate: null,
    exemptionCode: REASONS[category] ?? null,
    allowanceReason: 'Loyalty',
    lineNetMinor: 10_000,
    netMinor: 9_000,
    vatMinor,
    grossMinor: 9_000 + vatMinor,
    seller: {
      legalName: 'Wizamart S.à r.l.',
      registration: null,
      vatId: 'LU26375245',
      taxNumber: null,
      email: 'billing@wizamart.example',
      phone: null,
      address: ADDRESS,
      bank: { name: null, iban: 'LU280019400644750000', bic: null },
    },
    buyer: {
      name: 'Muster GmbH',
      address: { ...ADDRESS, country: 'DE' },
      vatId: 'DE811907980',
      email: 'a@b.example',
    },
    lines: [{ description: 'Wine', quantity: '1', unit: 'C62', netMinor: 10_000, category, percent }],
    vatGroups: [{ category, percent, netMinor: 9_000, vatMinor, allowanceNetMinor: 1_000 }],
    ...change,
  } as unknown as InvoiceRow;
  return ciiXml(invoice, {
    exemptionReason: category === 'S' ? null : 'Why there is no VAT',
    credited: { numberText: 'INV-2026-00000', issuedOn: '2026-03-01' },
    paymentTerms: 'Within 30 days',
  });
}

const CATEGORIES: readonly Category[] = ['S', 'E', 'AE', 'K', 'G', 'O'];
const without = (name: string) => new RegExp(`<ram:${name}[ >].*?</ram:${name}>`);
const within = (outer: string, name: string) =>
  new RegExp(`(<ram:${outer}>.*?)<ram:${name}[ >].*?</ram:${name}>`);
/** What breaks a rule: the rule, the category of the invoice, what is replaced and by what. */
const FAULTS: readonly (readonly [rule: string, category: Category, find: RegExp | string, by?: string])[] = [
  ['BR-01', 'S', without('GuidelineSpecifiedDocumentContextParameter')],
  ['BR-02', 'S', '<ram:ID>INV-2026-00001</ram:ID>'],
  ['BR-03', 'S', 'format="102">20260302', 'format="203">20260302'],
  ['BR-04', 'S', '<ram:TypeCode>380</ram:TypeCode>'],
  ['BR-05', 'S', without('InvoiceCurrencyCode')],
  ['BR-06', 'S', within('SellerTradeParty', 'Name'), '$1'],
  ['BR-07', 'S', within('BuyerTradeParty', 'Name'), '$1'],
  ['BR-08', 'S', within('SellerTradeParty', 'PostalTradeAddress'), '$1'],
  ['BR-09', 'S', within('SellerTradeParty', 'CountryID'), '$1'],
  ['BR-10', 'S', within('BuyerTradeParty', 'PostalTradeAddress'), '$1'],
  ['BR-11', 'S', within('BuyerTradeParty', 'CountryID'), '$1'],
  ['BR-12', 'S', within('SpecifiedTradeSettlementHeaderMonetarySummation', 'LineTotalAmount'), '$1'],
  ['BR-13', 'S', without('TaxBasisTotalAmount')],
  ['BR-14', 'S', without('GrandTotalAmount')],
  ['BR-15', 'S', without('DuePayableAmount')],
  ['BR-16', 'S', without('IncludedSupplyChainTradeLineItem')],
  ['BR-21', 'S', without('LineID')],
  ['BR-22', 'S', without('BilledQuantity')],
  ['BR-23', 'S', ' unitCode="C62"'],
  ['BR-24', 'S', without('LineTotalAmount')],
  ['BR-25', 'S', within('SpecifiedTradeProduct', 'Name'), '$1'],
  ['BR-26', 'S', without('ChargeAmount')],
  ['BR-27', 'S', '<ram:ChargeAmount>', '<ram:ChargeAmount>-'],
  ['BR-31', 'S', without('ActualAmount')],
  ['BR-32', 'S', within('CategoryTradeTax', 'CategoryCode'), '$1'],
  ['BR-33', 'S', without('Reason')],
  ['BR-CO-21', 'S', without('Reason')],
  ['BR-45', 'S', without('BasisAmount')],
  ['BR-46', 'S', without('CalculatedAmount')],
  ['BR-47', 'S', /(<ram:BasisAmount>[^<]*<\/ram:BasisAmount>)<ram:CategoryCode>S<\/ram:CategoryCode>/, '$1'],
  [
    'BR-48',
    'E',
    /(<ram:ApplicableHeaderTradeSettlement>.*?)<ram:RateApplicablePercent>0<\/ram:RateApplicablePercent>/,
    '$1',
  ],
  ['BR-49', 'S', '<ram:TypeCode>58</ram:TypeCode>'],
  ['BR-50', 'S', /<ram:IBANID>.*?<\/ram:IBANID>/, '<ram:AccountName>x</ram:AccountName>'],
  ['BR-61', 'S', without('PayeePartyCreditorFinancialAccount')],
  ['BR-CO-27', 'S', '</ram:IBANID>', '</ram:IBANID><ram:ProprietaryID>1</ram:ProprietaryID>'],
  ['BR-55', 'S', without('IssuerAssignedID')],
  ['BR-57', 'S', within('ShipToTradeParty', 'CountryID'), '$1'],
  ['BR-62', 'S', 'schemeID="EM">billing@', '>billing@'],
  ['BR-63', 'S', 'schemeID="EM">a@b', '>a@b'],
  ['BR-66', 'S', without('ChargeIndicator')],
  ['BR-CO-04', 'S', '<ram:CategoryCode>S</ram:CategoryCode>'],
  ['BR-CO-09', 'S', '>LU26375245<', '>26375245<'],
  ['BR-CO-10', 'S', '<ram:LineTotalAmount>100.00', '<ram:LineTotalAmount>100.01'],
  ['BR-CO-11', 'S', '<ram:AllowanceTotalAmount>10.00', '<ram:AllowanceTotalAmount>10.01'],
  ['BR-CO-13', 'S', '<ram:TaxBasisTotalAmount>90.00', '<ram:TaxBasisTotalAmount>91.00'],
  ['BR-CO-14', 'S', '<ram:CalculatedAmount>15.30', '<ram:CalculatedAmount>15.31'],
  ['BR-CO-15', 'S', '<ram:GrandTotalAmount>105.30', '<ram:GrandTotalAmount>105.31'],
  ['BR-CO-16', 'S', '<ram:DuePayableAmount>105.30', '<ram:DuePayableAmount>105.31'],
  ['BR-CO-17', 'S', '<ram:CalculatedAmount>15.30', '<ram:CalculatedAmount>18.30'],
  [
    'BR-CO-18',
    'S',
    /(<ram:ApplicableHeaderTradeSettlement>.*?)<ram:ApplicableTradeTax>.*?<\/ram:ApplicableTradeTax>/,
    '$1',
  ],
  ['BR-CO-25', 'S', without('SpecifiedTradePaymentTerms')],
  ['BR-CO-26', 'S', within('SellerTradeParty', 'SpecifiedTaxRegistration'), '$1'],
  ['BR-IC-11', 'K', without('ActualDeliverySupplyChainEvent')],
  ['BR-IC-12', 'K', without('ShipToTradeParty')],
  [
    'BR-O-11',
    'O',
    '</ram:ApplicableTradeTax><ram:SpecifiedTradeAllowanceCharge>',
    '</ram:ApplicableTradeTax><ram:ApplicableTradeTax><ram:CategoryCode>S</ram:CategoryCode></ram:ApplicableTradeTax><ram:SpecifiedTradeAllowanceCharge>',
  ],
  ['BR-O-12', 'O', '<ram:CategoryCode>O</ram:CategoryCode>', '<ram:CategoryCode>S</ram:CategoryCode>'],
  ['BR-O-13', 'O', /(<ram:CategoryTradeTax>.*?<ram:CategoryCode>)O/, '$1S'],
  ['BR-DEC-01', 'S', '<ram:ActualAmount>10.00', '<ram:ActualAmount>10.000'],
  [
    'BR-DEC-09',
    'S',
    /(<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>100.00)/,
    '$10',
  ],
  ['BR-DEC-10', 'S', '<ram:AllowanceTotalAmount>10.00', '<ram:AllowanceTotalAmount>10.000'],
  ['BR-DEC-12', 'S', '<ram:TaxBasisTotalAmount>90.00', '<ram:TaxBasisTotalAmount>90.000'],
  ['BR-DEC-13', 'S', /(currencyID="EUR">15.30)/, '$10'],
  ['BR-DEC-14', 'S', '<ram:GrandTotalAmount>105.30', '<ram:GrandTotalAmount>105.300'],
  ['BR-DEC-18', 'S', '<ram:DuePayableAmount>105.30', '<ram:DuePayableAmount>105.300'],
  ['BR-DEC-19', 'S', '<ram:BasisAmount>90.00', '<ram:BasisAmount>90.000'],
  ['BR-DEC-20', 'S', '<ram:CalculatedAmount>15.30', '<ram:CalculatedAmount>15.300'],
  ['BR-DEC-23', 'S', '<ram:LineTotalAmount>100.00', '<ram:LineTotalAmount>100.000'],
  ['BR-CL-01', 'S', '<ram:TypeCode>380<', '<ram:TypeCode>999<'],
  ['BR-CL-03', 'S', 'currencyID="EUR"', 'currencyID="EUX"'],
  ['BR-CL-04', 'S', '<ram:InvoiceCurrencyCode>EUR', '<ram:InvoiceCurrencyCode>EUX'],
  ['BR-CL-14', 'S', '<ram:CountryID>DE', '<ram:CountryID>XI'],
  ['BR-CL-16', 'S', '<ram:TypeCode>58', '<ram:TypeCode>7X'],
  ['BR-CL-17', 'S', /(<ram:CategoryTradeTax>.*?<ram:CategoryCode>)S/, '$1B'],
  ['BR-CL-18', 'S', '<ram:CategoryCode>S', '<ram:CategoryCode>L'],
  ['BR-CL-22', 'AE', 'VATEX-EU-AE', 'VATEX-EU-XX'],
  ['BR-CL-23', 'S', 'unitCode="C62"', 'unitCode="ZZZ"'],
  ['BR-CL-25', 'S', 'schemeID="EM"', 'schemeID="MAIL"'],
  ...CATEGORIES.flatMap((category): [string, Category, RegExp | string, string][] => {
    const name = `BR-${category === 'K' ? 'IC' : category}`;
    const rate = category === 'S' ? '17' : '0';
    const vat = category === 'S' ? '15.30' : '0.00';
    const given = '<ram:RateApplicablePercent>9</ram:RateApplicablePercent>';
    const none = category === 'S' ? given.replace('9', '0') : given;
    const after = (place: string): [RegExp, string] =>
      category === 'O'
        ? [new RegExp(`(<ram:${place}>.*?</ram:CategoryCode>)`), `$1${given}`]
        : [
            new RegExp(`(<ram:${place}>.*?)<ram:RateApplicablePercent>${rate}</ram:RateApplicablePercent>`),
            `$1${none}`,
          ];
    const ids: [RegExp, string] =
      category === 'O'
        ? [
            /<ram:SellerTradeParty>/,
            '<ram:SellerTradeParty><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">LU1</ram:ID></ram:SpecifiedTaxRegistration>',
          ]
        : [within('SellerTradeParty', 'SpecifiedTaxRegistration'), '$1'];
    return [
      [
        `${name}-01`,
        category,
        new RegExp(`(<ram:BasisAmount>90.00</ram:BasisAmount><ram:CategoryCode>)${category}<`),
        '$1Z<',
      ],
      [`${name}-02`, category, ...ids],
      [`${name}-03`, category, ...ids],
      [`${name}-05`, category, ...after('SpecifiedLineTradeSettlement')],
      [`${name}-06`, category, ...after('CategoryTradeTax')],
      [`${name}-08`, category, '<ram:BasisAmount>90.00', '<ram:BasisAmount>90.01'],
      [`${name}-09`, category, `<ram:CalculatedAmount>${vat}`, '<ram:CalculatedAmount>99.00'],
      category === 'S'
        ? [
            `${name}-10`,
            category,
            '<ram:BasisAmount>',
            '<ram:ExemptionReason>x</ram:ExemptionReason><ram:BasisAmount>',
          ]
        : [
            `${name}-10`,
            category,
            /<ram:ExemptionReason>.*?<\/ram:ExemptionReason>|<ram:ExemptionReasonCode>.*?<\/ram:ExemptionReasonCode>/g,
            '',
          ],
    ];
  }),
];

describe('the rules of EN 16931 [module:billing]', () => {
  it('are all known: each is checked, or speaks of what we never write', () => {
    const known = [...RULES.map(([name]) => name), ...VOID_RULES];
    assert.deepEqual([...known].sort(), [...OFFICIAL_RULES].sort());
    assert.equal(new Set(known).size, known.length);
  });

  it('are kept by an invoice of each category', () => {
    for (const category of CATEGORIES) assert.deepEqual(en16931Faults(written(category)), [], category);
  });

  it('find what breaks them, each its own', () => {
    for (const [rule, category, find, by = ''] of FAULTS) {
      const xml = written(category);
      const broken = xml.replace(find, by);
      assert.notEqual(broken, xml, `nothing was broken for ${rule}`);
      assert.ok(en16931Faults(broken).includes(rule), `${rule} does not see ${String(find)} in\n${xml}`);
    }
  });

  it('have each been broken once', () => {
    const broken = new Set(FAULTS.map(([rule]) => rule));
    // Nobody writes a zero rate; a second currency has a test of its own.
    const left = RULES.map(([name]) => name).filter((name) => !broken.has(name) && !name.startsWith('BR-Z-'));
    assert.deepEqual(left, ['BR-53', 'BR-DEC-15', 'BR-CL-05']);
  });

  it('ask for the VAT in euros of an invoice in another currency', () => {
    const xml = written('S', { currency: 'CHF', exchangeRate: '1.0634' });
    assert.deepEqual(en16931Faults(xml), []);
    const broken = (find: RegExp | string, by = '') => en16931Faults(xml.replace(find, by));
    assert.ok(broken(/<ram:TaxTotalAmount currencyID="EUR">.*?<\/ram:TaxTotalAmount>/).includes('BR-53'));
    assert.ok(broken(/(currencyID="EUR">[\d.]+)/, '$10').includes('BR-DEC-15'));
    assert.ok(broken('<ram:TaxCurrencyCode>EUR', '<ram:TaxCurrencyCode>EUX').includes('BR-CL-05'));
  });

  it('refuse an element whose rules nobody wrote', () => {
    const xml = written('S').replace(
      '<ram:SellerTradeParty>',
      '<ram:PayeeTradeParty></ram:PayeeTradeParty><ram:SellerTradeParty>',
    );
    assert.deepEqual(en16931Faults(xml), ['BR-17']);
  });

  it('know a seller by a number of its own where no VAT id may stand, and Northern Ireland by its country', () => {
    const outside = written('O');
    assert.match(outside, /<ram:SellerTradeParty><ram:ID>LU26375245<\/ram:ID>/);
    const small = written('E', {
      seller: { ...JSON.parse(SELLER), vatId: null, taxNumber: '2026 1234 567' },
    } as never);
    assert.match(small, /<ram:SellerTradeParty><ram:ID>2026 1234 567<\/ram:ID>/);
    const belfast = {
      name: 'Shop',
      vatId: 'XI123456789',
      email: null,
      address: { ...ADDRESS, country: 'XI' },
    };
    const north = written('K', { buyer: belfast } as never);
    assert.match(north, /<ram:CountryID>GB</);
    for (const xml of [outside, small, north]) assert.deepEqual(en16931Faults(xml), []);
  });
});

const SELLER = JSON.stringify({
  legalName: 'Wizamart S.à r.l.',
  registration: null,
  email: 'billing@wizamart.example',
  phone: null,
  address: ADDRESS,
  bank: null,
});
