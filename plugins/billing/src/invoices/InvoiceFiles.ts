import { readFile } from 'node:fs/promises';
import type { Database, TenantContext, Translator } from '@wizamart/core';
import { fontsFolder } from '../fontsFolder.js';
import { ciiXml } from './cii/ciiXml.js';
import { InvoiceIsDraft } from './errors.js';
import { findInvoice } from './Invoices.js';
import type { InvoiceRow } from './models/InvoiceRow.js';
import { documentWords, type DocumentWords } from './pdf/documentWords.js';
import { dayText } from './pdf/formats.js';
import type { Fonts } from './pdf/Sheet.js';
import type { Sellers } from './sellers/Sellers.js';

let fonts: Promise<Fonts> | undefined;

/** Makes the documents of finalised invoices: PDF with the electronic invoice inside, and that alone. */
export class InvoiceFiles {
  readonly #database: Database;
  readonly #sellers: Sellers;
  readonly #translator: Translator;

  constructor(deps: { readonly database: Database; readonly sellers: Sellers; readonly i18n: Translator }) {
    this.#database = deps.database;
    this.#sellers = deps.sellers;
    this.#translator = deps.i18n;
  }

  /** Factur-X: PDF/A-3 with the XML attached. @throws {InvoiceIsDraft} */
  async pdf(ctx: TenantContext, invoice: InvoiceRow): Promise<Buffer> {
    const words = this.#words(invoice);
    const credited = await this.#creditedBy(ctx, invoice);
    const { issuer, logoSha256 } = invoice;
    // What draws documents takes 100 ms and 20 MB to load, which starting does without.
    const { invoicePdf } = await import('./pdf/invoicePdf.js');
    return invoicePdf(invoice, {
      words,
      credited,
      fonts: await (fonts ??= readFonts()),
      logo: logoSha256 ? await this.#sellers.logo(ctx, issuer, logoSha256) : undefined,
      xml: ciiXml(invoice, { credited, ...sentences(invoice, words) }),
    });
  }

  /** EN 16931 as Cross Industry Invoice. @throws {InvoiceIsDraft} */
  async xml(ctx: TenantContext, invoice: InvoiceRow): Promise<string> {
    const words = this.#words(invoice);
    return ciiXml(invoice, { credited: await this.#creditedBy(ctx, invoice), ...sentences(invoice, words) });
  }

  #words(invoice: InvoiceRow): DocumentWords {
    if (invoice.status === 'draft') throw new InvoiceIsDraft();
    return documentWords(this.#translator, invoice);
  }

  async #creditedBy(
    ctx: TenantContext,
    { creditsId, issuer }: InvoiceRow,
  ): Promise<{ numberText: string; issuedOn: string } | null> {
    if (!creditsId) return null;
    const { numberText, issuedOn } = await this.#database.unit(ctx, (ctx) =>
      findInvoice(ctx, issuer, creditsId),
    );
    return { numberText: numberText as string, issuedOn: issuedOn as string };
  }
}

const sentences = (
  { dueOn, kind, seller }: InvoiceRow,
  { word, mentions, language }: DocumentWords,
): { exemptionReason: string | null; paymentTerms: string } => ({
  exemptionReason: mentions[0] ?? null,
  paymentTerms: [
    kind === 'invoice' && dueOn ? word('payBy', { day: dayText(dueOn, language) }) : word('nothingToPay'),
    seller.terms,
  ]
    .filter(Boolean)
    .join('\n'),
});

async function readFonts(): Promise<Fonts> {
  const read = (name: string): Promise<Buffer> => readFile(new URL(name, fontsFolder));
  const [regular, bold] = await Promise.all([read('NotoSans-Regular.ttf'), read('NotoSans-Bold.ttf')]);
  return { regular, bold };
}
