import { all, type Node, readXml, textAt } from './readXml.fixture.js';

/**
 * The rules of EN 16931-1 (business rules, conditions, decimals, VAT categories; names as in the standard) for what our invoices
 * have: written from the standard's list, since the official Schematron is in no package registry.
 */
export function en16931Faults(xml: string): string[] {
  const invoice = partsOf(readXml(xml));
  return [
    ...documentRules(invoice),
    ...totalRules(invoice),
    ...invoice.lines.flatMap((line) => lineRules(line)),
    ...partyRules(invoice),
    ...breakdownRules(invoice),
    ...categoryRules(invoice),
    ...decimalRules(invoice),
  ];
}

type Rule = readonly [name: string, holds: boolean];
const faults = (rules: readonly Rule[]): string[] => rules.flatMap(([name, holds]) => (holds ? [] : [name]));

type Invoice = ReturnType<typeof partsOf>;

function partsOf(root: Node) {
  const trade = all(root, 'SupplyChainTradeTransaction')[0];
  const agreement = all(trade, 'ApplicableHeaderTradeAgreement')[0];
  const settlement = all(trade, 'ApplicableHeaderTradeSettlement')[0];
  const document = all(root, 'ExchangedDocument')[0];
  return {
    root,
    document,
    settlement,
    delivery: all(trade, 'ApplicableHeaderTradeDelivery')[0],
    seller: all(agreement, 'SellerTradeParty')[0],
    buyer: all(agreement, 'BuyerTradeParty')[0],
    lines: all(trade, 'IncludedSupplyChainTradeLineItem'),
    groups: all(settlement, 'ApplicableTradeTax'),
    allowances: all(settlement, 'SpecifiedTradeAllowanceCharge'),
    sums: all(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation')[0],
    terms: all(settlement, 'SpecifiedTradePaymentTerms')[0],
    means: all(settlement, 'SpecifiedTradeSettlementPaymentMeans'),
    currency: textAt(settlement, 'InvoiceCurrencyCode'),
    taxCurrency: textAt(settlement, 'TaxCurrencyCode'),
  };
}

const has = (node: Node | undefined, path: string): boolean => (textAt(node, path) ?? '').trim() !== '';
/** An amount in cents; NaN where it is missing or has more than two decimals. */
const cents = (text: string | undefined): number =>
  text !== undefined && /^-?\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : NaN;
const at = (node: Node | undefined, path: string): number => cents(textAt(node, path));
const sumOf = (nodes: readonly Node[], path: string): number =>
  nodes.reduce((sum, node) => sum + at(node, path), 0);

function documentRules({
  root,
  document,
  settlement,
  seller,
  buyer,
  lines,
  groups,
  sums,
  terms,
}: Invoice): string[] {
  const due = at(sums, 'DuePayableAmount');
  return faults([
    ['BR-01', has(root, 'ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID')],
    ['BR-02', has(document, 'ID')],
    ['BR-03', has(document, 'IssueDateTime/DateTimeString')],
    ['BR-04', ['380', '381'].includes(textAt(document, 'TypeCode') ?? '')],
    ['BR-05', has(settlement, 'InvoiceCurrencyCode')],
    ['BR-06', has(seller, 'Name')],
    ['BR-07', has(buyer, 'Name')],
    ['BR-08', all(seller, 'PostalTradeAddress').length === 1],
    ['BR-09', has(seller, 'PostalTradeAddress/CountryID')],
    ['BR-10', all(buyer, 'PostalTradeAddress').length === 1],
    ['BR-11', has(buyer, 'PostalTradeAddress/CountryID')],
    ['BR-16', lines.length > 0],
    ['BR-CO-18', groups.length > 0],
    ['BR-CO-25', !(due > 0) || has(terms, 'DueDateDateTime/DateTimeString') || has(terms, 'Description')],
  ]);
}

function totalRules({ sums, lines, allowances, groups, currency, taxCurrency }: Invoice): string[] {
  const totals = all(sums, 'TaxTotalAmount');
  const own = totals.find(({ attributes }) => attributes['currencyID'] === currency);
  const accounting = totals.find(({ attributes }) => attributes['currencyID'] === taxCurrency);
  const net = at(sums, 'TaxBasisTotalAmount');
  const gross = at(sums, 'GrandTotalAmount');
  const allowance = has(sums, 'AllowanceTotalAmount') ? at(sums, 'AllowanceTotalAmount') : 0;
  return faults([
    ['BR-12', has(sums, 'LineTotalAmount')],
    ['BR-13', has(sums, 'TaxBasisTotalAmount')],
    ['BR-14', has(sums, 'GrandTotalAmount')],
    ['BR-15', has(sums, 'DuePayableAmount')],
    ['BR-53', taxCurrency === undefined || accounting !== undefined],
    [
      'BR-CO-10',
      at(sums, 'LineTotalAmount') ===
        sumOf(
          lines,
          'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount',
        ),
    ],
    ['BR-CO-11', allowance === sumOf(allowances, 'ActualAmount')],
    ['BR-CO-13', net === at(sums, 'LineTotalAmount') - allowance],
    ['BR-CO-14', cents(own?.text) === sumOf(groups, 'CalculatedAmount')],
    ['BR-CO-15', gross === net + cents(own?.text)],
    ['BR-CO-16', at(sums, 'DuePayableAmount') === gross],
  ]);
}

const LINE_TAX = 'SpecifiedLineTradeSettlement/ApplicableTradeTax';

function lineRules(line: Node): string[] {
  const price = textAt(line, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount');
  const quantity = all(line, 'SpecifiedLineTradeDelivery/BilledQuantity')[0];
  return faults([
    ['BR-21', has(line, 'AssociatedDocumentLineDocument/LineID')],
    ['BR-22', quantity !== undefined && quantity.text !== ''],
    ['BR-23', (quantity?.attributes['unitCode'] ?? '') !== ''],
    [
      'BR-24',
      has(line, 'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount'),
    ],
    ['BR-25', has(line, 'SpecifiedTradeProduct/Name')],
    ['BR-26', price !== undefined],
    ['BR-27', Number(price) >= 0],
    ['BR-CO-04', has(line, `${LINE_TAX}/CategoryCode`)],
  ]);
}

function partyRules({ seller, buyer, means, allowances }: Invoice): string[] {
  const ids = (party: Node | undefined): Node[] => all(party, 'SpecifiedTaxRegistration/ID');
  const isVatId = ({ text }: Node): boolean => /^([A-Z]{2})/.test(text);
  const vat = [...ids(seller), ...ids(buyer)].filter(({ attributes }) => attributes['schemeID'] === 'VA');
  const electronic = [seller, buyer].flatMap((party) => all(party, 'URIUniversalCommunication/URIID'));
  return faults([
    ['BR-62/63', electronic.every(({ attributes }) => attributes['schemeID'] !== undefined)],
    ['BR-CO-09', vat.every(isVatId)],
    ['BR-CO-26', ids(seller).length > 0 || has(seller, 'SpecifiedLegalOrganization/ID')],
    ['BR-49', means.every((one) => has(one, 'TypeCode'))],
    [
      'BR-61',
      means.every(
        (one) =>
          !['30', '58'].includes(textAt(one, 'TypeCode') ?? '') ||
          has(one, 'PayeePartyCreditorFinancialAccount/IBANID'),
      ),
    ],
    ['BR-31', allowances.every((one) => has(one, 'ActualAmount'))],
    ['BR-32', allowances.every((one) => has(one, 'CategoryTradeTax/CategoryCode'))],
    ['BR-33', allowances.every((one) => has(one, 'Reason'))],
  ]);
}

/** VAT = base × rate, within the tolerance of the official rules for bases that were rounded themselves. */
function breakdownRules({ groups }: Invoice): string[] {
  return groups.flatMap((group) => {
    const category = textAt(group, 'CategoryCode') ?? '';
    const percent = Number(textAt(group, 'RateApplicablePercent') ?? '0');
    const vat = at(group, 'CalculatedAmount');
    const off = Math.abs(vat - (at(group, 'BasisAmount') * percent) / 100);
    return faults([
      ['BR-45', has(group, 'BasisAmount')],
      ['BR-46', has(group, 'CalculatedAmount')],
      ['BR-47', category !== ''],
      ['BR-48', category === 'O' || has(group, 'RateApplicablePercent')],
      ['BR-CO-17', category === 'S' ? off < 1.0000001 : vat === 0],
    ]);
  });
}

function categoryRules(invoice: Invoice): string[] {
  const { lines, groups, allowances, seller, buyer, delivery } = invoice;
  const used = new Set([
    ...lines.map((line) => textAt(line, `${LINE_TAX}/CategoryCode`)),
    ...allowances.map((one) => textAt(one, 'CategoryTradeTax/CategoryCode')),
  ]);
  const idOf = (party: Node | undefined, ...schemes: string[]): boolean =>
    all(party, 'SpecifiedTaxRegistration/ID').some(({ attributes }) =>
      schemes.includes(attributes['schemeID'] ?? ''),
    );
  const of = (category: string): Node[] =>
    groups.filter((group) => textAt(group, 'CategoryCode') === category);
  const reasoned = (category: string): boolean =>
    of(category).every((group) => has(group, 'ExemptionReason') || has(group, 'ExemptionReasonCode'));
  const rates = (category: string): (string | undefined)[] =>
    lines
      .filter((line) => textAt(line, `${LINE_TAX}/CategoryCode`) === category)
      .map((line) => textAt(line, `${LINE_TAX}/RateApplicablePercent`));
  const exempt = ['E', 'AE', 'K', 'G', 'O'].filter((category) => used.has(category));
  return faults([
    ['BR-S-01', !used.has('S') || of('S').length > 0],
    ['BR-S-02', !used.has('S') || idOf(seller, 'VA', 'FC')],
    ['BR-S-05', rates('S').every((rate) => Number(rate) > 0)],
    [
      'BR-S-10',
      of('S').every((group) => !has(group, 'ExemptionReason') && !has(group, 'ExemptionReasonCode')),
    ],
    ...exempt.map((category): Rule => [`BR-${category}-01`, of(category).length === 1]),
    ...exempt.map((category): Rule => [`BR-${category}-10`, reasoned(category)]),
    ...exempt.map((category): Rule => [
      `BR-${category}-05`,
      rates(category).every((rate) => (category === 'O' ? rate === undefined : rate === '0')),
    ]),
    ['BR-E-02', !used.has('E') || idOf(seller, 'VA', 'FC')],
    ['BR-AE-02', !used.has('AE') || (idOf(seller, 'VA', 'FC') && idOf(buyer, 'VA'))],
    ['BR-IC-02', !used.has('K') || (idOf(seller, 'VA') && idOf(buyer, 'VA'))],
    [
      'BR-IC-11',
      !used.has('K') || has(delivery, 'ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString'),
    ],
    ['BR-IC-12', !used.has('K') || has(delivery, 'ShipToTradeParty/PostalTradeAddress/CountryID')],
    ['BR-G-02', !used.has('G') || idOf(seller, 'VA')],
    ['BR-O-02', !used.has('O') || (!idOf(seller, 'VA') && !idOf(buyer, 'VA'))],
    ['BR-O-11', !used.has('O') || used.size === 1],
    ['BR-S-08', groupSums(invoice)],
  ]);
}

/** Base of each category and rate = its lines − its allowances. */
function groupSums({ groups, lines, allowances }: Invoice): boolean {
  const key = (node: Node | undefined): string =>
    `${textAt(node, 'CategoryCode')} ${textAt(node, 'RateApplicablePercent')}`;
  return groups.every((group) => {
    const own = lines.filter((line) => key(all(line, LINE_TAX)[0]) === key(group));
    const off = allowances.filter((one) => key(all(one, 'CategoryTradeTax')[0]) === key(group));
    const lineSum = sumOf(
      own,
      'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount',
    );
    return at(group, 'BasisAmount') === lineSum - sumOf(off, 'ActualAmount');
  });
}

/** BR-DEC: every amount but prices has at most two decimals. */
function decimalRules({ root }: Invoice): string[] {
  const wrong: string[] = [];
  const walk = (node: Node): void => {
    if (/Amount$/.test(node.name) && node.name !== 'ChargeAmount' && !/^-?\d+(\.\d{1,2})?$/.test(node.text))
      wrong.push(`BR-DEC ${node.name} ${node.text}`);
    node.children.forEach(walk);
  };
  walk(root);
  return wrong;
}
