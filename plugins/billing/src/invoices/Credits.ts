import {
  type Audit,
  type Database,
  type InTransaction,
  parseInput,
  type TenantContext,
  uuidv7,
} from '@wizamart/core';
import { VatDecisionRow } from './models/VatDecisionRow.js';
import { creditGroup, type GroupLeft } from './creditSums.js';
import { CreditAboveInvoice, CreditOfCredit, InvoiceIsDraft } from './errors.js';
import { type CreditInput, creditInput } from './invoiceInput.js';
import { findInvoice } from './Invoices.js';
import { type InvoiceLine, InvoiceRow, type Issuer } from './models/InvoiceRow.js';
import { type Evidence, giveNumber } from './numbers/giveNumber.js';
import { placeOf } from './sellers/issuerPlace.js';
import type { Sellers } from './sellers/Sellers.js';
import { inEuro, type Treatments } from './Treatments.js';
import { remainsOf, type Remains } from './remains.js';
import { type VatGroup, whole } from './sums.js';

/** Takes finalised invoices back, whole or in part, never by more than they were. */
export class Credits {
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

  /**
   * Issues a credit note with a number of its own; one that takes back all that is left makes the invoice void. Credits of
   * one invoice wait for each other.
   *
   * @throws {CreditOfCredit} {@link InvoiceIsDraft} {@link CreditAboveInvoice}
   */
  async credit(ctx: TenantContext, issuer: Issuer, id: string, input: CreditInput): Promise<InvoiceRow> {
    const { reason, lines } = parseInput(creditInput, input);
    const { seller, logoSha256 } = await this.#sellers.get(ctx, issuer);
    return giveNumber(this.#database, ctx, async (ctx) => {
      const invoice = await findInvoice(ctx, issuer, id, true);
      if (invoice.kind === 'credit_note') throw new CreditOfCredit();
      if (invoice.status === 'draft') throw new InvoiceIsDraft();
      const earlier = await InvoiceRow.in(ctx).where({ creditsId: id });
      const left = remainsOf(invoice, earlier);
      const taken = lines ? takePart(invoice, left, lines) : takeAll(invoice, left);
      const note = draftOf(ctx, invoice, taken, reason);
      await InvoiceRow.in(ctx).insert(note);
      const isVoid = left.groups.every(
        (group, index) => group.amountMinor === taken.groups[index]?.amountMinor,
      );
      if (isVoid && invoice.status !== 'void')
        await InvoiceRow.in(ctx).where({ id }).patch({ status: 'void', updatedAt: ctx.now });
      await this.#audit.record(ctx, {
        action: 'billing.invoice.credited',
        subject: { type: 'billing.invoice', id, ...(invoice.numberText ? { name: invoice.numberText } : {}) },
        from: { status: invoice.status },
        to: { status: isVoid ? 'void' : invoice.status, creditNote: note.id, grossMinor: note.grossMinor },
      });
      const evidence = await this.#evidenceOf(ctx, issuer, invoice, note);
      return {
        place: placeOf(issuer),
        target: { id: note.id, revision: 1, series: seller.creditSeries, paymentDays: 0 },
        // The buyer of then, the seller of then: it takes that invoice back.
        state: { ...note, logoSha256, dueOn: null, paidAt: null },
        evidence,
      };
    });
  }

  /** The decision of the invoice counts for what takes it back; the threshold is taken back with it. */
  async #evidenceOf(
    ctx: InTransaction,
    issuer: Issuer,
    invoice: InvoiceRow,
    note: CreditDraft,
  ): Promise<Evidence> {
    const { question, decision } = (await VatDecisionRow.in(ctx).findOne({
      id: invoice.decisionId as string,
    })) as VatDecisionRow;
    if (decision.countsForThreshold)
      await this.#treatments.count(
        ctx,
        issuer,
        invoice.supplyOn,
        -inEuro(note.netMinor, invoice.exchangeRate),
      );
    return { id: uuidv7(ctx.now), question, decision, vies: null };
  }
}

interface Taken {
  readonly lines: readonly InvoiceLine[];
  readonly groups: readonly VatGroup[];
  readonly allowanceMinor: number;
}

function takeAll(invoice: InvoiceRow, left: Remains): Taken {
  if (
    left.groups.every(({ amountMinor }) => amountMinor === 0) &&
    left.lines.every((amount) => amount === 0)
  ) {
    // An invoice of nothing can be taken back once, by a credit of nothing.
    if (left.isCredited || invoice.grossMinor !== 0)
      throw new CreditAboveInvoice({ line: null, leftMinor: 0 });
  }
  return left.isCredited ? takeRest(invoice, left) : takeWhole(invoice);
}

const takeWhole = (invoice: InvoiceRow): Taken => ({
  lines: invoice.lines.map((line, index) => ({ ...line, creditsLine: index + 1 })),
  groups: invoice.vatGroups,
  allowanceMinor: invoice.allowanceMinor,
});

