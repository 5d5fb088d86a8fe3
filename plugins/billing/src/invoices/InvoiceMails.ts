import {
  type Database,
  defineJob,
  type InTransaction,
  type JobDefinition,
  type JobQueue,
  type Mailer,
  type TenantContext,
  z,
} from '@wizamart/core';
import { InvoiceIsDraft } from './errors.js';
import type { InvoiceFiles } from './InvoiceFiles.js';
import { findInvoice } from './Invoices.js';
import type { InvoiceRow, Issuer } from './models/InvoiceRow.js';

const MAIL_INVOICE = {
  name: 'billing.mailInvoice',
  input: z.object({ issuer: z.enum(['merchant', 'provider']), id: z.uuid() }),
};

/** Sends invoices to their buyers, with the PDF. */
export class InvoiceMails {
  readonly #database: Database;
  readonly #jobs: JobQueue;
  readonly #mail: Mailer;
  readonly #files: InvoiceFiles;

  constructor(deps: {
    readonly database: Database;
    readonly jobs: JobQueue;
    readonly mail: Mailer;
    readonly invoiceFiles: InvoiceFiles;
  }) {
    this.#database = deps.database;
    this.#jobs = deps.jobs;
    this.#mail = deps.mail;
    this.#files = deps.invoiceFiles;
  }

  /** Queues the mail in the transaction of `ctx`; the PDF is drawn by the job. */
  async queue(ctx: InTransaction, issuer: Issuer, id: string): Promise<void> {
    await this.#jobs.enqueue(ctx, MAIL_INVOICE, { issuer, id });
  }

  /** The job behind {@link queue}. */
  job(): JobDefinition {
    return defineJob({ ...MAIL_INVOICE, run: (ctx, { issuer, id }) => this.#send(ctx, issuer, id) });
  }

  async #send(ctx: TenantContext, issuer: Issuer, id: string): Promise<void> {
    const invoice = await this.#database.unit(ctx, (ctx) => findInvoice(ctx, issuer, id));
    if (invoice.status === 'draft') throw new InvoiceIsDraft();
    const { email } = invoice.buyer;
    if (!email) return;
    const pdf = await this.#files.pdf(ctx, invoice);
    await this.#database.unit(ctx, async (ctx) => {
      await this.#mail.send(ctx, {
        to: email,
        replyTo: invoice.seller.email,
        language: invoice.language,
        template: 'billing/mail-invoice',
        data: mailOf(invoice),
        attachments: [
          { name: `${invoice.numberText}.pdf`, type: 'application/pdf', content: pdf.toString('base64') },
        ],
      });
    });
  }
}

const mailOf = ({ kind, numberText, seller, grossMinor, currency, dueOn }: InvoiceRow) => ({
  kind,
  number: numberText,
  seller: seller.legalName,
  total: { amountMinor: grossMinor, currency },
  dueOn: kind === 'invoice' ? dueOn : null,
});
