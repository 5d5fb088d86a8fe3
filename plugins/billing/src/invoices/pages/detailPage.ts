import {
  adminDetail,
  defineRoute,
  may,
  type RouteContext,
  type RouteDefinition,
  type RowAction,
  type Section,
  type View,
  type Words,
  z,
} from '@wizamart/core';
import type { VatDecisionRow } from '../models/VatDecisionRow.js';
import type { InvoiceLine, InvoiceRow } from '../models/InvoiceRow.js';
import { countryName, decimalIn } from '../pdf/formats.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { remainsOf } from '../remains.js';
import type { InvoicePageParts } from './parts.js';
import { amountOf, dayOf, invoicesHref, nameOf, statusBadge, wordsFor } from './wording.js';

interface Notice {
  readonly kind: string;
  readonly text: string;
}

/** One document: what it says, why its VAT is what it is, and what may be done with it. */
export const detailPage = (parts: InvoicePageParts): RouteDefinition =>
  defineRoute({
    surface: 'store',
    kind: 'page',
    menu: 'invoices',
    feature: INVOICING_FEATURE,
    method: 'GET',
    path: '/invoices/:id',
    access: INVOICING.view,
    input: z.object({ id: z.uuid() }),
    handle: (ctx, { id }) => showInvoice(parts, ctx, id),
  });

/** @param notice what went wrong with what was asked for */
export async function showInvoice(
  parts: InvoicePageParts,
  ctx: RouteContext,
  id: string,
  notice?: Notice,
): Promise<View> {
  const t = wordsFor(parts, ctx);
  const invoice = await parts.invoices.get(ctx, 'merchant', id);
  const [evidence, credits, credited] = await Promise.all([
    parts.invoices.evidence(ctx, 'merchant', id),
    parts.invoices.creditsOf(ctx, id),
    invoice.creditsId ? parts.invoices.get(ctx, 'merchant', invoice.creditsId) : undefined,
  ]);
  return adminDetail({
    ...(notice ? { status: 409 } : {}),
    head: {
      title: invoice.numberText ?? t('billing.invoices.draftFor', { buyer: invoice.buyer.name }),
      text: t(`billing.invoices.kindText.${invoice.kind}`, { buyer: invoice.buyer.name }),
      breadcrumbs: [
        { label: t('billing.invoices.title'), href: invoicesHref(ctx) },
        { label: nameOf(t, invoice), href: null },
      ],
    },
    badges: [badgeOf(t, invoice)],
    notice: notice ?? noticeOf(t, invoice),
    actions: may(ctx, INVOICING.edit) ? actionsOf(t, ctx, invoice, credits) : downloads(t, ctx, invoice),
    main: [
      linesOf(t, ctx, invoice),
      ratesOf(t, ctx, invoice),
      ...(credits.length > 0 ? [creditsOf(t, ctx, credits)] : []),
    ],
    aside: [totals(t, ctx, invoice), partiesOf(t, ctx, invoice, credited), vatOf(t, invoice, evidence)],
  });
}

function badgeOf(
  t: Words,
  invoice: InvoiceRow,
): { kind: ReturnType<typeof statusBadge>['kind']; text: string } {
  const { badge, kind } = statusBadge(t, invoice);
  return { kind, text: badge };
}

function noticeOf(t: Words, { status, waitsFor, buyer }: InvoiceRow): Notice | null {
  if (status === 'draft' && waitsFor)
    return { kind: 'warning', text: t('billing.invoices.waitsForVies', { vatId: buyer.vatId ?? '' }) };
  if (status === 'void') return { kind: 'info', text: t('billing.invoices.isVoid') };
  return null;
}

const downloads = (t: Words, ctx: RouteContext, { id, status }: InvoiceRow): RowAction[] =>
  status === 'draft'
    ? []
    : [
        {
          label: t('billing.invoices.pdf'),
          href: ctx.links.api(`/invoices/${id}/pdf`),
          symbol: 'download',
        },
        {
          label: t('billing.invoices.xml'),
          href: ctx.links.api(`/invoices/${id}/xml`),
          symbol: 'file-export',
        },
      ];

