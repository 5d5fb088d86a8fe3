import type {
  InvoiceBuyer,
  InvoiceLine,
  InvoiceRow,
  InvoiceSeller,
  PostalAddress,
} from '../models/InvoiceRow.js';
import type { VatGroup } from '../sums.js';
import { inEuro } from '../Treatments.js';
import { amountText, unitPriceText } from './amounts.js';
import { element, type Xml } from './xml.js';

/** What the XML says besides what is in the row. */
export interface CiiFacts {
  /** Why a category has no VAT, in the language of the document. */
  readonly exemptionReason: string | null;
  /** Of the invoice that a credit note takes back. */
  readonly credited: { readonly numberText: string; readonly issuedOn: string } | null;
  readonly paymentTerms: string;
}

const NAMESPACES = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/**
 * A finalised invoice as UN/CEFACT Cross Industry Invoice in the profile EN 16931 of Factur-X 1.07 (ZUGFeRD 2.3).
 *
 * Codes in comments (BT-…, BG-…) are those of EN 16931.
 */
export function ciiXml(invoice: InvoiceRow, facts: CiiFacts): string {
  const root = element(
    'rsm:CrossIndustryInvoice',
    [
      // BG-2, BT-24
      element('rsm:ExchangedDocumentContext', [
        element('ram:GuidelineSpecifiedDocumentContextParameter', [
          element('ram:ID', 'urn:cen.eu:en16931:2017'),
        ]),
      ]),
      element('rsm:ExchangedDocument', [
        element('ram:ID', invoice.numberText), // BT-1
        element('ram:TypeCode', invoice.kind === 'invoice' ? '380' : '381'), // BT-3
        element('ram:IssueDateTime', [dateTime('udt', invoice.issuedOn as string)]), // BT-2
        element('ram:IncludedNote', [element('ram:Content', invoice.note)]), // BT-22
      ]),
      element('rsm:SupplyChainTradeTransaction', [
        ...invoice.lines.map((line, index) => lineXml(line, index + 1)),
        agreement(invoice),
        delivery(invoice),
        settlement(invoice, facts),
      ]),
    ],
    NAMESPACES,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

// BG-25
function lineXml(line: InvoiceLine, position: number): Xml {
  return element('ram:IncludedSupplyChainTradeLineItem', [
    element('ram:AssociatedDocumentLineDocument', [element('ram:LineID', String(position))]), // BT-126
    element('ram:SpecifiedTradeProduct', [element('ram:Name', line.description)]), // BT-153
    element('ram:SpecifiedLineTradeAgreement', [
      element('ram:NetPriceProductTradePrice', [
        element('ram:ChargeAmount', unitPriceText(line.netMinor, line.quantity)),
      ]), // BT-146
    ]),
    element('ram:SpecifiedLineTradeDelivery', [
      element('ram:BilledQuantity', signedQuantity(line), { unitCode: line.unit }), // BT-129, BT-130
    ]),
    element('ram:SpecifiedLineTradeSettlement', [
      element('ram:ApplicableTradeTax', [
        element('ram:TypeCode', 'VAT'),
        element('ram:CategoryCode', line.category), // BT-151
        rate(line), // BT-152
      ]),
      element('ram:SpecifiedTradeSettlementLineMonetarySummation', [
        element('ram:LineTotalAmount', amountText(line.netMinor)), // BT-131
      ]),
    ]),
  ]);
}

/** Prices are never negative: what a line takes back shows in its quantity. */
function signedQuantity({ quantity, netMinor }: InvoiceLine): string {
  const bare = quantity.replace('-', '');
  return netMinor < 0 || (netMinor === 0 && quantity.startsWith('-')) ? `-${bare}` : bare;
}

function agreement({ seller, buyer, lines }: InvoiceRow): Xml {
  // BR-O-02: what is outside the scope names no VAT ids.
  const hasVatIds = lines.every(({ category }) => category !== 'O');
  return element('ram:ApplicableHeaderTradeAgreement', [
    element('ram:SellerTradeParty', sellerParty(seller, hasVatIds)), // BG-4
    element('ram:BuyerTradeParty', buyerParty(buyer, hasVatIds)), // BG-7
  ]);
}

function sellerParty(seller: InvoiceSeller, hasVatIds: boolean): Xml[] {
  const { legalName, registration, vatId, taxNumber } = seller;
  // BR-CO-26: a seller is known by its registration or VAT id; where neither may stand, by a number of its own.
  const isKnown = registration !== null || (hasVatIds && vatId !== null);
  return [
    element('ram:ID', isKnown ? null : (taxNumber ?? vatId)), // BT-29
    element('ram:Name', legalName), // BT-27
    element('ram:SpecifiedLegalOrganization', [element('ram:ID', registration)]), // BT-30
    element('ram:DefinedTradeContact', [
      element('ram:PersonName', legalName), // BT-41
      element('ram:TelephoneUniversalCommunication', [element('ram:CompleteNumber', seller.phone)]), // BT-42
      element('ram:EmailURIUniversalCommunication', [element('ram:URIID', seller.email)]), // BT-43
    ]),
    postalAddress(seller.address), // BG-5
    element('ram:URIUniversalCommunication', [element('ram:URIID', seller.email, { schemeID: 'EM' })]), // BT-34
    element('ram:SpecifiedTaxRegistration', [
      element('ram:ID', hasVatIds ? vatId : null, { schemeID: 'VA' }),
    ]), // BT-31
    element('ram:SpecifiedTaxRegistration', [element('ram:ID', taxNumber, { schemeID: 'FC' })]), // BT-32
  ];
}

function buyerParty(buyer: InvoiceBuyer, hasVatIds: boolean): Xml[] {
  return [
    element('ram:Name', buyer.name), // BT-44
    postalAddress(buyer.address), // BG-8
    element('ram:URIUniversalCommunication', [element('ram:URIID', buyer.email, { schemeID: 'EM' })]), // BT-49
    element('ram:SpecifiedTaxRegistration', [
      element('ram:ID', hasVatIds ? buyer.vatId : null, { schemeID: 'VA' }),
    ]), // BT-48
  ];
}

const postalAddress = ({ line1, line2, postalCode, city, country }: PostalAddress): Xml =>
  element('ram:PostalTradeAddress', [
    element('ram:PostcodeCode', postalCode), // BT-38, BT-53
    element('ram:LineOne', line1), // BT-35, BT-50
    element('ram:LineTwo', line2), // BT-36, BT-51
    element('ram:CityName', city), // BT-37, BT-52
    // BT-40, BT-55; ISO 3166-1 has no country of its own for Northern Ireland.
    element('ram:CountryID', country === 'XI' ? 'GB' : country),
  ]);

function delivery({ buyer, supply, supplyOn }: InvoiceRow): Xml {
  return element('ram:ApplicableHeaderTradeDelivery', [
    // BG-13: where goods went; an intra-Community supply must say so.
    supply === 'goods'
      ? element('ram:ShipToTradeParty', [element('ram:Name', buyer.name), postalAddress(buyer.address)])
      : undefined,
    element('ram:ActualDeliverySupplyChainEvent', [
      element('ram:OccurrenceDateTime', [dateTime('udt', supplyOn)]),
    ]), // BT-72
  ]);
}

function settlement(invoice: InvoiceRow, facts: CiiFacts): Xml {
  const { seller, currency, numberText, vatGroups } = invoice;
  return element('ram:ApplicableHeaderTradeSettlement', [
    element('ram:PaymentReference', numberText), // BT-83
    currency === 'EUR' ? undefined : element('ram:TaxCurrencyCode', 'EUR'), // BT-6
    element('ram:InvoiceCurrencyCode', currency), // BT-5
    paymentMeans(seller),
    ...vatGroups.map((group) => taxXml(group, invoice, facts)), // BG-23
    ...vatGroups.map((group) => allowanceXml(group, invoice)), // BG-20
    element('ram:SpecifiedTradePaymentTerms', [
      element('ram:Description', facts.paymentTerms), // BT-20
      invoice.dueOn ? element('ram:DueDateDateTime', [dateTime('udt', invoice.dueOn)]) : undefined, // BT-9
    ]),
    sumsXml(invoice),
    facts.credited
      ? element('ram:InvoiceReferencedDocument', [
          element('ram:IssuerAssignedID', facts.credited.numberText), // BT-25
          element('ram:FormattedIssueDateTime', [dateTime('qdt', facts.credited.issuedOn)]), // BT-26
        ])
      : undefined,
  ]);
}

// BG-16, BG-17
const paymentMeans = ({ bank }: InvoiceSeller): Xml =>
  bank
    ? element('ram:SpecifiedTradeSettlementPaymentMeans', [
        element('ram:TypeCode', '58'), // BT-81: SEPA credit transfer
        element('ram:PayeePartyCreditorFinancialAccount', [
          element('ram:IBANID', bank.iban), // BT-84
          element('ram:AccountName', bank.name), // BT-85
        ]),
        element('ram:PayeeSpecifiedCreditorFinancialInstitution', [element('ram:BICID', bank.bic)]), // BT-86
      ])
    : element('ram:SpecifiedTradeSettlementPaymentMeans', [element('ram:TypeCode', '1')]);

function taxXml(group: VatGroup, { exemptionCode }: InvoiceRow, { exemptionReason }: CiiFacts): Xml {
  const isTaxed = group.category === 'S';
  return element('ram:ApplicableTradeTax', [
    element('ram:CalculatedAmount', amountText(group.vatMinor)), // BT-117
    element('ram:TypeCode', 'VAT'),
    element('ram:ExemptionReason', isTaxed ? null : exemptionReason), // BT-120
    element('ram:BasisAmount', amountText(group.netMinor)), // BT-116
    element('ram:CategoryCode', group.category), // BT-118
    element('ram:ExemptionReasonCode', isTaxed ? null : exemptionCode), // BT-121
    rate(group), // BT-119
  ]);
}

function allowanceXml(group: VatGroup, { allowanceReason }: InvoiceRow): Xml {
  if (group.allowanceNetMinor === 0) return undefined;
  return element('ram:SpecifiedTradeAllowanceCharge', [
    element('ram:ChargeIndicator', [element('udt:Indicator', 'false')]),
    element('ram:ActualAmount', amountText(group.allowanceNetMinor)), // BT-92
    element('ram:Reason', allowanceReason ?? 'Discount'), // BT-97
    element('ram:CategoryTradeTax', [
      element('ram:TypeCode', 'VAT'),
      element('ram:CategoryCode', group.category), // BT-95
      rate(group), // BT-96
    ]),
  ]);
}

// BR-O-05: outside the scope there is no rate, not even 0.
const rate = ({ category, percent }: Pick<VatGroup, 'category' | 'percent'>): Xml =>
  element('ram:RateApplicablePercent', category === 'O' ? null : percent);

// BG-22
function sumsXml({ lineNetMinor, netMinor, vatMinor, grossMinor, currency, exchangeRate }: InvoiceRow): Xml {
  const allowance = lineNetMinor - netMinor;
  return element('ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
    element('ram:LineTotalAmount', amountText(lineNetMinor)), // BT-106
    allowance === 0 ? undefined : element('ram:AllowanceTotalAmount', amountText(allowance)), // BT-107
    element('ram:TaxBasisTotalAmount', amountText(netMinor)), // BT-109
    element('ram:TaxTotalAmount', amountText(vatMinor), { currencyID: currency }), // BT-110
    currency === 'EUR'
      ? undefined
      : element('ram:TaxTotalAmount', amountText(inEuro(vatMinor, exchangeRate)), { currencyID: 'EUR' }), // BT-111
    element('ram:GrandTotalAmount', amountText(grossMinor)), // BT-112
    element('ram:DuePayableAmount', amountText(grossMinor)), // BT-115
  ]);
}

const dateTime = (prefix: 'udt' | 'qdt', day: string): Xml =>
  element(`${prefix}:DateTimeString`, day.replaceAll('-', ''), { format: '102' });
