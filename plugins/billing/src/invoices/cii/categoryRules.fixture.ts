import { all, type Node, textAt } from './readXml.fixture.js';
import {
  at,
  cents,
  has,
  type Invoice,
  LINE_TAX,
  LINE_TOTAL,
  type Rule,
  sumOf,
  taxIds,
} from './rules.fixture.js';

/** What the rules of a category ask; K goes by the name IC. */
interface Category {
  readonly code: string;
  readonly name: string;
  readonly ids: (invoice: Invoice) => boolean;
  readonly rate: (percent: string | undefined) => boolean;
  readonly hasReason: boolean;
  /** One breakdown for all of it; else one for each rate. */
  readonly isOne: boolean;
}

const sellerKnown = ({ seller }: Invoice): boolean => taxIds(seller, 'VA', 'FC').length > 0;
const sellerVat = ({ seller }: Invoice): boolean => taxIds(seller, 'VA').length > 0;
const buyerVat = ({ buyer }: Invoice): boolean => taxIds(buyer, 'VA').length > 0;
const buyerKnown = (invoice: Invoice): boolean =>
  buyerVat(invoice) || has(invoice.buyer, 'SpecifiedLegalOrganization/ID');
const isZero = (percent: string | undefined): boolean => percent !== undefined && Number(percent) === 0;

const untaxed = { rate: isZero, hasReason: true, isOne: true };
const CATEGORIES: readonly Category[] = [
  {
    code: 'S',
    name: 'S',
    ids: sellerKnown,
    rate: (percent) => Number(percent) > 0,
    hasReason: false,
    isOne: false,
  },
  { code: 'Z', name: 'Z', ids: sellerKnown, ...untaxed, hasReason: false },
  { code: 'E', name: 'E', ids: sellerKnown, ...untaxed },
  { code: 'AE', name: 'AE', ids: (one) => sellerKnown(one) && buyerKnown(one), ...untaxed },
  { code: 'K', name: 'IC', ids: (one) => sellerVat(one) && buyerVat(one), ...untaxed },
  { code: 'G', name: 'G', ids: sellerVat, ...untaxed },
  {
    code: 'O',
    name: 'O',
    ids: (one) => !sellerVat(one) && !buyerVat(one),
    ...untaxed,
    rate: (percent) => percent === undefined,
  },
];

const categoryOf = (node: Node | undefined): string | undefined => textAt(node, 'CategoryCode');
const rateOf = (node: Node | undefined): string | undefined => textAt(node, 'RateApplicablePercent');
const taxOf = (line: Node): Node | undefined => all(line, LINE_TAX)[0];
const offTax = (allowance: Node): Node | undefined => all(allowance, 'CategoryTradeTax')[0];

/** The rules -01 to -10 of each category that we may write; charges (-04, -07) we never write. */
const rulesOf = ({ code, name, ids, rate, hasReason, isOne }: Category): Rule[] => {
  const lines = (invoice: Invoice) => invoice.lines.filter((line) => categoryOf(taxOf(line)) === code);
  const offs = (invoice: Invoice) => invoice.allowances.filter((one) => categoryOf(offTax(one)) === code);
  const groups = (invoice: Invoice) => invoice.groups.filter((group) => categoryOf(group) === code);
  const rule = (number: string, holds: Rule[1]): Rule => [`BR-${name}-${number}`, holds];
  return [
    rule('01', (invoice) => {
      const isUsed = lines(invoice).length + offs(invoice).length > 0;
      const { length } = groups(invoice);
      return isOne ? length === (isUsed ? 1 : 0) : !isUsed || length > 0;
    }),
    rule('02', (invoice) => lines(invoice).length === 0 || ids(invoice)),
    rule('03', (invoice) => offs(invoice).length === 0 || ids(invoice)),
    rule('05', (invoice) => lines(invoice).every((line) => rate(rateOf(taxOf(line))))),
    rule('06', (invoice) => offs(invoice).every((one) => rate(rateOf(offTax(one))))),
    rule('08', (invoice) =>
      groups(invoice).every((group) => {
        const isSame = (tax: Node | undefined) => isOne || Number(rateOf(tax)) === Number(rateOf(group));
        const own = lines(invoice).filter((line) => isSame(taxOf(line)));
        const off = offs(invoice).filter((one) => isSame(offTax(one)));
        return at(group, 'BasisAmount') === sumOf(own, LINE_TOTAL) - sumOf(off, 'ActualAmount');
      }),
    ),
    rule('09', (invoice) =>
      groups(invoice).every((group) => (code === 'S' ? isNear(group) : at(group, 'CalculatedAmount') === 0)),
    ),
    rule('10', (invoice) =>
      groups(invoice).every(
        (group) => hasReason === (has(group, 'ExemptionReason') || has(group, 'ExemptionReasonCode')),
      ),
    ),
  ];
};

