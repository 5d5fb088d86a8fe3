import type { InvoiceRow, PostalAddress } from '../models/InvoiceRow.js';
import type { Logo } from '../sellers/Sellers.js';
import { inEuro } from '../Treatments.js';
import { attachXml } from './attachXml.js';
import type { DocumentWords } from './documentWords.js';
import { countryName, dayText, decimalIn, moneyText } from './formats.js';
import { type Column, type Fonts, MARGIN, Sheet, WIDTH } from './Sheet.js';

export interface PdfFacts {
  readonly words: DocumentWords;
  readonly fonts: Fonts;
  readonly logo: Logo | undefined;
  readonly xml: string;
  readonly credited: { readonly numberText: string; readonly issuedOn: string } | null;
}

/**
 * Draws a finalised invoice as PDF/A-3 with its XML inside: all that Art. 226 of Directive 2006/112/EC wants on it. The same invoice
 * is drawn the same every time.
 */
export async function invoicePdf(invoice: InvoiceRow, facts: PdfFacts): Promise<Buffer> {
  const { words, fonts, xml } = facts;
  const at = invoice.finalisedAt as Date;
  const sheet = new Sheet({ title: invoice.numberText as string, language: words.language, at, fonts });
  drawHead(sheet, invoice, facts);
  drawLines(sheet, invoice, words);
  drawSums(sheet, invoice, words);
  drawWords(sheet, invoice, words);
  attachXml(sheet, xml, at);
  return sheet.end((page, pages) => [
    invoice.seller.footer || footerOf(invoice, words),
    words.word('page', { page, pages }),
  ]);
}

function drawHead(sheet: Sheet, invoice: InvoiceRow, { words, logo, credited }: PdfFacts): void {
  const { seller, buyer } = invoice;
  const right = MARGIN + WIDTH - 200;
  if (logo) sheet.doc.image(logo.bytes, MARGIN, MARGIN, { fit: [180, 60] });
  const sellerLines = [
    seller.legalName,
    ...addressLines(seller.address, words),
    ...labelled(words, [
      ['vatId', seller.vatId],
      ['taxNumber', seller.taxNumber],
      ['registration', seller.registration],
    ]),
    seller.email,
    ...(seller.phone ? [seller.phone] : []),
  ];
  sheet.continueAt(Math.max(sheet.block(sellerLines, right, MARGIN, 200), MARGIN + 70) + 18);
  sheet.text(`${words.word(invoice.kind)} ${invoice.numberText}`, { size: 18, bold: true });
  sheet.skip(8);
  const top = sheet.y;
  const buyerLines = [
    words.word('buyer'),
    buyer.name,
    ...addressLines(buyer.address, words),
    ...labelled(words, [['vatId', buyer.vatId]]),
  ];
  const day = (value: string | null): string | null => (value ? dayText(value, words.language) : null);
  const facts = labelled(words, [
    ['issuedOn', day(invoice.issuedOn)],
    ['supplyOn', day(invoice.supplyOn)],
    ['dueOn', invoice.kind === 'invoice' ? day(invoice.dueOn) : null],
    ['reference', invoice.reference],
    ['credits', credited ? `${credited.numberText}, ${day(credited.issuedOn)}` : null],
  ]);
  const left = sheet.block(buyerLines, MARGIN, top, 260);
  sheet.continueAt(Math.max(left, sheet.block(facts, right, top, 200, false)) + 16);
}

const LINE_COLUMNS: readonly Column[] = [
  { width: 190 },
  { width: 60, isNumber: true },
  { width: 75, isNumber: true },
  { width: 85, isNumber: true },
  { width: WIDTH - 410, isNumber: true },
];

