import { all, type Node, textAt } from './readXml.fixture.js';
import { at, cents, has, LINE_TAX, LINE_TOTAL, type Rule, sumOf, taxIds } from './rules.fixture.js';

const quantityOf = (line: Node): Node | undefined =>
  all(line, 'SpecifiedLineTradeDelivery/BilledQuantity')[0];
const priceOf = (line: Node): string | undefined =>
  textAt(line, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount');
const isDay = (node: Node | undefined, path: string): boolean =>
  all(node, path).some(({ attributes, text }) => attributes['format'] === '102' && /^\d{8}$/.test(text));
const GUIDELINE = 'ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID';
const CREDIT_TRANSFERS = ['30', '58'];
const ACCOUNT = 'PayeePartyCreditorFinancialAccount';

/** What an invoice as a whole, its parties and its lines must have. */
export const documentRules: readonly Rule[] = [
  ['BR-01', ({ root }) => has(root, GUIDELINE)],
  ['BR-02', ({ document }) => has(document, 'ID')],
  ['BR-03', ({ document }) => isDay(document, 'IssueDateTime/DateTimeString')],
  ['BR-04', ({ document }) => has(document, 'TypeCode')],
  ['BR-05', ({ settlement }) => has(settlement, 'InvoiceCurrencyCode')],
  ['BR-06', ({ seller }) => has(seller, 'Name')],
  ['BR-07', ({ buyer }) => has(buyer, 'Name')],
  ['BR-08', ({ seller }) => all(seller, 'PostalTradeAddress').length === 1],
  ['BR-09', ({ seller }) => has(seller, 'PostalTradeAddress/CountryID')],
  ['BR-10', ({ buyer }) => all(buyer, 'PostalTradeAddress').length === 1],
  ['BR-11', ({ buyer }) => has(buyer, 'PostalTradeAddress/CountryID')],
  ['BR-12', ({ sums }) => has(sums, 'LineTotalAmount')],
  ['BR-13', ({ sums }) => has(sums, 'TaxBasisTotalAmount')],
  ['BR-14', ({ sums }) => has(sums, 'GrandTotalAmount')],
  ['BR-15', ({ sums }) => has(sums, 'DuePayableAmount')],
  ['BR-16', ({ lines }) => lines.length > 0],
  ['BR-21', ({ lines }) => lines.every((line) => has(line, 'AssociatedDocumentLineDocument/LineID'))],
  ['BR-22', ({ lines }) => lines.every((line) => /\d/.test(quantityOf(line)?.text ?? ''))],
  ['BR-23', ({ lines }) => lines.every((line) => (quantityOf(line)?.attributes['unitCode'] ?? '') !== '')],
  ['BR-24', ({ lines }) => lines.every((line) => has(line, LINE_TOTAL))],
  ['BR-25', ({ lines }) => lines.every((line) => has(line, 'SpecifiedTradeProduct/Name'))],
  ['BR-26', ({ lines }) => lines.every((line) => priceOf(line) !== undefined)],
  ['BR-27', ({ lines }) => lines.every((line) => !(Number(priceOf(line)) < 0))],
  ['BR-31', ({ allowances }) => allowances.every((one) => has(one, 'ActualAmount'))],
  ['BR-32', ({ allowances }) => allowances.every((one) => has(one, 'CategoryTradeTax/CategoryCode'))],
  ['BR-33', ({ allowances }) => allowances.every((one) => has(one, 'Reason') || has(one, 'ReasonCode'))],
  ['BR-45', ({ groups }) => groups.every((group) => has(group, 'BasisAmount'))],
  ['BR-46', ({ groups }) => groups.every((group) => has(group, 'CalculatedAmount'))],
  ['BR-47', ({ groups }) => groups.every((group) => has(group, 'CategoryCode'))],
  [
    'BR-48',
    ({ groups }) =>
      groups.every((group) => textAt(group, 'CategoryCode') === 'O' || has(group, 'RateApplicablePercent')),
  ],
  ['BR-49', ({ means }) => means.every((one) => has(one, 'TypeCode'))],
  ['BR-50', ({ means }) => means.every((one) => all(one, ACCOUNT).every((account) => isAccount(account)))],
  [
    'BR-53',
    ({ taxCurrency, currency, accountingVat }) =>
      taxCurrency === undefined || (taxCurrency !== currency && accountingVat.length === 1),
  ],
  ['BR-55', ({ preceding }) => preceding.every((one) => has(one, 'IssuerAssignedID'))],
  [
    'BR-57',
    ({ delivery }) =>
      all(delivery, 'ShipToTradeParty/PostalTradeAddress').every((address) => has(address, 'CountryID')),
  ],
  [
    'BR-61',
    ({ means }) =>
      means.every(
        (one) =>
          !CREDIT_TRANSFERS.includes(textAt(one, 'TypeCode') ?? '') || all(one, ACCOUNT).some(isAccount),
      ),
  ],
  ['BR-62', ({ seller }) => isElectronic(seller)],
  ['BR-63', ({ buyer }) => isElectronic(buyer)],
  ['BR-66', ({ allowances }) => allowances.every((one) => has(one, 'ChargeIndicator/Indicator'))],
  ['BR-CO-04', ({ lines }) => lines.every((line) => has(line, `${LINE_TAX}/CategoryCode`))],
  [
    'BR-CO-09',
    ({ seller, buyer }) =>
      [...taxIds(seller, 'VA'), ...taxIds(buyer, 'VA')].every(({ text }) => /^[A-Z]{2}./.test(text)),
  ],
  ['BR-CO-10', ({ sums, lines }) => at(sums, 'LineTotalAmount') === sumOf(lines, LINE_TOTAL)],
  ['BR-CO-11', ({ sums, allowances }) => offOf(sums) === sumOf(allowances, 'ActualAmount')],
  ['BR-CO-13', ({ sums }) => at(sums, 'TaxBasisTotalAmount') === at(sums, 'LineTotalAmount') - offOf(sums)],
  [
    'BR-CO-14',
    ({ ownVat, groups }) => ownVat.every(({ text }) => cents(text) === sumOf(groups, 'CalculatedAmount')),
  ],
  [
    'BR-CO-15',
    ({ sums, ownVat }) =>
      ownVat.length === 1 &&
      at(sums, 'GrandTotalAmount') === at(sums, 'TaxBasisTotalAmount') + cents(ownVat[0]?.text),
  ],
  ['BR-CO-16', ({ sums }) => at(sums, 'DuePayableAmount') === at(sums, 'GrandTotalAmount')],
  ['BR-CO-17', ({ groups }) => groups.every((group) => isTaxed(group))],
  ['BR-CO-18', ({ groups }) => groups.length > 0],
  ['BR-CO-21', ({ allowances }) => allowances.every((one) => has(one, 'Reason') || has(one, 'ReasonCode'))],
  [
    'BR-CO-25',
    ({ sums, terms }) =>
      !(at(sums, 'DuePayableAmount') > 0) ||
      has(terms, 'DueDateDateTime/DateTimeString') ||
      has(terms, 'Description'),
  ],
  [
    'BR-CO-26',
    ({ seller }) =>
      has(seller, 'ID') ||
      has(seller, 'GlobalID') ||
      has(seller, 'SpecifiedLegalOrganization/ID') ||
      taxIds(seller, 'VA').length > 0,
  ],
  ['BR-CO-27', ({ means }) => means.every((one) => all(one, ACCOUNT).every((account) => isAccount(account)))],
];

const isAccount = (account: Node): boolean => has(account, 'IBANID') !== has(account, 'ProprietaryID');
const isElectronic = (party: Node | undefined): boolean =>
  all(party, 'URIUniversalCommunication/URIID').every(
    ({ attributes }) => (attributes['schemeID'] ?? '') !== '',
  );
const offOf = (sums: Node | undefined): number =>
  has(sums, 'AllowanceTotalAmount') ? at(sums, 'AllowanceTotalAmount') : 0;

/** VAT = base × rate, to less than one unit of the currency: bases may have been rounded themselves. */
function isTaxed(group: Node): boolean {
  const vat = Math.abs(at(group, 'CalculatedAmount'));
  const percent = Number(textAt(group, 'RateApplicablePercent') ?? '0');
  return percent === 0
    ? vat === 0
    : Math.abs(vat - Math.round((Math.abs(at(group, 'BasisAmount')) * percent) / 100)) <= 100;
}
