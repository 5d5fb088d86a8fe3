import {
  type Database,
  type Language,
  type MerchantDetails,
  parseInput,
  type TenantContext,
  z,
} from '@wizamart/core';
import type { VatDecision } from '../vat/types.js';
import { rateAt } from '../vat/rateAt.js';
import { isVatId, normaliseVatId } from '../vat/vatId.js';
import type { Mention, Treatment } from '../vat/types.js';
import { ViesUnavailable } from '../vat/errors.js';
import { asProvider } from '../asProvider.js';
import type { Credits } from './Credits.js';
import { InvoiceReferenceTaken, ProviderInvoiceDiffers } from './errors.js';
import type { Finalising } from './Finalising.js';
import { type Draft, draftInput } from './invoiceInput.js';
import type { InvoiceMails } from './InvoiceMails.js';
import type { Invoices } from './Invoices.js';
import { luxembourgDay } from './luxembourgDay.js';
import { InvoiceRow } from './models/InvoiceRow.js';
import type { Sellers } from './sellers/Sellers.js';
import type { Treatments } from './Treatments.js';

const minor = z.int().min(-100_000_000_000).max(100_000_000_000);

/** What was charged, e.g. an invoice of Stripe. Amounts are without VAT. */
export const issueInput = z.object({
  /** Outside id, e.g. Stripe's `in_…`: issued once. */
  reference: z.string().min(1).max(120),
  currency: z.string().default('EUR'),
  lines: z.array(z.object({ description: z.string().min(1).max(500), amountMinor: minor })).min(1),
  /** What the customer was charged with VAT; must be what we reckon. Null: not known. */
  totalMinor: minor.nullable().default(null),
  paidAt: z.date().nullable().default(null),
});
export type IssueInput = z.input<typeof issueInput>;

/** How the provider's services to a merchant are taxed on a day; for prices, and the tax rates of Stripe. */
export interface ProviderVatDecision {
  readonly treatment: Treatment;
  /** Decimal such as `17`; `0` where no VAT is charged. */
  readonly ratePercent: string;
  /** Country whose VAT it is; null where none is charged. */
  readonly country: string | null;
  readonly mentions: readonly Mention[];
  /** VIES could not be asked: charge nothing on this until it can. */
  readonly waitsFor: 'vies' | null;
}

/** The provider's invoices to its merchants: services supplied electronically. */
export class ProviderInvoices {
  readonly #database: Database;
  readonly #sellers: Sellers;
  readonly #invoices: Invoices;
  readonly #finalising: Finalising;
  readonly #credits: Credits;
  readonly #treatments: Treatments;
  readonly #mails: InvoiceMails;

  constructor(deps: {
    readonly database: Database;
    readonly sellers: Sellers;
    readonly invoices: Invoices;
    readonly finalising: Finalising;
    readonly credits: Credits;
    readonly treatments: Treatments;
    readonly invoiceMails: InvoiceMails;
  }) {
    this.#database = deps.database;
    this.#sellers = deps.sellers;
    this.#invoices = deps.invoices;
    this.#finalising = deps.finalising;
    this.#credits = deps.credits;
    this.#treatments = deps.treatments;
    this.#mails = deps.invoiceMails;
  }

