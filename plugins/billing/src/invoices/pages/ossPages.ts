import {
  adminDetail,
  defineRoute,
  type RouteContext,
  type RouteDefinition,
  type View,
  z,
} from '@wizamart/core';
import { luxembourgDay } from '../luxembourgDay.js';
import type { Issuer } from '../models/InvoiceRow.js';
import type { OssReport } from '../oss/OssReport.js';
import { countryName, decimalIn } from '../pdf/formats.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { tabsOf } from './listPage.js';
import type { InvoicePageParts } from './parts.js';
import { amountOf, wordsFor } from './wording.js';

const PLACES = {
  merchant: {
    surface: 'store',
    path: '/invoices/oss',
    api: '/invoices/oss-report',
    menu: 'invoices',
    access: INVOICING.view,
    feature: INVOICING_FEATURE,
  },
  provider: {
    surface: 'admin',
    path: '/invoicing/oss',
    api: '/oss-report',
    menu: 'invoicing',
    access: INVOICING.provider.view,
  },
} as const;

const input = z.object({
  quarter: z
    .string()
    .regex(/^20\d{2}-Q[1-4]$/)
    .optional()
    .catch(undefined),
});
/** Quarters that are offered, with the current one. */
const QUARTERS = 6;

/** What is declared under the One Stop Shop, by quarter. */
export const ossPages = (parts: InvoicePageParts): RouteDefinition[] =>
  (['merchant', 'provider'] as const).map((issuer) => {
    const { surface, path, menu, access } = PLACES[issuer];
    return defineRoute({
      surface,
      kind: 'page',
      menu,
      access,
      ...(issuer === 'merchant' ? { feature: PLACES.merchant.feature } : {}),
      method: 'GET',
      path,
      input,
      handle: (ctx, { quarter }) => show(parts, ctx, issuer, quarter ?? quartersOf(ctx)[0] ?? ''),
    });
  });

async function show(
  parts: InvoicePageParts,
  ctx: RouteContext,
  issuer: Issuer,
  quarter: string,
): Promise<View> {
  const t = wordsFor(parts, ctx);
  const { surface, path, api } = PLACES[issuer];
  const here = ctx.links.to(surface, path);
  const report = await parts.ossReports.of(ctx, issuer, quarter);
  return adminDetail({
    head: {
      title: t('billing.oss.title'),
      text: t('billing.oss.text'),
      breadcrumbs:
        issuer === 'merchant'
          ? null
          : [
              { label: t('billing.invoicing.provider.title'), href: ctx.links.to('admin', '/invoicing') },
              { label: t('billing.oss.title'), href: null },
            ],
    },
    tabs: issuer === 'merchant' ? tabsOf(parts, ctx, 'oss') : [],
    actions: [
      {
        label: t('billing.oss.file'),
        href: `${ctx.links.api(api)}?quarter=${quarter}&format=csv`,
        symbol: 'download',
      },
    ],
    main: [
      {
        kind: 'table',
        id: 'sales',
        title: t('billing.oss.quarter', quarterWords(quarter)),
        text: t('billing.oss.total', { vat: amountOf(ctx.language, report.vatMinor, 'EUR') }),
        columns: [
          { label: t('billing.oss.country') },
          { label: t('billing.oss.supply') },
          { label: t('billing.document.vatRate') },
          { label: t('billing.document.net'), isNumber: true },
          { label: t('billing.document.vat'), isNumber: true },
          { label: t('billing.oss.documents'), isNumber: true },
        ],
        rows: rowsOf(report).map(({ row, id }) => ({
          id,
          href: null,
          cells: [
            {
              text: countryName(row.country, ctx.language),
              detail: row.corrects && t('billing.oss.corrects', quarterWords(row.corrects)),
            },
            { text: t(`billing.oss.supply.${row.supply}`) },
            { text: t('billing.document.percent', { percent: decimalIn(row.percent, ctx.language) }) },
            { money: { amountMinor: row.netMinor, currency: 'EUR' } },
            { money: { amountMinor: row.vatMinor, currency: 'EUR' } },
            { number: row.documents },
          ],
        })),
        empty: { symbol: 'world', title: t('billing.oss.none'), text: t('billing.oss.noneText') },
      },
    ],
    aside: [
      {
        kind: 'links',
        id: 'quarters',
        title: t('billing.oss.quarters'),
        links: quartersOf(ctx).map((one) => ({
          label: t('billing.oss.quarter', quarterWords(one)),
          text: one === quarter ? t('billing.oss.shown') : '',
          href: `${here}?quarter=${one}`,
          symbol: 'calendar',
        })),
      },
    ],
  });
}

const rowsOf = (report: OssReport) => report.rows.map((row, index) => ({ row, id: String(index + 1) }));

const quarterWords = (quarter: string) => ({ year: quarter.slice(0, 4), quarter: quarter.slice(6) });

/** The current quarter and those before it, newest first. */
function quartersOf(ctx: RouteContext): string[] {
  const today = luxembourgDay(ctx.now);
  const current = Number(today.slice(0, 4)) * 4 + Math.floor((Number(today.slice(5, 7)) - 1) / 3);
  return Array.from({ length: QUARTERS }, (_, back) => {
    const at = current - back;
    return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
  });
}
