import {
  adminList,
  type AdminList,
  type BadgeKind,
  choice,
  defineRoute,
  listPageInput,
  type RouteContext,
  type RouteDefinition,
  type Words,
  wordsOf,
  z,
} from '@wizamart/core';
import type { ProviderDocument } from '../../invoices/AdminInvoices.js';
import { listInput } from '../../invoices/invoiceInput.js';
import { INVOICE_STATUSES, type InvoiceStatus } from '../../invoices/models/InvoiceRow.js';
import { INVOICING } from '../../invoices/permissions.js';
import { invoiceFileRoutes } from '../invoiceFileRoutes.js';
import type { PageParts } from '../parts.js';
import { amountIn, to } from '../wording.js';
import { chargeInput } from '../charges.js';
import { paymentsPage } from './payments.js';

const BASE = '/billing-history';
const EXPORTED = 10_000;
const page = {
  surface: 'admin',
  kind: 'page',
  menu: 'billing-history',
  method: 'GET',
  access: INVOICING.provider.view,
} as const;
const day = z.iso.date().optional().catch(undefined);
const invoiceInput = listPageInput(['createdAt', 'number', 'grossMinor'], {
  status: choice(INVOICE_STATUSES),
  kind: choice(['invoice', 'credit_note']),
  from: day,
  to: day,
});
export const INVOICE_KINDS: Readonly<Record<InvoiceStatus, BadgeKind>> = {
  draft: 'neutral',
  finalised: 'info',
  paid: 'success',
  void: 'neutral',
};

/** What the provider invoiced to the platform's merchants, and what Stripe collected from them. */
export const billingHistoryPages = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...page,
    path: BASE,
    summary: 'Invoices to merchants',
    input: invoiceInput,
    handle: (ctx, query) => invoicesPage(parts, ctx, query),
  }),
  defineRoute({
    ...page,
    path: `${BASE}/payments`,
    summary: 'Payments of merchants',
    input: chargeInput,
    handle: (ctx, query) =>
      paymentsPage(parts, ctx, query, tabsOf(wordsOf({ translator: parts.i18n }, ctx), ctx, 'payments')),
  }),
  ...invoiceFileRoutes(parts, { ...page, base: BASE }, (ctx, id) => parts.adminInvoices.contextOf(ctx, id)),
];

async function invoicesPage(parts: PageParts, ctx: RouteContext, query: z.output<typeof invoiceInput>) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const address = to(ctx, BASE);
  const { q, status, kind, from, to: until, format } = query;
  const [found, totals] = await Promise.all([
    parts.adminInvoices.list(ctx, {
      ...listInput.parse({ ...(query.sort ? { sort: query.sort } : {}) }),
      q,
      status,
      kind,
      from,
      to: until,
      page: format ? 1 : query.page,
      perPage: format ? EXPORTED : query.perPage,
    }),
    parts.pageFacts.invoiced(ctx, { q, from, to: until }),
  ]);
  const amount = (amountMinor: number, currency: string): string =>
    amountIn(ctx.language, { amountMinor, currency });
  return adminList<ProviderDocument>(t, {
    head: {
      title: t('billing.history.title'),
      text:
        totals.length === 0
          ? t('billing.history.text')
          : totals
              .map(({ currency, grossMinor, netMinor, vatMinor, openMinor }) =>
                t('billing.history.totals', {
                  gross: amount(grossMinor, currency),
                  net: amount(netMinor, currency),
                  vat: amount(vatMinor, currency),
                  open: amount(openMinor, currency),
                }),
              )
              .join(' '),
    },
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
      {
        name: 'kind',
        label: t('billing.history.kind'),
        options: [
          { value: '', label: t('billing.filter.anyKind') },
          ...(['invoice', 'credit_note'] as const).map((value) => ({
            value,
            label: t(`billing.document.${value}`),
          })),
        ],
      },
    ],
    inputs: [
      { name: 'from', label: t('billing.history.from'), type: 'date', value: from ?? '' },
      { name: 'to', label: t('billing.history.to'), type: 'date', value: until ?? '' },
    ],
    columns: invoiceColumns(t),
    found: { ...found, page: query.page, perPage: query.perPage },
    row: (item) => ({
      id: item.id,
      href: null,
      isMuted: item.status === 'void',
      actions: item.number === null ? [] : filesOf(t, `${address}/${item.id}`),
    }),
    empty: {
      symbol: 'receipt',
      title: t('billing.history.none'),
      text: t('billing.history.noneText'),
      link: to(ctx, '/subscriptions'),
      linkText: t('billing.subscriptions.title'),
    },
    file: 'billing-history',
  });
}

const invoiceColumns = (t: Words): AdminList<ProviderDocument>['columns'] => [
  {
    label: t('billing.history.number'),
    sort: 'number',
    cell: ({ number, kind }) => ({
      text: number ?? t('billing.invoice.draft'),
      detail: t(`billing.document.${kind}`),
    }),
  },
  {
    label: t('billing.merchant'),
    cell: ({ merchantName, reference }) => ({ text: merchantName, detail: reference }),
  },
  {
    label: t('core.list.status'),
    cell: ({ status }) => ({ badge: t(`billing.invoice.${status}`), kind: INVOICE_KINDS[status] }),
  },
  {
    label: t('billing.preview.subtotal'),
    isNumber: true,
    cell: (item) => ({ money: { amountMinor: item.netMinor, currency: item.currency } }),
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
  { label: t('billing.since'), sort: 'createdAt', cell: ({ createdAt }) => ({ date: createdAt }) },
];

export const filesOf = (t: Words, address: string) => [
  { label: t('billing.history.pdf'), href: `${address}/pdf`, symbol: 'file-download' },
  { label: t('billing.history.xml'), href: `${address}/xml`, symbol: 'code' },
];

const tabsOf = (t: Words, ctx: RouteContext, current: 'invoices' | 'payments') => [
  { label: t('billing.history.invoices'), href: to(ctx, BASE), isCurrent: current === 'invoices' },
  {
    label: t('billing.history.payments'),
    href: to(ctx, `${BASE}/payments`),
    isCurrent: current === 'payments',
  },
];
