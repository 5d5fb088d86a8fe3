import { categoryRules, decimalRules } from './categoryRules.fixture.js';
import { codeRules } from './codeRules.fixture.js';
import { documentRules } from './documentRules.fixture.js';
import type { Node } from './readXml.fixture.js';
import { partsOf, type Rule } from './rules.fixture.js';

/** All rules that what we write could break; in our own words, after the list of the standard. */
export const RULES: readonly Rule[] = [...documentRules, ...categoryRules, ...decimalRules, ...codeRules];

const range = (prefix: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${prefix}${String(from + index).padStart(2, '0')}`);

/** Elements that we never write, and the rules that speak of nothing else: whoever writes one writes its rules here. */
export const UNWRITTEN: Readonly<Record<string, readonly string[]>> = {
  PayeeTradeParty: ['BR-17'],
  SellerTaxRepresentativeTradeParty: ['BR-18', 'BR-19', 'BR-20', 'BR-56'],
  GrossPriceProductTradePrice: ['BR-28'],
  BillingSpecifiedPeriod: ['BR-29', 'BR-30', 'BR-CO-19', 'BR-CO-20'],
  ApplicableTradeSettlementFinancialCard: ['BR-51'],
  AdditionalReferencedDocument: ['BR-52', 'BR-CL-07', 'BR-CL-24'],
  ApplicableProductCharacteristic: ['BR-54'],
  DesignatedProductClassification: ['BR-65', 'BR-CL-13'],
  GlobalID: ['BR-64', 'BR-CL-10', 'BR-CL-21', 'BR-CL-26'],
  TaxPointDate: ['BR-CO-03'],
  DueDateTypeCode: ['BR-CL-06'],
  SubjectCode: ['BR-CL-08'],
  OriginTradeCountry: ['BR-CL-15'],
  ReasonCode: ['BR-CO-05', 'BR-CL-19', 'BR-CL-20'],
  ChargeTotalAmount: ['BR-DEC-11'],
  TotalPrepaidAmount: ['BR-DEC-16'],
  RoundingAmount: ['BR-DEC-17'],
};

/** Charges, and allowances of single lines, which we never write either. */
const CHARGES = [
  ...['BR-36', 'BR-37', 'BR-38', 'BR-CO-06', 'BR-CO-12', 'BR-CO-22', 'BR-DEC-05', 'BR-DEC-06', 'BR-O-14'],
  ...['S', 'Z', 'E', 'AE', 'IC', 'G', 'O'].flatMap((name) => [`BR-${name}-04`, `BR-${name}-07`]),
];
const ON_LINES = [
  ...range('BR-', 41, 44),
  ...['BR-CO-07', 'BR-CO-08', 'BR-CO-23', 'BR-CO-24'],
  ...['BR-DEC-24', 'BR-DEC-25', 'BR-DEC-27', 'BR-DEC-28'],
];
/** Taxes of the Canary Islands, of Ceuta and Melilla, and Italy's split payment; see the rules of codes. */
const OTHER_TAXES = [...range('BR-AF-', 1, 10), ...range('BR-AG-', 1, 10), 'BR-B-01', 'BR-B-02'];

const guards: readonly Rule[] = [
  ...Object.entries(UNWRITTEN).map(([element, names]): Rule => [
    names.join(', '),
    ({ everything }) => isAbsent(everything, element),
  ]),
  [
    CHARGES.join(', '),
    ({ everything }) => everything.every(({ name, text }) => name !== 'Indicator' || text === 'false'),
  ],
  [
    ON_LINES.join(', '),
    ({ lines }) =>
      lines.every((line) => isAbsent(line.children.flatMap(below), 'SpecifiedTradeAllowanceCharge')),
  ],
  // An allowance is an amount, not a share of a base.
  ['BR-DEC-02', ({ allowances }) => allowances.every((one) => isAbsent(one.children, 'BasisAmount'))],
  // Registrations name no scheme, so that no list of schemes binds them.
  [
    'BR-CL-11',
    ({ everything }) =>
      everything
        .filter(({ name }) => name === 'SpecifiedLegalOrganization' || name === 'SellerTradeParty')
        .every(({ children }) =>
          children.every(({ name, attributes }) => name !== 'ID' || !('schemeID' in attributes)),
        ),
  ],
];

const below = (node: Node): Node[] => [node, ...node.children.flatMap(below)];
const isAbsent = (nodes: readonly Node[], element: string): boolean =>
  nodes.every(({ name }) => name !== element);

/** Rules that hold since what they speak of is not written, which is checked too. */
export const VOID_RULES: readonly string[] = [
  ...Object.values(UNWRITTEN).flat(),
  ...CHARGES,
  ...ON_LINES,
  ...OTHER_TAXES,
  'BR-DEC-02',
  'BR-CL-11',
];

/** Names of all rules of EN 16931 for Cross Industry Invoices, as their official validation has them. */
export const OFFICIAL_RULES: readonly string[] = [
  ...range('BR-', 1, 33),
  ...range('BR-', 36, 38),
  ...range('BR-', 41, 57),
  ...range('BR-', 61, 66),
  ...range('BR-CO-', 3, 27),
  ...['01', '02', '05', '06'].map((number) => `BR-DEC-${number}`),
  ...range('BR-DEC-', 9, 20),
  ...['23', '24', '25', '27', '28'].map((number) => `BR-DEC-${number}`),
  ...['S', 'Z', 'E', 'AE', 'G', 'AF', 'AG'].flatMap((name) => range(`BR-${name}-`, 1, 10)),
  ...range('BR-IC-', 1, 12),
  ...range('BR-O-', 1, 14),
  ...['BR-B-01', 'BR-B-02', 'BR-CL-01'],
  ...range('BR-CL-', 3, 8),
  ...range('BR-CL-', 10, 11),
  ...range('BR-CL-', 13, 26),
];

/** Names of the rules that a document breaks. */
export function en16931Faults(xml: string): string[] {
  const invoice = partsOf(xml);
  return [...RULES, ...guards].flatMap(([name, holds]) => (holds(invoice) ? [] : [name]));
}
