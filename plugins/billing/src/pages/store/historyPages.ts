import {
  adminList,
  choice,
  defineRoute,
  DomainError,
  listPageInput,
  type RouteContext,
  type RouteDefinition,
  sayError,
  type Words,
  wordsOf,
  type z,
} from '@wizamart/core';
import { sayFailure } from '../../stripe/sayFailure.js';
import { ofMerchant } from '../../asProvider.js';
import { listInput } from '../../invoices/invoiceInput.js';
import { INVOICE_STATUSES, type InvoiceRow } from '../../invoices/models/InvoiceRow.js';
import { STRIPE_INVOICE_STATUSES, type StripeInvoice } from '../../stripe/gatewayTypes.js';
import { BILLING } from '../../subscriptions/permissions.js';
import { filesOf, INVOICE_KINDS, PAYMENT_KINDS } from '../admin/billingHistory.js';
import { invoiceFileRoutes } from '../invoiceFileRoutes.js';
import type { PageParts } from '../parts.js';
import { to } from '../wording.js';
import { crumbs } from './changeTier.js';

const BASE = '/billing/history';
const EXPORTED = 10_000;
const page = {
  surface: 'store',
  kind: 'page',
  menu: 'billing',
  method: 'GET',
  access: BILLING.own.view,
} as const;
const invoiceInput = listPageInput(['createdAt', 'number', 'grossMinor'], {
  status: choice(INVOICE_STATUSES),
});
const paymentInput = listPageInput([], { status: choice(STRIPE_INVOICE_STATUSES) });

/** What the merchant was invoiced, and what its card was charged. */
export const historyPages = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...page,
    path: BASE,
    summary: 'Billing history',
    input: invoiceInput,
    handle: (ctx, query) => invoicesPage(parts, ctx, query),
  }),
  defineRoute({
    ...page,
    path: `${BASE}/payments`,
    summary: 'Payments',
    input: paymentInput,
    handle: (ctx, query) => paymentsPage(parts, ctx, query),
  }),
  ...invoiceFileRoutes(parts, { ...page, base: BASE }, async (ctx) => ofMerchant(ctx)),
];

async function invoicesPage(parts: PageParts, ctx: RouteContext, query: z.output<typeof invoiceInput>) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const address = to(ctx, BASE);
  const { q, status, format } = query;
  const found = await parts.invoices.list(ofMerchant(ctx), 'provider', {
    ...listInput.parse({ ...(query.sort ? { sort: query.sort } : {}) }),
    q,
    status,
    page: format ? 1 : query.page,
    perPage: format ? EXPORTED : query.perPage,
  });
  return adminList<InvoiceRow>(t, {
    head: headOf(t, ctx),
    tabs: tabsOf(t, ctx, 'invoices'),
    address,
    query,
    searchLabel: t('billing.history.search'),
    filters: [
      {
        name: 'status',
        label: t('core.list.status'),
        options: [
          { value: '', label: t('billing.filter.anyStatus') },
          ...INVOICE_STATUSES.map((value) => ({ value, label: t(`billing.invoice.${value}`) })),
        ],
      },
    ],
    columns: [
      {
        label: t('billing.history.number'),
        sort: 'number',
        cell: ({ numberText, kind }) => ({
          text: numberText ?? t('billing.invoice.draft'),
          detail: t(`billing.document.${kind}`),
        }),
      },
      {
        label: t('core.list.status'),
        cell: (item) => ({ badge: t(`billing.invoice.${item.status}`), kind: INVOICE_KINDS[item.status] }),
      },
      {
        label: t('billing.preview.tax'),
        isNumber: true,
        cell: (item) => ({ money: { amountMinor: item.vatMinor, currency: item.currency } }),
      },
      {
        label: t('billing.preview.total'),
        sort: 'grossMinor',
        isNumber: true,
        cell: (item) => ({ money: { amountMinor: item.grossMinor, currency: item.currency } }),
      },
      { label: t('billing.history.issued'), cell: ({ issuedOn }) => ({ text: issuedOn }) },
    ],
    found: { ...found, page: query.page, perPage: query.perPage },
    row: (item) => ({
      id: item.id,
      href: null,
      isMuted: item.status === 'void',
      actions: item.numberText === null ? [] : filesOf(t, `${address}/${item.id}`),
    }),
    empty: {
      symbol: 'receipt',
      title: t('billing.history.noneYet'),
      text: t('billing.history.noneYetText'),
      link: to(ctx, '/billing'),
      linkText: t('billing.title'),
    },
    file: 'billing-history',
  });
}