function actionsOf(
  t: Words,
  ctx: RouteContext,
  invoice: InvoiceRow,
  credits: readonly InvoiceRow[],
): RowAction[] {
  const { id, status, kind, buyer } = invoice;
  const at = invoicesHref(ctx, `/${id}`);
  if (status === 'draft')
    return [
      { label: t('billing.invoices.edit'), href: `${at}/edit`, symbol: 'edit' },
      { label: t('billing.invoices.finalise'), href: `${at}/finalise`, symbol: 'file-check' },
      { label: t('billing.invoices.delete'), href: `${at}/delete`, symbol: 'trash' },
    ];
  const left = remainsOf(invoice, credits);
  const mayCredit =
    kind === 'invoice' &&
    (left.lines.some((amount) => amount !== 0) || (!left.isCredited && invoice.grossMinor === 0));
  return [
    ...downloads(t, ctx, invoice),
    ...(buyer.email
      ? [
          {
            label: t('billing.invoices.send'),
            action: `${at}/send`,
            confirm: {
              title: t('billing.invoices.sendTitle', { to: buyer.email }),
              text: t('billing.invoices.sendText'),
              submit: t('billing.invoices.send'),
            },
          },
        ]
      : []),
    ...(status === 'finalised' && kind === 'invoice'
      ? [{ label: t('billing.invoices.markPaid'), action: `${at}/paid`, confirm: null }]
      : []),
    ...(mayCredit
      ? [{ label: t('billing.invoices.credit'), href: `${at}/credit`, symbol: 'receipt-2' }]
      : []),
  ];
}

const percentOf = (
  t: Words,
  ctx: RouteContext,
  { category, percent }: Pick<InvoiceLine, 'category' | 'percent'>,
) =>
  category === 'S'
    ? t('billing.document.percent', { percent: decimalIn(percent, ctx.language) })
    : t(`billing.document.category.${category}`);

function linesOf(t: Words, ctx: RouteContext, { lines, currency, priceMode }: InvoiceRow): Section {
  const money = (amountMinor: number) => ({ money: { amountMinor, currency } });
  return {
    kind: 'table',
    id: 'lines',
    title: t('billing.invoices.lines'),
    columns: [
      { label: t('billing.document.description') },
      { label: t('billing.document.quantity') },
      { label: t('billing.document.unitPrice'), isNumber: true },
      { label: t('billing.document.vatRate') },
      { label: t(`billing.document.amount.${priceMode}`), isNumber: true },
    ],
    rows: lines.map((line, index) => ({
      id: String(index + 1),
      href: null,
      cells: [
        {
          text: line.description,
          detail:
            line.discountMinor === 0
              ? null
              : t('billing.document.discount', {
                  amount: amountOf(ctx.language, line.discountMinor, currency),
                }),
        },
        { text: decimalIn(line.quantity, ctx.language) },
        money(line.unitPriceMinor),
        { text: percentOf(t, ctx, line) },
        money(line.amountMinor),
      ],
    })),
    empty: { symbol: 'list', title: t('billing.invoices.noLines'), text: '' },
  };
}

function ratesOf(t: Words, ctx: RouteContext, { vatGroups, currency }: InvoiceRow): Section {
  const money = (amountMinor: number) => ({ money: { amountMinor, currency } });
  return {
    kind: 'table',
    id: 'rates',
    title: t('billing.document.vatBreakdown'),
    columns: [
      { label: t('billing.document.vatRate') },
      { label: t('billing.document.net'), isNumber: true },
      { label: t('billing.document.vat'), isNumber: true },
    ],
    rows: vatGroups.map((group, index) => ({
      id: String(index + 1),
      href: null,
      cells: [{ text: percentOf(t, ctx, group) }, money(group.netMinor), money(group.vatMinor)],
    })),
    empty: { symbol: 'list', title: t('billing.invoices.noLines'), text: '' },
  };
}

