import {
  adminList,
  choice,
  defineRoute,
  listPageInput,
  type RouteContext,
  type RouteDefinition,
  type Words,
  wordsOf,
  type z,
} from '@wizamart/core';
import { asProvider, ofMerchant } from '../../asProvider.js';
import { listInput } from '../../invoices/invoiceInput.js';
import { INVOICE_STATUSES, type InvoiceRow } from '../../invoices/models/InvoiceRow.js';
import type { StripeInvoice } from '../../stripe/gatewayTypes.js';
import { BILLING } from '../../subscriptions/permissions.js';
import { filesOf, INVOICE_KINDS } from '../admin/billingHistory.js';
import type { ChargeFilter, ChargePage } from '../ChargeLists.js';
import {
  chargeFilter,
  chargeInput,
  chargeInputs,
  chargeNotice,
  chargeTable,
  EXPORTED,
  statusFilter,
} from '../charges.js';
import { invoiceFileRoutes } from '../invoiceFileRoutes.js';
import type { PageParts } from '../parts.js';
import { to } from '../wording.js';
import { crumbs } from './changeTier.js';

const BASE = '/billing/history';
const EXPORTED_INVOICES = 10_000;
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
    input: chargeInput,
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
    perPage: format ? EXPORTED_INVOICES : query.perPage,
  });
  return adminList<InvoiceRow>(t, {
    head: headOf(t, ctx),
    tabs: tabsOf(t, ctx, 'invoices'),
    address,
    query,
    searchLabel: t('billing.history.searchOwn'),
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

async function paymentsPage(parts: PageParts, ctx: RouteContext, query: z.output<typeof chargeInput>) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const provider = asProvider(ctx);
  const customerId = await parts.stripeCustomers.customerOf(provider);
  const page = (filter: ChargeFilter): Promise<ChargePage> =>
    customerId === null
      ? Promise.resolve({ items: [], next: null, previous: null, problem: null })
      : parts.chargeLists.ofCustomer(provider, filter, customerId);
  const filter = chargeFilter(query);
  const found = query.format ? await parts.chargeLists.all(filter, page, EXPORTED) : await page(filter);
  return adminList<StripeInvoice>(t, {
    head: headOf(t, ctx),
    tabs: tabsOf(t, ctx, 'payments'),
    notice: chargeNotice(t, found),
    address: to(ctx, `${BASE}/payments`),
    query,
    searchLabel: t('billing.history.searchOwnPayments'),
    filters: [statusFilter(t)],
    inputs: chargeInputs(t, query),
    columns: chargeTable(t),
    found: { items: found.items, total: found.items.length, page: 1, perPage: query.perPage },
    neighbours: { previous: found.previous, next: found.next },
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
