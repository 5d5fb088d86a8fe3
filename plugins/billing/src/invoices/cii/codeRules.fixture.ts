import type { Node } from './readXml.fixture.js';
import { type Invoice, type Rule } from './rules.fixture.js';
import { isCountry } from '../sellers/countries.js';
import { UNIT_CODES } from '../unitCodes.js';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
/** Of UNTDID 1001: commercial invoice, credit note. */
const DOCUMENTS = ['380', '381'];
/** Of UNTDID 4461: not defined, SEPA credit transfer. */
const MEANS = ['1', '58'];
const CATEGORIES = ['S', 'E', 'AE', 'K', 'G', 'O'];
const EXEMPTIONS = ['VATEX-EU-AE', 'VATEX-EU-IC', 'VATEX-EU-G', 'VATEX-EU-O'];
/** Of the list of electronic addresses: an e-mail address. */
const ADDRESSES = ['EM'];

const named = ({ everything }: Invoice, name: string): Node[] =>
  everything.filter((node) => node.name === name);
const each =
  (name: string, isCode: (text: string) => boolean) =>
  (invoice: Invoice): boolean =>
    named(invoice, name).every(({ text }) => isCode(text));
const attributed = ({ everything }: Invoice, name: string): string[] =>
  everything.flatMap(({ attributes }) => (attributes[name] === undefined ? [] : [attributes[name]]));
const under = ({ everything }: Invoice, parent: string, name: string): string[] =>
  everything
    .filter((node) => node.name === parent)
    .flatMap(({ children }) => children.filter((child) => child.name === name).map(({ text }) => text));

/** Codes are those of the lists that EN 16931 names; of long lists, those that we write. */
export const codeRules: readonly Rule[] = [
  [
    'BR-CL-01',
    ({ document }) =>
      (document?.children ?? []).every(({ name, text }) => name !== 'TypeCode' || DOCUMENTS.includes(text)),
  ],
  ['BR-CL-03', (invoice) => attributed(invoice, 'currencyID').every((code) => CURRENCIES.has(code))],
  ['BR-CL-04', each('InvoiceCurrencyCode', (code) => CURRENCIES.has(code))],
  ['BR-CL-05', each('TaxCurrencyCode', (code) => CURRENCIES.has(code))],
  ['BR-CL-14', each('CountryID', (code) => code !== 'XI' && isCountry(code))],
  [
    'BR-CL-16',
    (invoice) =>
      under(invoice, 'SpecifiedTradeSettlementPaymentMeans', 'TypeCode').every((code) =>
        MEANS.includes(code),
      ),
  ],
  [
    'BR-CL-17',
    (invoice) =>
      under(invoice, 'CategoryTradeTax', 'CategoryCode').every((code) => CATEGORIES.includes(code)),
  ],
  [
    'BR-CL-18',
    (invoice) =>
      under(invoice, 'ApplicableTradeTax', 'CategoryCode').every((code) => CATEGORIES.includes(code)),
  ],
  ['BR-CL-22', each('ExemptionReasonCode', (code) => EXEMPTIONS.includes(code))],
  ['BR-CL-23', (invoice) => attributed(invoice, 'unitCode').every((code) => UNIT_CODES.has(code))],
  [
    'BR-CL-25',
    (invoice) =>
      named(invoice, 'URIID').every(
        ({ attributes }) => !('schemeID' in attributes) || ADDRESSES.includes(attributes['schemeID'] ?? ''),
      ),
  ],
];
