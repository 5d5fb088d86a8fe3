import { type Audit, type Database, type InTransaction, type TenantContext, uuidv7 } from '@wizamart/core';
import type { VatDecision } from '../vat/types.js';
import type { VatIdCheck } from '../vat/vies/VatIds.js';
import { InvoiceNotDraft, SellerVatIdNeeded } from './errors.js';
import { findInvoice, type Invoices } from './Invoices.js';
import { InvoiceRow, type Issuer } from './models/InvoiceRow.js';
import { giveNumber, type Numbering } from './numbers/giveNumber.js';
import { readWithSeller } from './numbers/readWithSeller.js';
import { placeOf } from './sellers/issuerPlace.js';
import type { SellerSettings } from './sellers/Sellers.js';
import { sellerOnInvoice } from './sellers/sellerOnInvoice.js';
import { taxDraft } from './taxDraft.js';
import { inEuro, type Treatments } from './Treatments.js';

/** Gives drafts their number. From then on nothing in them changes. */
export class Finalising {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #invoices: Invoices;
  readonly #treatments: Treatments;

  constructor(deps: {
    readonly database: Database;
    readonly audit: Audit;
    readonly invoices: Invoices;
    readonly treatments: Treatments;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#invoices = deps.invoices;
    this.#treatments = deps.treatments;
  }

  /**
   * Finalises a draft; its VAT is decided anew. May ask VIES: not inside a unit of work.
   *
   * Where VIES does not answer the draft keeps its treatment and waits (`waitsFor`); a job tries again. Never does a failure of VIES
   * make a sale untaxed, or taxed.
   *
   * @throws {InvoiceNotDraft} {@link InvoiceChanged} {@link SellerVatIdNeeded}
   */
  async finalise(ctx: TenantContext, issuer: Issuer, id: string): Promise<InvoiceRow> {
    const database = this.#database;
    const { invoice: draft, settings } = await readWithSeller({ database }, ctx, issuer, id);
    if (draft.status !== 'draft') throw new InvoiceNotDraft({ number: draft.numberText ?? '' });
    const check = await this.#treatments.check(ctx, settings.seller, draft);
    if (check?.status === 'unknown') return this.#wait(ctx, issuer, draft);
    return this.finaliseDraft(ctx, issuer, draft, settings, check);
  }

  /**
   * The same with what is known of the buyer's VAT id, in the open transaction where there is one. Nothing slow may follow in it.
   *
   * @throws {InvoiceChanged} {@link SellerVatIdNeeded}
   */
  finaliseDraft(
    ctx: TenantContext,
    issuer: Issuer,
    draft: InvoiceRow,
    settings: SellerSettings,
    check: VatIdCheck | null,
  ): Promise<InvoiceRow> {
    return giveNumber(this.#database, ctx, (ctx) => this.#numbering(ctx, issuer, draft, settings, check));
  }

  async #numbering(
    ctx: InTransaction,
    issuer: Issuer,
    draft: InvoiceRow,
    { seller, logoSha256 }: SellerSettings,
    check: VatIdCheck | null,
  ): Promise<Numbering> {
    const treated = await this.#treatments.decide(ctx, issuer, seller, draft, check);
    const { decision } = treated;
    if (needsVatId(decision) && !seller.vatId) throw new SellerVatIdNeeded();
    const { lines, sums } = taxDraft(draft, decision);
    if (decision.countsForThreshold)
      await this.#treatments.count(ctx, issuer, draft.supplyOn, inEuro(sums.netMinor, draft.exchangeRate));
    const sent = this.#audit.record(ctx, {
      action: 'billing.invoice.finalised',
      subject: { type: 'billing.invoice', id: draft.id },
      from: { status: 'draft' },
      to: { status: 'finalised', grossMinor: sums.grossMinor, treatment: decision.treatment },
    });
    return {
      place: placeOf(issuer),
      target: {
        id: draft.id,
        revision: draft.revision,
        series: seller.series,
        paymentDays: seller.paymentDays,
      },
      state: {
        ...decision,
        ...sums,
        mentions: [...decision.mentions],
        lines: [...lines],
        vatGroups: [...sums.groups],
        seller: sellerOnInvoice(seller, draft.language),
        logoSha256,
        dueOn: draft.dueOn,
        // Nothing is owed: there is nothing to wait for.
        paidAt: sums.grossMinor === 0 ? ctx.now : null,
      },
      evidence: { ...treated, id: uuidv7(ctx.now), vies: check?.answer ?? null },
      sent,
    };
  }

  /** Tries the waiting drafts of a platform again; for a job. @returns how many got their number */
  async finaliseWaiting(
    ctx: TenantContext,
    { at }: { readonly at: (merchant: { id: string; name: string }) => TenantContext },
  ): Promise<number> {
    const waiting = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<{ id: string; issuer: Issuer; merchantId: string; name: string }>(
        `select i.id, i.issuer, i.merchant_id as "merchantId", m.display_name as name
         from billing_invoice i join core_merchant m on m.id = i.merchant_id
         join core_merchant_platform p on p.merchant_id = i.merchant_id and p.platform_id = $1
         where i.status = 'draft' and i.finalise_asked_at is not null and (i.platform_id is null or i.platform_id = $1)
         order by i.finalise_asked_at, i.id limit 500`,
        [ctx.platform.id],
      ),
    );
    let done = 0;
    for (const { id, issuer, merchantId, name } of waiting) {
      const { status } = await this.finalise(at({ id: merchantId, name }), issuer, id);
      if (status !== 'draft') done += 1;
    }
    return done;
  }

  #wait(ctx: TenantContext, issuer: Issuer, { id }: InvoiceRow): Promise<InvoiceRow> {
    return this.#database.unit(ctx, async (ctx) => {
      const draft = await this.#invoices.lockDraft(ctx, issuer, id);
      if (draft.finaliseAskedAt) return draft;
      await InvoiceRow.in(ctx)
        .where({ id })
        .patch({ finaliseAskedAt: ctx.now, waitsFor: 'vies', updatedAt: ctx.now });
      await this.#audit.record(ctx, {
        action: 'billing.invoice.finalise_waits',
        subject: { type: 'billing.invoice', id },
        to: { waitsFor: 'vies' },
      });
      return findInvoice(ctx, issuer, id);
    });
  }
}

const needsVatId = ({ category }: VatDecision): boolean =>
  category === 'AE' || category === 'K' || category === 'G';
