import type { Database, InTransaction, LastStatement, TenantContext } from '@wizamart/core';
import { InvoiceChanged } from '../errors.js';
import { luxembourgDay } from '../luxembourgDay.js';
import { type InvoiceRow } from '../models/InvoiceRow.js';
import type { VatDecisionRow } from '../models/VatDecisionRow.js';
import { invoiceOf } from './invoiceOf.js';
import type { IssuerPlace } from '../sellers/issuerPlace.js';

/** What a draft becomes when it gets its number. */
export type FinalState = Pick<
  InvoiceRow,
  | 'seller'
  | 'lines'
  | 'vatGroups'
  | 'lineNetMinor'
  | 'netMinor'
  | 'vatMinor'
  | 'grossMinor'
  | 'treatment'
  | 'mentions'
> &
  Pick<InvoiceRow, 'exemptionCode' | 'logoSha256' | 'dueOn' | 'paidAt'>;

/** Why the document has the VAT it has; kept with the number. */
export type Evidence = Pick<VatDecisionRow, 'id' | 'question' | 'decision' | 'vies'>;

/**
 * Counts on, finalises a draft and keeps the evidence in one statement, which goes out together with the commit: the counter's row is
 * locked while the database works on it, and for no round trip. A transaction that fails takes its number back, so that numbers
 * have no holes; the next one waits for it, so that there are no duplicates. The day of issue is never before that of an
 * earlier number.
 *
 * Evidence belongs to what was finalised: where the draft is not as it was read there is nothing it could belong to, and the
 * database refuses all of it.
 */
const finalise = ({ counters, ownerColumn }: IssuerPlace) => ({
  name: `billing.${counters}.finalise`,
  text: `
with given as (
  insert into ${counters} as c (${ownerColumn}, series, year, last_number, last_issued_on)
  values ($1, $2, $3, 1, $4)
  on conflict (${ownerColumn}, series, year) do update
  set last_number = c.last_number + 1, last_issued_on = greatest(c.last_issued_on, excluded.last_issued_on)
  returning last_number, last_issued_on
), done as (
  update billing_invoice i set
    series = $2, year = $3, number = given.last_number, issued_on = given.last_issued_on,
    number_text = $2 || '-' || $3::int || '-' || lpad(given.last_number::text, greatest(5, length(given.last_number::text)), '0'),
    due_on = coalesce($8::date, given.last_issued_on + $9::int),
    status = case when $10::timestamptz is null then 'finalised' else 'paid' end, paid_at = $10,
    finalised_at = $11, updated_at = $11, finalise_asked_at = null, waits_for = null, revision = i.revision + 1,
    seller = $12, lines = $13, vat_groups = $14, line_net_minor = $15, net_minor = $16, vat_minor = $17, gross_minor = $18,
    treatment = $19, mentions = $20, exemption_code = $21, decision_id = $22, logo_sha256 = $23
  from given
  where i.merchant_id = $5 and i.id = $6 and i.revision = $7 and i.status = 'draft'
  returning i.*
), kept as (
  insert into billing_vat_decision (id, merchant_id, platform_id, invoice_id, question, decision, rule, rate_version, vies, decided_at)
  values ($22, $5, $24, (select id from done), $25, $26, $27, $28, $29, $11)
)
select * from done`,
});

const statements = new Map<string, ReturnType<typeof finalise>>();

/** What ends a transaction that gives a number. */
export interface Numbering {
  readonly place: IssuerPlace;
  readonly target: {
    readonly id: string;
    readonly revision: number;
    readonly series: string;
    readonly paymentDays: number;
  };
  readonly state: FinalState;
  readonly evidence: Evidence;
  /** What was sent before, e.g. the audit line, and not waited for. */
  readonly sent?: Promise<unknown>;
}

/**
 * Gives a number in a unit of work, with its commit where the unit begins here. Nothing may follow in an open one: others
 * wait for the counter.
 *
 * @param prepare what comes before in the transaction
 * @throws {InvoiceChanged} when the draft is not as it was read; nothing is written and no number used then
 */
export async function giveNumber(
  database: Database,
  ctx: TenantContext,
  prepare: (ctx: InTransaction) => Promise<Numbering>,
): Promise<InvoiceRow> {
  try {
    return await database.unitEnding(ctx, async (ctx) => lastOf(ctx, await prepare(ctx)));
  } catch (error) {
    throw hasNoDocument(error) ? new InvoiceChanged() : error;
  }
}

const hasNoDocument = (error: unknown): boolean => {
  const { code, table, column } = error as { code?: string; table?: string; column?: string };
  return code === '23502' && table === 'billing_vat_decision' && column === 'invoice_id';
};

function lastOf(
  ctx: InTransaction,
  {
    place,
    target: { id, revision, series, paymentDays },
    state,
    evidence: { id: decisionId, question, decision, vies },
    sent,
  }: Numbering,
): LastStatement<InvoiceRow> {
  let statement = statements.get(place.counters);
  if (!statement) statements.set(place.counters, (statement = finalise(place)));
  const today = luxembourgDay(ctx.now);
  const values = [
    place.ownerId(ctx),
    series,
    Number(today.slice(0, 4)),
    today,
    ctx.merchant?.id,
    id,
    revision,
    state.dueOn,
    paymentDays,
    state.paidAt,
    ctx.now,
    JSON.stringify(state.seller),
    JSON.stringify(state.lines),
    JSON.stringify(state.vatGroups),
    state.lineNetMinor,
    state.netMinor,
    state.vatMinor,
    state.grossMinor,
    state.treatment,
    JSON.stringify(state.mentions),
    state.exemptionCode,
    decisionId,
    state.logoSha256,
    place.platformId(ctx),
    JSON.stringify(question),
    JSON.stringify(decision),
    decision.rule,
    decision.rateVersion,
    vies === null ? null : JSON.stringify(vies),
  ];
  return { statement, values, ...(sent && { sent }), result: ([row]) => invoiceOf(row as object) };
}