  /**
   * Decides how the merchant of `ctx` is taxed. May ask VIES: not inside a unit of work.
   *
   * @param merchant the same merchant, as whoever asks has read it
   * @throws {SellerNotSetUp}
   */
  async decideProviderVat(ctx: TenantContext, merchant: MerchantDetails): Promise<ProviderVatDecision> {
    const acting = asProvider(ctx);
    const on = luxembourgDay(ctx.now);
    const { seller } = await this.#sellers.get(acting, 'provider');
    const { country, address, legalName, vatId, email } = merchant;
    const draft = draftFor(
      { reference: 'decision', lines: [{ description: '-', amountMinor: 0 }] },
      {
        buyer: { legalName, vatId, email, address: { ...address, country } },
        supplyOn: on,
        language: ctx.language,
      },
    );
    const check = await this.#treatments.check(acting, seller, draft);
    const { decision } = await this.#database.unit(acting, (ctx) =>
      this.#treatments.decide(ctx, 'provider', seller, draft, check),
    );
    return vatOf(decision, on);
  }

  /**
   * Issues the invoice of an outside reference, exactly once however often and however parallel it is asked for. May ask VIES: not
   * inside a unit of work.
   *
   * @returns the invoice; the one that is there already where the reference was issued before
   * @throws {ProviderInvoiceDiffers} when `totalMinor` is not what we reckon; nothing is issued
   * @throws {ViesUnavailable} when the buyer's VAT id cannot be checked now; try again
   */
  async issueFor(ctx: TenantContext, input: IssueInput): Promise<InvoiceRow> {
    const acting = asProvider(ctx);
    const wanted = parseInput(issueInput, input);
    const known = await this.#byReference(acting, wanted.reference);
    if (known) return this.#paid(acting, known, wanted.paidAt);
    const settings = await this.#sellers.get(acting, 'provider');
    const draft = draftFor(wanted, {
      buyer: await this.#sellers.suggest(acting),
      supplyOn: luxembourgDay(wanted.paidAt ?? ctx.now),
      language: await this.languageOf(acting),
    });
    const check = await this.#treatments.check(acting, settings.seller, draft);
    if (check?.status === 'unknown') throw new ViesUnavailable({ code: check.answer.code });
    const issued = await this.#database.unit(acting, async (ctx) => {
      const row = await this.#invoices.insertDraft(ctx, 'provider', draft, settings, check);
      if (!row) return undefined;
      if (wanted.totalMinor !== null && wanted.totalMinor !== row.grossMinor)
        throw new ProviderInvoiceDiffers({
          reference: wanted.reference,
          expectedMinor: wanted.totalMinor,
          reckonedMinor: row.grossMinor,
        });
      if (row.buyer.email) await this.#mails.queue(ctx, 'provider', row.id);
      return this.#finalising.finaliseDraft(ctx, 'provider', row, settings, check);
    });
    const invoice = issued ?? (await this.#byReference(acting, wanted.reference));
    // Taken by a transaction that was undone in the meantime: the next delivery finds it free.
    if (!invoice) throw new InvoiceReferenceTaken({ reference: wanted.reference });
    return this.#paid(acting, invoice, wanted.paidAt);
  }

  /** Takes back what was issued for a reference and never paid; nothing where nothing was issued, or all is taken back. */
  async takeBack(ctx: TenantContext, reference: string, reason: string): Promise<void> {
    const acting = asProvider(ctx);
    const known = await this.#byReference(acting, reference);
    if (known?.status !== 'finalised') return;
    await this.#credits.credit(acting, 'provider', known.id, { reason });
  }

  async #paid(ctx: TenantContext, invoice: InvoiceRow, paidAt: Date | null): Promise<InvoiceRow> {
    return paidAt && invoice.status === 'finalised'
      ? this.#invoices.markPaid(ctx, 'provider', invoice.id, paidAt)
      : invoice;
  }

  #byReference(ctx: TenantContext, reference: string): Promise<InvoiceRow | undefined> {
    return this.#database.unit(ctx, async (ctx) =>
      InvoiceRow.in(ctx).findOne({ issuer: 'provider', reference }),
    );
  }

  /** That of the merchant's first store: whoever pays reads it, not who or what acts. */
  async languageOf(ctx: TenantContext): Promise<Language> {
    const [store] = await this.#database.unit(asProvider(ctx), ({ tx }) =>
      tx.query<{ language: Language }>(
        `select default_language as language from core_store where merchant_id = $1 order by created_at, id limit 1`,
        [ctx.merchant?.id ?? null],
      ),
    );
    return store?.language ?? ctx.language;
  }
}

interface DraftFacts {
  readonly buyer: Awaited<ReturnType<Sellers['suggest']>>;
  readonly supplyOn: string;
  readonly language: Language;
}

function draftFor(
  { reference, currency, lines }: Pick<IssueInput, 'reference' | 'currency' | 'lines'>,
  { buyer, supplyOn, language }: DraftFacts,
): Draft {
  const address = buyer.address as NonNullable<typeof buyer.address>;
  return draftInput.parse({
    buyer: {
      name: buyer.legalName,
      // What sign-up did not ask for cannot be printed.
      address: { ...address, line1: address.line1 || '-', city: address.city || '-' },
      isBusiness: true,
      // What is no VAT id at all proves nothing: the sale is taxed as one to somebody without.
      vatId: buyer.vatId && isVatId(normaliseVatId(buyer.vatId)) ? buyer.vatId : null,
      email: buyer.email ?? null,
    },
    supply: 'e_services',
    supplyOn,
    language,
    currency: currency ?? 'EUR',
    reference,
    lines: lines.map(({ description, amountMinor }) => ({
      description,
      quantity: amountMinor < 0 ? '-1' : '1',
      unitPriceMinor: Math.abs(amountMinor),
    })),
  });
}

function vatOf(decision: VatDecision, on: string): ProviderVatDecision {
  const { treatment, rateZone, mentions, waitsFor } = decision;
  return {
    treatment,
    ratePercent: rateZone === null ? '0' : rateAt(rateZone, 'standard', on).percent,
    country: rateZone?.slice(0, 2) ?? null,
    mentions,
    waitsFor,
  };
}
