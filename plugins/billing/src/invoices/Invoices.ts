import {
  type Audit,
  type Database,
  type InTransaction,
  minorDigits,
  parseInput,
  type TenantContext,
  uuidv7,
} from '@wizamart/core';
import {
  CurrencyNotInvoiced,
  InvoiceIsDraft,
  InvoiceNotDraft,
  InvoiceNotFound,
  InvoiceNotPayable,
  InvoiceReferenceTaken,
} from './errors.js';
import { type Draft, type DraftInput, draftInput, type ListInput } from './invoiceInput.js';
import { InvoiceRow, type Issuer } from './models/InvoiceRow.js';
import { VatDecisionRow } from './models/VatDecisionRow.js';
import { placeOf } from './sellers/issuerPlace.js';
import type { Sellers, SellerSettings } from './sellers/Sellers.js';
import { sellerOnInvoice } from './sellers/sellerOnInvoice.js';
import { taxDraft, type TaxedDraft } from './taxDraft.js';
import type { Treatments } from './Treatments.js';
import type { VatDecision } from '../vat/types.js';
import type { VatIdCheck } from '../vat/vies/VatIds.js';

export interface InvoicePage {
  readonly items: readonly InvoiceRow[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

/** A draft with its VAT as it looks now. */
export interface InvoicePreview extends TaxedDraft {
  readonly draft: Draft;
  readonly decision: VatDecision;
  /** Of the buyer's VAT id; null where it does not matter. */
  readonly check: VatIdCheck | null;
}

/** Invoices and credit notes of one seller: drafts that change, and finalised ones that do not. */
export class Invoices {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #sellers: Sellers;
  readonly #treatments: Treatments;

  constructor(deps: {
    readonly database: Database;
    readonly audit: Audit;
    readonly sellers: Sellers;
    readonly treatments: Treatments;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#sellers = deps.sellers;
    this.#treatments = deps.treatments;
  }

  /** Invoices of the merchant of the context; as the provider's customer those it got on the platform. */
  list(ctx: TenantContext, issuer: Issuer, input: ListInput): Promise<InvoicePage> {
    const { page, perPage, sort } = input;
    return this.#database.unit(ctx, async (ctx) => {
      const query = filtered(ctx, issuer, input);
      const total = await query.clone().resultSize();
      const column = sort.replace('-', '');
      const direction = sort.startsWith('-') ? 'desc' : 'asc';
      const items = await query
        .orderBy([
          { column, order: direction },
          { column: 'id', order: direction },
        ])
        .offset((page - 1) * perPage)
        .limit(perPage);
      return { items, total, page, perPage };
    });
  }

  /** @throws {InvoiceNotFound} */
  get(ctx: TenantContext, issuer: Issuer, id: string): Promise<InvoiceRow> {
    return this.#database.unit(ctx, (ctx) => findInvoice(ctx, issuer, id));
  }

  /** Evidence of the VAT of an invoice; undefined for drafts. */
  evidence(ctx: TenantContext, issuer: Issuer, id: string): Promise<VatDecisionRow | undefined> {
    return this.#database.unit(ctx, async (ctx) => {
      const { decisionId } = await findInvoice(ctx, issuer, id);
      return decisionId === null ? undefined : VatDecisionRow.in(ctx).findOne({ id: decisionId });
    });
  }

  /** Credit notes of an invoice, oldest first. */
  creditsOf(ctx: TenantContext, id: string): Promise<InvoiceRow[]> {
    return this.#database.unit(ctx, async (ctx) =>
      InvoiceRow.in(ctx).where({ creditsId: id }).orderBy('createdAt'),
    );
  }

  /**
   * Begins an invoice with the VAT as it looks now. May ask VIES: not inside a unit of work.
   *
   * @throws {SellerNotSetUp} {@link CurrencyNotInvoiced} {@link InvoiceReferenceTaken}
   */
  async create(ctx: TenantContext, issuer: Issuer, input: DraftInput): Promise<InvoiceRow> {
    const draft = readDraft(input);
    const settings = await this.#sellers.get(ctx, issuer);
    const check = await this.#treatments.check(ctx, settings.seller, draft);
    return this.#database.unit(ctx, async (ctx) => {
      const row = await this.insertDraft(ctx, issuer, draft, settings, check);
      if (!row) throw new InvoiceReferenceTaken({ reference: draft.reference as string });
      await this.#record(ctx, row, 'created', { netMinor: row.netMinor, grossMinor: row.grossMinor });
      return row;
    });
  }

  /**
   * What a draft would come to now, without writing it down. May ask VIES: not inside a unit of work.
   *
   * @throws {SellerNotSetUp} {@link CurrencyNotInvoiced}
   */
  async preview(ctx: TenantContext, issuer: Issuer, input: DraftInput): Promise<InvoicePreview> {
    const draft = readDraft(input);
    const { seller } = await this.#sellers.get(ctx, issuer);
    const check = await this.#treatments.check(ctx, seller, draft);
    const { decision } = await this.#database.unit(ctx, (ctx) =>
      this.#treatments.decide(ctx, issuer, seller, draft, check),
    );
    return { draft, decision, check, ...taxDraft(draft, decision) };
  }

  /** Writes a draft in the open transaction; undefined where its reference is taken. */
  async insertDraft(
    ctx: InTransaction,
    issuer: Issuer,
    draft: Draft,
    settings: SellerSettings,
    check: VatIdCheck | null,
  ): Promise<InvoiceRow | undefined> {
    const row = {
      id: uuidv7(ctx.now),
      platformId: placeOf(issuer).platformId(ctx),
      issuer,
      kind: 'invoice' as const,
      status: 'draft' as const,
      revision: 1,
      createdBy: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
      createdAt: ctx.now,
      logoSha256: settings.logoSha256,
      ...(await this.#contentOf(ctx, issuer, draft, settings, check)),
    };
    const inserted = await InvoiceRow.in(ctx)
      .insert(row)
      .onConflict(['issuer', 'reference'])
      .ignore()
      .returning('id');
    return (inserted as unknown) ? InvoiceRow.in(ctx).findOne({ id: row.id }) : undefined;
  }

  /** Replaces the whole draft. @throws {InvoiceNotFound} {@link InvoiceNotDraft} */
  async update(ctx: TenantContext, issuer: Issuer, id: string, input: DraftInput): Promise<InvoiceRow> {
    const draft = readDraft(input);
    const settings = await this.#sellers.get(ctx, issuer);
    const check = await this.#treatments.check(ctx, settings.seller, draft);
    return this.#database.unit(ctx, async (ctx) => {
      const before = await this.lockDraft(ctx, issuer, id);
      if (draft.reference && draft.reference !== before.reference) {
        const taken = await InvoiceRow.in(ctx).findOne({ issuer, reference: draft.reference });
        if (taken) throw new InvoiceReferenceTaken({ reference: draft.reference });
      }
      const content = await this.#contentOf(ctx, issuer, draft, settings, check);
      await InvoiceRow.in(ctx)
        .where({ id })
        .patch({ ...content, revision: before.revision + 1, finaliseAskedAt: null, waitsFor: null });
      await this.#record(ctx, before, 'updated', {
        netMinor: content.netMinor,
        grossMinor: content.grossMinor,
      });
      return findInvoice(ctx, issuer, id);
    });
  }

  /** @throws {InvoiceNotFound} {@link InvoiceNotDraft} */
  async delete(ctx: TenantContext, issuer: Issuer, id: string): Promise<void> {
    await this.#database.unit(ctx, async (ctx) => {
      const draft = await this.lockDraft(ctx, issuer, id);
      await InvoiceRow.in(ctx).where({ id }).delete();
      await this.#record(ctx, draft, 'deleted', {});
    });
  }

  /** Notes that an invoice was paid; once is enough. @throws {InvoiceIsDraft} {@link InvoiceNotPayable} */
  markPaid(ctx: TenantContext, issuer: Issuer, id: string, paidAt: Date): Promise<InvoiceRow> {
    return this.#database.unit(ctx, async (ctx) => {
      const invoice = await findInvoice(ctx, issuer, id, true);
      if (invoice.status === 'paid') return invoice;
      if (invoice.status === 'draft') throw new InvoiceIsDraft();
      if (invoice.status !== 'finalised') throw new InvoiceNotPayable({ status: invoice.status });
      await InvoiceRow.in(ctx).where({ id }).patch({ status: 'paid', paidAt, updatedAt: ctx.now });
      await this.#record(ctx, invoice, 'paid', { paidAt });
      return findInvoice(ctx, issuer, id);
    });
  }

  /** A draft that nobody else may change until the transaction ends. @throws {InvoiceNotFound} {@link InvoiceNotDraft} */
  async lockDraft(ctx: InTransaction, issuer: Issuer, id: string): Promise<InvoiceRow> {
    const row = await findInvoice(ctx, issuer, id, true);
    if (row.status !== 'draft') throw new InvoiceNotDraft({ number: row.numberText ?? '' });
    return row;
  }

  async #contentOf(
    ctx: InTransaction,
    issuer: Issuer,
    draft: Draft,
    { seller }: SellerSettings,
    check: VatIdCheck | null,
  ): Promise<Partial<InvoiceRow> & Pick<InvoiceRow, 'netMinor' | 'grossMinor'>> {
    const { decision } = await this.#treatments.decide(ctx, issuer, seller, draft, check);
    const { lines, sums } = taxDraft(draft, decision);
    const { treatment, mentions, exemptionCode } = decision;
    return {
      ...draft,
      lines: [...lines],
      seller: sellerOnInvoice(seller, draft.language),
      vatGroups: [...sums.groups],
      lineNetMinor: sums.lineNetMinor,
      netMinor: sums.netMinor,
      vatMinor: sums.vatMinor,
      grossMinor: sums.grossMinor,
      treatment,
      mentions: [...mentions],
      exemptionCode,
      updatedAt: ctx.now,
    };
  }

  async #record(
    ctx: InTransaction,
    { id, numberText, kind }: InvoiceRow,
    what: string,
    to: object,
  ): Promise<void> {
    await this.#audit.record(ctx, {
      action: `billing.invoice.${what}`,
      subject: { type: `billing.${kind}`, id, ...(numberText ? { name: numberText } : {}) },
      to: to as Record<string, unknown>,
    });
  }
}

