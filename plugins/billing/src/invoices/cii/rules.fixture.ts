import { all, type Node, readXml, textAt } from './readXml.fixture.js';

/** Parts of a Cross Industry Invoice that rules speak of. */
export type Invoice = ReturnType<typeof partsOf>;
/** What must hold, under the name that EN 16931 gives it. */
export type Rule = readonly [name: string, holds: (invoice: Invoice) => boolean];

export const LINE_TAX = 'SpecifiedLineTradeSettlement/ApplicableTradeTax';
export const LINE_TOTAL =
  'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount';

export function partsOf(xml: string) {
  const root = readXml(xml);
  const trade = all(root, 'SupplyChainTradeTransaction')[0];
  const agreement = all(trade, 'ApplicableHeaderTradeAgreement')[0];
  const settlement = all(trade, 'ApplicableHeaderTradeSettlement')[0];
  const sums = all(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation')[0];
  const currency = textAt(settlement, 'InvoiceCurrencyCode');
  const taxCurrency = textAt(settlement, 'TaxCurrencyCode');
  const vatIn = (wanted: string | undefined): Node[] =>
    all(sums, 'TaxTotalAmount').filter(({ attributes }) => attributes['currencyID'] === wanted);
  return {
    root,
    everything: descendants(root),
    document: all(root, 'ExchangedDocument')[0],
    settlement,
    delivery: all(trade, 'ApplicableHeaderTradeDelivery')[0],
    seller: all(agreement, 'SellerTradeParty')[0],
    buyer: all(agreement, 'BuyerTradeParty')[0],
    lines: all(trade, 'IncludedSupplyChainTradeLineItem'),
    groups: all(settlement, 'ApplicableTradeTax'),
    allowances: all(settlement, 'SpecifiedTradeAllowanceCharge'),
    terms: all(settlement, 'SpecifiedTradePaymentTerms')[0],
    means: all(settlement, 'SpecifiedTradeSettlementPaymentMeans'),
    preceding: all(settlement, 'InvoiceReferencedDocument'),
    sums,
    currency,
    taxCurrency,
    ownVat: vatIn(currency),
    accountingVat: vatIn(taxCurrency),
  };
}

const descendants = (node: Node): Node[] => [node, ...node.children.flatMap(descendants)];

export const has = (node: Node | undefined, path: string): boolean =>
  (textAt(node, path) ?? '').trim() !== '';

/** An amount in cents; NaN where it is missing or is none. */
export const cents = (text: string | undefined): number =>
  text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 100) : NaN;
export const at = (node: Node | undefined, path: string): number => cents(textAt(node, path));
export const sumOf = (nodes: readonly Node[], path: string): number =>
  nodes.reduce((sum, node) => sum + at(node, path), 0);

/** Identifiers of a party for taxes: `VA` its VAT id, `FC` its number at the tax office. */
export const taxIds = (party: Node | undefined, ...schemes: string[]): Node[] =>
  all(party, 'SpecifiedTaxRegistration/ID').filter(({ attributes }) =>
    schemes.includes(attributes['schemeID'] ?? ''),
  );
