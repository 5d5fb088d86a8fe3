import {
  type Database,
  defineJob,
  type InTransaction,
  type JobDefinition,
  type JobQueue,
  type Mailer,
  type RateLimit,
  type RateLimits,
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
  readonly #limits: RateLimits;

  constructor(deps: {
    readonly database: Database;
    readonly jobs: JobQueue;
    readonly mail: Mailer;
    readonly invoiceFiles: InvoiceFiles;
    readonly rateLimits: RateLimits;
  }) {
    this.#database = deps.database;
    this.#jobs = deps.jobs;
    this.#mail = deps.mail;
    this.#files = deps.invoiceFiles;
    this.#limits = deps.rateLimits;
  }

  /**
   * Sends an invoice of the merchant again when somebody asks for it. Mail goes out in the platform's name, to whatever
   * address is on the invoice: that is bounded.
   *
   * @returns it; nothing was sent where its buyer has no address
   * @throws {InvoiceNotFound} {@link InvoiceIsDraft} {@link TooManyRequests} {@link EmailLimitReached}
   */
  async send(ctx: TenantContext, id: string): Promise<InvoiceRow> {
    const invoice = await this.#database.unit(ctx, (ctx) => findInvoice(ctx, 'merchant', id));
    if (invoice.status === 'draft') throw new InvoiceIsDraft();
    const { email } = invoice.buyer;
    if (!email) return invoice;
    await this.#limits.take(limitsOf(ctx, email), ctx.now);
    await this.#database.unit(ctx, async (ctx) => {
      await this.#mail.count(ctx);
      await this.queue(ctx, 'merchant', id);
    });
    return invoice;
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
        // Counted as it was asked for; the provider's own are none of the merchant's.
        allowance: 'none',
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

const WINDOW_SECONDS = 15 * 60;
/** Within a quarter of an hour: of one merchant; to one address, whoever sends. */
const MOST_OF_MERCHANT = 60;
const MOST_TO_ADDRESS = 5;

const limitsOf = ({ platform, merchant }: TenantContext, email: string): readonly RateLimit[] => {
  const [windowSeconds, name] = [WINDOW_SECONDS, `billing.invoiceMail ${platform.id}`];
  return [
    { what: `${name} of ${merchant?.id ?? ''}`, limit: MOST_OF_MERCHANT, windowSeconds },
    { what: `${name} to ${email.trim().toLowerCase()}`, limit: MOST_TO_ADDRESS, windowSeconds },
  ];
};

const mailOf = ({ kind, numberText, seller, grossMinor, currency, dueOn }: InvoiceRow) => ({
  kind,
  number: numberText,
  seller: seller.legalName,
  total: { amountMinor: grossMinor, currency },
  dueOn: kind === 'invoice' ? dueOn : null,
});