function creditsOf(t: Words, ctx: RouteContext, credits: readonly InvoiceRow[]): Section {
  return {
    kind: 'table',
    id: 'credits',
    title: t('billing.invoices.credits'),
    columns: [
      { label: t('billing.invoices.column.number') },
      { label: t('billing.invoices.column.issued') },
      { label: t('billing.document.total'), isNumber: true },
    ],
    rows: credits.map((note) => ({
      id: note.id,
      href: invoicesHref(ctx, `/${note.id}`),
      cells: [
        { text: nameOf(t, note), detail: note.note },
        { text: dayOf(ctx.language, note.issuedOn) },
        { money: { amountMinor: note.grossMinor, currency: note.currency } },
      ],
    })),
    empty: { symbol: 'list', title: t('billing.invoices.noLines'), text: '' },
  };
}

function totals(t: Words, ctx: RouteContext, invoice: InvoiceRow): Section {
  const { allowanceMinor, allowanceReason, netMinor, vatMinor, grossMinor, currency } = invoice;
  const text = (amountMinor: number): string => amountOf(ctx.language, amountMinor, currency);
  return {
    kind: 'facts',
    id: 'totals',
    title: t('billing.document.total'),
    facts: [
      ...(allowanceMinor === 0
        ? []
        : [{ label: allowanceReason ?? t('billing.document.allowance'), text: text(-allowanceMinor) }]),
      { label: t('billing.document.net'), text: text(netMinor) },
      { label: t('billing.document.vat'), text: text(vatMinor) },
      { label: t('billing.document.gross'), text: text(grossMinor) },
    ],
  };
}

function partiesOf(
  t: Words,
  ctx: RouteContext,
  { buyer, issuedOn, supplyOn, dueOn, paidAt, reference, kind }: InvoiceRow,
  credited: InvoiceRow | undefined,
): Section {
  const { address } = buyer;
  const place = [
    address.line1,
    address.line2,
    `${address.postalCode} ${address.city}`.trim(),
    countryName(address.country, ctx.language),
  ];
  return {
    kind: 'facts',
    id: 'parties',
    title: t('billing.document.buyer'),
    facts: [
      { label: t('billing.invoices.column.buyer'), text: buyer.name },
      { label: t('billing.invoices.address'), text: place.filter(Boolean).join(', ') },
      ...(buyer.vatId ? [{ label: t('billing.document.vatId'), text: buyer.vatId }] : []),
      ...(buyer.email ? [{ label: t('billing.invoices.email'), text: buyer.email }] : []),
      { label: t('billing.document.issuedOn'), text: dayOf(ctx.language, issuedOn) },
      { label: t('billing.document.supplyOn'), text: dayOf(ctx.language, supplyOn) },
      ...(kind === 'invoice'
        ? [{ label: t('billing.document.dueOn'), text: dayOf(ctx.language, dueOn) }]
        : []),
      ...(paidAt ? [{ label: t('billing.invoices.paidAt'), date: paidAt }] : []),
      ...(reference ? [{ label: t('billing.document.reference'), text: reference }] : []),
      ...(credited
        ? [
            {
              label: t('billing.document.credits'),
              text: credited.numberText,
              href: invoicesHref(ctx, `/${credited.id}`),
            },
          ]
        : []),
    ],
  };
}

/** Why the VAT is what it is: the treatment, what the law wants said, and what VIES said then. */
function vatOf(t: Words, { treatment, mentions }: InvoiceRow, evidence: VatDecisionRow | undefined): Section {
  const vies = evidence?.vies;
  return {
    kind: 'facts',
    id: 'vat',
    title: t('billing.invoices.why'),
    text: t(`billing.invoices.treatment.${treatment}`),
    facts: [
      ...mentions.map((mention) => ({
        label: t('billing.invoices.mention'),
        text: t(`billing.vat.mention.${mention}`),
      })),
      ...(evidence
        ? [
            { label: t('billing.invoices.decidedAt'), date: evidence.decidedAt },
            { label: t('billing.invoices.rule'), text: evidence.rule },
            { label: t('billing.invoices.rateVersion'), text: evidence.rateVersion },
          ]
        : [{ label: t('billing.invoices.decidedAt'), text: t('billing.invoices.decidedLater') }]),
      ...(vies
        ? [
            { label: 'VIES', text: t(`billing.invoices.vies.${vies.status}`) },
            { label: t('billing.invoices.consultation'), text: vies.consultationNumber },
          ]
        : []),
    ],
  };
}