function drawLines(
  sheet: Sheet,
  { lines, currency, priceMode, allowanceMinor, allowanceReason }: InvoiceRow,
  words: DocumentWords,
): void {
  const { word, language } = words;
  const heads = ['description', 'quantity', 'unitPrice', 'vatRate', `amount.${priceMode}`].map((key) =>
    word(key),
  );
  sheet.row(LINE_COLUMNS, heads, { bold: true, rule: true });
  for (const line of lines) {
    const amount = moneyText(line.amountMinor, currency, language);
    sheet.row(LINE_COLUMNS, [
      line.discountMinor > 0
        ? `${line.description}\n${word('discount', { amount: moneyText(line.discountMinor, currency, language) })}`
        : line.description,
      decimalIn(line.quantity, language),
      moneyText(line.unitPriceMinor, currency, language),
      lineRate(line, words),
      amount,
    ]);
  }
  if (allowanceMinor > 0)
    sheet.row(LINE_COLUMNS, [
      allowanceReason ?? word('allowance'),
      '',
      '',
      '',
      moneyText(-allowanceMinor, currency, language),
    ]);
  sheet.rule();
  sheet.skip(10);
}

const SUM_COLUMNS: readonly Column[] = [
  { width: WIDTH - 300 },
  { width: 100, isNumber: true },
  { width: 100, isNumber: true },
  { width: 100, isNumber: true },
];

function drawSums(sheet: Sheet, invoice: InvoiceRow, words: DocumentWords): void {
  const { vatGroups, currency, netMinor, vatMinor, grossMinor, exchangeRate } = invoice;
  const { word, language } = words;
  const money = (minor: number): string => moneyText(minor, currency, language);
  sheet.need(40 + vatGroups.length * 20);
  sheet.row(SUM_COLUMNS, [word('vatBreakdown'), word('net'), word('vat'), word('gross')], {
    bold: true,
    rule: true,
  });
  for (const group of vatGroups)
    sheet.row(SUM_COLUMNS, [
      rateText(group, words),
      money(group.netMinor),
      money(group.vatMinor),
      money(group.netMinor + group.vatMinor),
    ]);
  sheet.rule();
  sheet.row(SUM_COLUMNS, [word('total'), money(netMinor), money(vatMinor), money(grossMinor)], {
    bold: true,
  });
  // Art. 230: the amount of VAT stands in the currency of the member state too.
  if (exchangeRate !== null)
    sheet.text(
      word('vatInEuro', {
        amount: moneyText(inEuro(vatMinor, exchangeRate), 'EUR', language),
        rate: decimalIn(exchangeRate, language),
        currency,
      }),
      { align: 'right' },
    );
  sheet.skip(12);
}

function drawWords(sheet: Sheet, { seller, note, numberText, kind }: InvoiceRow, words: DocumentWords): void {
  for (const mention of words.mentions) sheet.text(mention, { bold: true });
  sheet.text(note);
  sheet.text(seller.terms, { pale: true });
  if (!seller.bank || kind === 'credit_note') return;
  const { name, iban, bic } = seller.bank;
  sheet.skip(6);
  sheet.text(words.word('payTo', { number: numberText as string }), { bold: true });
  const grouped = iban.replace(/(.{4})(?=.)/g, '$1 ');
  sheet.text([name, `IBAN ${grouped}`, bic ? `BIC ${bic}` : null].filter(Boolean).join(' · '));
}

/** In a line: short, since the breakdown below says why there is none. */
const lineRate = (line: { category: string; percent: string }, { word, language }: DocumentWords): string =>
  line.category === 'O' ? '–' : word('percent', { percent: decimalIn(line.percent, language) });

const rateText = (
  { category, percent }: { category: string; percent: string },
  { word, language }: DocumentWords,
): string =>
  category === 'S'
    ? word('percent', { percent: decimalIn(percent, language) })
    : word(`category.${category}`);

const addressLines = (
  { line1, line2, postalCode, city, country }: PostalAddress,
  { language }: DocumentWords,
): string[] =>
  [line1, line2, `${postalCode} ${city}`.trim(), countryName(country, language)].filter(
    (line) => line !== '',
  );

const labelled = (
  { word }: DocumentWords,
  facts: readonly (readonly [key: string, value: string | null])[],
): string[] => facts.flatMap(([key, value]) => (value ? [`${word(key)}: ${value}`] : []));

const footerOf = ({ seller }: InvoiceRow, words: DocumentWords): string =>
  [
    seller.legalName,
    ...addressLines(seller.address, words),
    ...labelled(words, [
      ['registration', seller.registration],
      ['vatId', seller.vatId],
    ]),
  ].join(' · ');
