import {
  adminList,
  choice,
  defineRoute,
  listPageInput,
  type RouteContext,
  type RouteDefinition,
  may,
  z,
} from '@wizamart/core';
import { INVOICE_STATUSES, type InvoiceRow } from '../models/InvoiceRow.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import type { InvoicePageParts } from './parts.js';
import { dayOf, invoicesHref, nameOf, statusBadge, wordsFor } from './wording.js';

const KINDS = ['invoice', 'credit_note'] as const;
const day = z.iso.date().optional().catch(undefined);
const listInput = listPageInput(['number', 'createdAt', 'grossMinor'], {
  status: choice(INVOICE_STATUSES),
  kind: choice(KINDS),
  from: day,
  to: day,
});
type Query = z.output<typeof listInput>;
type Sort = 'number' | '-number' | 'createdAt' | '-createdAt' | 'grossMinor' | '-grossMinor';

/** As many documents as one file takes. */
const FILE_ROWS = 50_000;

/** The merchant's invoices and credit notes; without settings it leads there first. */
export const listPage = (parts: InvoicePageParts): RouteDefinition =>
  defineRoute({
    surface: 'store',
    kind: 'page',
    menu: 'invoices',
    feature: INVOICING_FEATURE,
    method: 'GET',
    path: '/invoices',
    access: INVOICING.view,
    input: listInput,
    handle: (ctx, query) => show(parts, ctx, query),
  });

async function show(parts: InvoicePageParts, ctx: RouteContext, query: Query) {
  const t = wordsFor(parts, ctx);
  const isSetUp = (await parts.sellers.find(ctx, 'merchant')) !== undefined;
  const { format, sort = '-createdAt', ...wanted } = query;
  const size = format === 'csv' ? { page: 1, perPage: FILE_ROWS } : {};
  const { items, total, page, perPage } = await parts.invoices.list(ctx, 'merchant', {
    ...wanted,
    ...size,
    sort: sort as Sort,
  });
  const mayWrite = may(ctx, INVOICING.edit) && isSetUp;
  return adminList<InvoiceRow>(t, {
    head: {
      title: t('billing.invoices.title'),
      text: t('billing.invoices.text'),
      ...(mayWrite
        ? { link: invoicesHref(ctx, '/new'), linkText: t('billing.invoices.new'), symbol: 'plus' }
        : {}),
    },
    tabs: tabsOf(parts, ctx, 'list'),
    address: invoicesHref(ctx),
    query,
    searchLabel: t('billing.invoices.search'),
    filters: [
      {
        name: 'status',
        label: t('billing.invoices.column.status'),
        options: [
          { value: '', label: t('billing.invoices.allStatuses') },
          ...INVOICE_STATUSES.map((value) => ({ value, label: t(`billing.invoices.status.${value}`) })),
        ],
      },
      {
        name: 'kind',
        label: t('billing.invoices.column.kind'),
        options: [
          { value: '', label: t('billing.invoices.allKinds') },
          ...KINDS.map((value) => ({ value, label: t(`billing.document.${value}`) })),
        ],
      },
    ],
    inputs: [
      { name: 'from', label: t('billing.invoices.from'), type: 'date', value: query.from ?? '' },
      { name: 'to', label: t('billing.invoices.to'), type: 'date', value: query.to ?? '' },
    ],
    columns: [
      {
        label: t('billing.invoices.column.number'),
        sort: 'number',
        cell: (row) => ({ text: nameOf(t, row), detail: t(`billing.document.${row.kind}`) }),
      },
      { label: t('billing.invoices.column.buyer'), cell: ({ buyer }) => ({ text: buyer.name }) },
      { label: t('billing.invoices.column.status'), cell: (row) => statusBadge(t, row) },
      {
        label: t('billing.invoices.column.issued'),
        cell: ({ issuedOn }) => ({ text: format === 'csv' ? issuedOn : dayOf(ctx.language, issuedOn) }),
      },
      {
        label: t('billing.invoices.column.due'),
        cell: ({ dueOn }) => ({ text: format === 'csv' ? dueOn : dayOf(ctx.language, dueOn) }),
      },
      {
        label: t('billing.document.net'),
        isNumber: true,
        cell: ({ netMinor, currency }) => ({ money: { amountMinor: netMinor, currency } }),
      },
      {
        label: t('billing.document.total'),
        sort: 'grossMinor',
        isNumber: true,
        cell: ({ grossMinor, currency }) => ({ money: { amountMinor: grossMinor, currency } }),
      },
    ],
    found: { items, total, page, perPage },
    row: ({ id }) => ({ id, href: invoicesHref(ctx, `/${id}`) }),
    empty: isSetUp
      ? {
          symbol: 'file-invoice',
          title: t('billing.invoices.none'),
          text: t('billing.invoices.noneText'),
          ...(mayWrite ? { link: invoicesHref(ctx, '/new'), linkText: t('billing.invoices.new') } : {}),
        }
      : {
          symbol: 'settings',
          title: t('billing.invoices.notSetUp'),
          text: t('billing.invoices.notSetUpText'),
          ...(may(ctx, INVOICING.settings)
            ? { link: invoicesHref(ctx, '/settings'), linkText: t('billing.invoices.setUp') }
            : {}),
        },
    file: 'invoices',
  });
}

/** The three pages that belong together. */
export function tabsOf(
  parts: InvoicePageParts,
  ctx: RouteContext,
  current: 'list' | 'oss' | 'settings',
): readonly { label: string; href: string; isCurrent: boolean }[] {
  const t = wordsFor(parts, ctx);
  const tab = (name: typeof current, path: string) => ({
    label: t(`billing.invoices.tab.${name}`),
    href: invoicesHref(ctx, path),
    isCurrent: name === current,
  });
  return [
    tab('list', ''),
    tab('oss', '/oss'),
    ...(may(ctx, INVOICING.settings) ? [tab('settings', '/settings')] : []),
  ];
}