function takeRest(invoice: InvoiceRow, left: Remains): Taken {
  const wanted = left.lines.flatMap((amountMinor, index) =>
    amountMinor === 0 ? [] : [{ line: index + 1, amountMinor }],
  );
  return fromAmounts(invoice, left, wanted);
}

function takePart(
  invoice: InvoiceRow,
  left: Remains,
  wanted: readonly { line: number; amountMinor: number }[],
): Taken {
  for (const { line, amountMinor } of wanted) {
    const leftMinor = left.lines[line - 1] ?? 0;
    if (amountMinor > leftMinor) throw new CreditAboveInvoice({ line, leftMinor: Math.max(0, leftMinor) });
  }
  return fromAmounts(invoice, left, wanted);
}

function fromAmounts(
  invoice: InvoiceRow,
  left: Remains,
  wanted: readonly { line: number; amountMinor: number }[],
): Taken {
  const amountOf = new Map(wanted.map(({ line, amountMinor }) => [line - 1, amountMinor]));
  const isLast = left.lines.every((amount, index) => amount === (amountOf.get(index) ?? 0));
  const groups = left.groups.map((group) => {
    const members = invoice.lines.flatMap((line, index) => (isOf(line, group) ? [index] : []));
    const asked = members.reduce((sum, index) => sum + (amountOf.get(index) ?? 0), 0);
    return isLast ? group : creditGroup(group, atMost(asked, group.amountMinor), invoice.priceMode);
  });
  const lines = wanted.map(({ line, amountMinor }) =>
    creditLine(invoice.lines[line - 1] as InvoiceLine, line, amountMinor),
  );
  return withNets(
    invoice,
    lines,
    groups.filter((group) => lines.some((line) => isOf(line, group))),
  );
}

/** Lines of a credit are one of what they take back: a part of it has no quantity of its own. */
const creditLine = (line: InvoiceLine, position: number, amountMinor: number): InvoiceLine => ({
  ...line,
  quantity: amountMinor < 0 ? '-1' : '1',
  unitPriceMinor: Math.abs(amountMinor),
  discountMinor: 0,
  amountMinor,
  netMinor: amountMinor,
  creditsLine: position,
});

/** Shares the nets of the rates out to the lines; where an allowance makes them less than the lines, it shows as one. */
function withNets(invoice: InvoiceRow, lines: readonly InvoiceLine[], groups: readonly GroupLeft[]): Taken {
  const nets = new Map<InvoiceLine, number>();
  const full = groups.map((group) => {
    const members = lines.filter((line) => isOf(line, group));
    const asked = members.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const before = asked === group.amountMinor ? group : netBefore(group, asked, invoice);
    let rest = before.netMinor;
    members.forEach((line, index) => {
      const net = index === members.length - 1 ? rest : shareOf(line.amountMinor, asked, before.netMinor);
      nets.set(line, net);
      rest -= net;
    });
    return { ...group, allowanceNetMinor: before.netMinor - group.netMinor };
  });
  const asked = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    lines: lines.map((line) => ({ ...line, netMinor: nets.get(line) as number })),
    groups: full,
    allowanceMinor: asked - full.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  };
}

const netBefore = (group: GroupLeft, asked: number, { priceMode }: InvoiceRow): GroupLeft =>
  creditGroup(
    { ...group, amountMinor: asked + 1, netMinor: asked + 1, vatMinor: asked + 1 },
    asked,
    priceMode,
  );

const shareOf = (part: number, all: number, net: number): number =>
  all === 0 ? 0 : whole((BigInt(net) * BigInt(part)) / BigInt(all));

const isOf = (line: InvoiceLine, group: GroupLeft): boolean =>
  line.category === group.category && line.percent === group.percent;

const atMost = (asked: number, left: number): number => (Math.abs(asked) > Math.abs(left) ? left : asked);

type CreditDraft = ReturnType<typeof draftOf>;

function draftOf(ctx: InTransaction, invoice: InvoiceRow, taken: Taken, reason: string) {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const netMinor = sum(taken.groups.map((group) => group.netMinor));
  const vatMinor = sum(taken.groups.map((group) => group.vatMinor));
  const { platformId, issuer, supplyOn, supply, language, currency, exchangeRate, priceMode } = invoice;
  const { seller, buyer, treatment, mentions, exemptionCode } = invoice;
  return {
    ...{ platformId, issuer, supplyOn, supply, language, currency, exchangeRate, priceMode },
    ...{ seller, buyer, treatment, mentions, exemptionCode },
    id: uuidv7(ctx.now),
    kind: 'credit_note' as const,
    status: 'draft' as const,
    revision: 1,
    lines: [...taken.lines],
    vatGroups: [...taken.groups],
    allowanceMinor: taken.allowanceMinor,
    allowanceReason: taken.allowanceMinor === 0 ? null : invoice.allowanceReason,
    lineNetMinor: sum(taken.lines.map((line) => line.netMinor)),
    netMinor,
    vatMinor,
    grossMinor: netMinor + vatMinor,
    creditsId: invoice.id,
    note: reason,
    createdBy: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
}