const headOf = (t: Words, ctx: RouteContext) => ({
  title: t('billing.history.title'),
  text: t('billing.history.own'),
  breadcrumbs: crumbs(t, ctx, t('billing.history.title')),
});

const tabsOf = (t: Words, ctx: RouteContext, current: 'invoices' | 'payments') => [
  { label: t('billing.history.invoices'), href: to(ctx, BASE), isCurrent: current === 'invoices' },
  {
    label: t('billing.history.payments'),
    href: to(ctx, `${BASE}/payments`),
    isCurrent: current === 'payments',
  },
];

async function paymentsPage(parts: PageParts, ctx: RouteContext, query: z.output<typeof paymentInput>) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const address = to(ctx, `${BASE}/payments`);
  const { charges, problem } = await charged(parts, ctx);
  const items = charges.filter(
    ({ status, id, number }) =>
      (query.status === undefined || status === query.status) && `${id} ${number ?? ''}`.includes(query.q),
  );
  const from = query.format ? 0 : (query.page - 1) * query.perPage;
  const shown = query.format ? items : items.slice(from, from + query.perPage);
  return adminList<StripeInvoice>(t, {
    head: headOf(t, ctx),
    tabs: tabsOf(t, ctx, 'payments'),
    notice: problem === null ? null : { kind: 'warning', text: problem },
    address,
    query,
    searchLabel: t('billing.history.searchPayments'),
    filters: [
      {
        name: 'status',
        label: t('core.list.status'),
        options: [
          { value: '', label: t('billing.filter.anyStatus') },
          ...STRIPE_INVOICE_STATUSES.map((value) => ({ value, label: t(`billing.payment.${value}`) })),
        ],
      },
    ],
    columns: [
      { label: t('billing.history.number'), cell: ({ number, id }) => ({ text: number ?? id }) },
      {
        label: t('core.list.status'),
        cell: ({ status, paymentFailure }) => ({
          badge: t(`billing.payment.${status}`),
          kind: PAYMENT_KINDS[status],
          detail: sayFailure(paymentFailure),
        }),
      },
      {
        label: t('billing.preview.total'),
        isNumber: true,
        cell: (item) => ({ money: { amountMinor: item.totalMinor, currency: item.currency } }),
      },
      { label: t('billing.payment.paidAt'), cell: ({ paidAt }) => ({ date: paidAt }) },
      { label: t('billing.since'), cell: ({ createdAt }) => ({ date: createdAt }) },
    ],
    found: { items: shown, total: items.length, page: query.page, perPage: query.perPage },
    row: ({ id, status, hostedUrl }) => ({
      id,
      href: null,
      actions:
        status === 'open' && hostedUrl
          ? [{ label: t('billing.payment.pay'), href: hostedUrl, symbol: 'external-link' }]
          : [],
    }),
    empty: { symbol: 'credit-card', title: t('billing.payment.none'), text: t('billing.payment.noneYet') },
    file: 'payments',
  });
}

/** The last hundred charges, or why they cannot be told. */
async function charged(
  { payments }: PageParts,
  ctx: RouteContext,
): Promise<{ readonly charges: readonly StripeInvoice[]; readonly problem: string | null }> {
  try {
    return { charges: await payments.history(ctx), problem: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { charges: [], problem: sayError(error) };
  }
}