/** @throws {InvoiceNotFound} also for an invoice of the other seller */
export async function findInvoice(
  ctx: InTransaction,
  issuer: Issuer,
  id: string,
  lock = false,
): Promise<InvoiceRow> {
  const query = InvoiceRow.in(ctx).findOne({ id, issuer });
  const row = await (lock ? query.forUpdate() : query);
  if (!row) throw new InvoiceNotFound({ invoice: id });
  return row;
}

/** @throws {InvalidInput} {@link CurrencyNotInvoiced} `UnsupportedCurrency` */
function readDraft(input: DraftInput): Draft {
  const draft = parseInput(draftInput, input);
  // EN 16931 knows two decimals only; a currency without minor units is refused by name.
  if (minorDigits(draft.currency) !== 2) throw new CurrencyNotInvoiced({ currency: draft.currency });
  return draft;
}

function filtered(ctx: InTransaction, issuer: Issuer, { q, status, kind, from, to }: ListInput) {
  const query = InvoiceRow.in(ctx).where({ issuer });
  if (status) void query.where({ status });
  if (kind) void query.where({ kind });
  if (from) void query.where('issuedOn', '>=', from);
  if (to) void query.where('issuedOn', '<=', to);
  if (q !== '') {
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((either) =>
      either
        .whereILike('numberText', pattern)
        .orWhereILike('reference', pattern)
        .orWhereRaw(`buyer->>'name' ilike ?`, [pattern]),
    );
  }
  return query;
}