const isNear = (group: Node): boolean =>
  Math.abs(
    Math.abs(at(group, 'CalculatedAmount')) -
      Math.round((Math.abs(at(group, 'BasisAmount')) * Number(rateOf(group))) / 100),
  ) < 100;

const used = ({ lines, allowances }: Invoice): Set<string | undefined> =>
  new Set([
    ...lines.map((line) => categoryOf(taxOf(line))),
    ...allowances.map((one) => categoryOf(offTax(one))),
  ]);

/** What each category of VAT asks of lines, allowances, parties and breakdowns. */
export const categoryRules: readonly Rule[] = [
  ...CATEGORIES.flatMap(rulesOf),
  [
    'BR-IC-11',
    (invoice) =>
      !used(invoice).has('K') ||
      has(invoice.delivery, 'ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString'),
  ],
  [
    'BR-IC-12',
    (invoice) =>
      !used(invoice).has('K') || has(invoice.delivery, 'ShipToTradeParty/PostalTradeAddress/CountryID'),
  ],
  ['BR-O-11', ({ groups }) => alone(groups.map(categoryOf))],
  [
    'BR-O-12',
    (invoice) =>
      alone([...invoice.groups.map(categoryOf), ...invoice.lines.map((one) => categoryOf(taxOf(one)))]),
  ],
  [
    'BR-O-13',
    (invoice) =>
      alone([...invoice.groups.map(categoryOf), ...invoice.allowances.map((one) => categoryOf(offTax(one)))]),
  ],
];

/** What is outside the scope stands with nothing else. */
const alone = (codes: readonly (string | undefined)[]): boolean =>
  !codes.includes('O') || codes.every((code) => code === 'O');

const DECIMALS: Readonly<Record<string, readonly string[]>> = {
  'BR-DEC-01': ['SpecifiedTradeAllowanceCharge/ActualAmount'],
  'BR-DEC-19': ['ApplicableTradeTax/BasisAmount'],
  'BR-DEC-20': ['ApplicableTradeTax/CalculatedAmount'],
};
const TOTALS: Readonly<Record<string, string>> = {
  'BR-DEC-09': 'LineTotalAmount',
  'BR-DEC-10': 'AllowanceTotalAmount',
  'BR-DEC-12': 'TaxBasisTotalAmount',
  'BR-DEC-14': 'GrandTotalAmount',
  'BR-DEC-18': 'DuePayableAmount',
};
const isShort = ({ text }: Node): boolean => /^-?\d+(\.\d{1,2})?$/.test(text) && !Number.isNaN(cents(text));

/** Amounts have at most two decimals. */
export const decimalRules: readonly Rule[] = [
  ...Object.entries(DECIMALS).map(([name, paths]): Rule => [
    name,
    ({ settlement }) => paths.every((path) => all(settlement, path).every(isShort)),
  ]),
  ...Object.entries(TOTALS).map(([name, path]): Rule => [name, ({ sums }) => all(sums, path).every(isShort)]),
  ['BR-DEC-13', ({ ownVat }) => ownVat.every(isShort)],
  ['BR-DEC-15', ({ accountingVat }) => accountingVat.every(isShort)],
  ['BR-DEC-23', ({ lines }) => lines.every((line) => all(line, LINE_TOTAL).every(isShort))],
];
