import {
  adminDetail,
  adminList,
  defineRoute,
  DomainError,
  flash,
  listPageInput,
  may,
  redirect,
  wordsOf,
  z,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '@wizamart/core';
import type { StripeReport } from '../../stripe/reconciliation/StripeReport.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { PageParts } from '../parts.js';
import { to } from '../wording.js';

const BASE = '/webhook-events/comparisons';
const common = { surface: 'admin', kind: 'page', menu: 'webhook-events' } as const;
const see = { ...common, access: BILLING.subscriptions.view } as const;
const input = listPageInput([], {});

/** Our side beside Stripe's: reports, and a run at once. */
export const comparisonPages = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...see,
    method: 'GET',
    path: BASE,
    summary: 'Comparisons with Stripe',
    input,
    handle: (ctx, query) => listed(parts, ctx, query),
  }),
  defineRoute({
    ...see,
    method: 'GET',
    path: `${BASE}/:id`,
    summary: 'A comparison with Stripe',
    input: z.object({ id: z.uuid() }),
    handle: (ctx, { id }) => detail(parts, ctx, id),
  }),
  defineRoute({
    ...common,
    access: BILLING.subscriptions.edit,
    method: 'POST',
    path: BASE,
    handle: async (ctx) => {
      try {
        const { id, differences } = await parts.stripeReconciliation.run(ctx);
        return redirect(
          to(ctx, `${BASE}/${id}`),
          303,
          flash(ctx, {
            kind: differences.length === 0 ? 'success' : 'warning',
            key: 'billing.compare.done',
            values: { count: differences.length },
          }),
        );
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return redirect(to(ctx, BASE), 303, flash(ctx, { kind: 'error', key: 'billing.compare.failed' }));
      }
    },
  }),
];

async function listed(parts: PageParts, ctx: RouteContext, query: z.output<typeof input>): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const { page, perPage } = query;
  const found = await parts.stripeReconciliation.list(ctx, { page, perPage });
  const shown = adminList<StripeReport>(t, {
    head: {
      title: t('billing.compare.title'),
      text: t('billing.compare.text'),
      breadcrumbs: crumbs(t, ctx, t('billing.compare.title')),
    },
    address: to(ctx, BASE),
    query: { ...query, q: '' },
    searchLabel: t('billing.compare.title'),
    columns: [
      { label: t('billing.compare.at'), cell: ({ startedAt }) => ({ date: startedAt }) },
      {
        label: t('billing.compare.differences'),
        cell: ({ differences }) =>
          differences.length === 0
            ? { badge: t('billing.compare.none'), kind: 'success' }
            : { badge: t('billing.compare.count', { count: differences.length }), kind: 'warning' },
      },
      {
        label: t('billing.subscriptions.title'),
        isNumber: true,
        cell: ({ subscriptions }) => ({ number: subscriptions }),
      },
      {
        label: t('billing.history.invoices'),
        isNumber: true,
        cell: ({ invoices }) => ({ number: invoices }),
      },
      {
        label: t('billing.compare.missed'),
        isNumber: true,
        cell: ({ missedEvents }) => ({ number: missedEvents }),
      },
      { label: t('billing.webhooks.account'), cell: ({ account }) => ({ text: account }) },
    ],
    found: { ...found, page, perPage },
    row: ({ id }) => ({ id, href: to(ctx, `${BASE}/${id}`) }),
    empty: {
      symbol: 'arrows-left-right',
      title: t('billing.compare.never'),
      text: t('billing.compare.neverText'),
    },
  }) as View;
  const runs = may(ctx, BILLING.subscriptions.edit) ? [runAction(t, ctx)] : [];
  return {
    ...shown,
    template: 'billing/list-actions',
    data: { ...shown.data, search: false, actions: runs.map((action) => ({ ...action, isMain: true })) },
  };
}

const runAction = (t: (key: string) => string, ctx: RouteContext) => ({
  label: t('billing.compare.run'),
  action: to(ctx, BASE),
  confirm: null,
});

const crumbs = (t: (key: string) => string, ctx: RouteContext, last: string) => [
  { label: t('billing.webhooks.title'), href: to(ctx, '/webhook-events') },
  ...(last === t('billing.compare.title')
    ? []
    : [{ label: t('billing.compare.title'), href: to(ctx, BASE) }]),
  { label: last, href: null },
];

async function detail(parts: PageParts, ctx: RouteContext, id: string): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const report = await parts.stripeReconciliation.get(ctx, id);
  const names = await parts.pageFacts.names(
    ctx,
    report.differences.flatMap(({ merchantId }) => (merchantId === null ? [] : [merchantId])),
  );
  const title = t('billing.compare.one');
  return adminDetail({
    head: { title, text: t('billing.compare.text'), breadcrumbs: crumbs(t, ctx, title) },
    actions: may(ctx, BILLING.subscriptions.edit) ? [runAction(t, ctx)] : [],
    main: [
      {
        kind: 'table',
        title: t('billing.compare.differences'),
        columns: ['what', 'merchant', 'ours', 'stripes', 'mended'].map((name) => ({
          label: t(name === 'merchant' ? 'billing.merchant' : `billing.compare.${name}`),
        })),
        rows: report.differences.map((difference, index) => ({
          id: String(index),
          href: null,
          cells: [
            { text: t(`billing.compare.kind.${difference.kind}`), detail: difference.stripeId },
            {
              text:
                difference.merchantId === null
                  ? null
                  : (names.get(difference.merchantId) ?? difference.merchantId),
            },
            { text: difference.ours },
            { text: difference.stripes },
            difference.isMended
              ? { badge: t('billing.compare.isMended'), kind: 'success' as const }
              : { badge: t('billing.compare.isOpen'), kind: 'warning' as const },
          ],
        })),
        empty: {
          symbol: 'circle-check',
          title: t('billing.compare.none'),
          text: t('billing.compare.noneText'),
        },
      },
    ],
    aside: [
      {
        kind: 'facts',
        title: t('billing.compare.facts'),
        facts: [
          { label: t('billing.compare.at'), date: report.startedAt },
          { label: t('billing.webhooks.account'), text: report.account },
          { label: t('billing.subscriptions.title'), text: String(report.subscriptions) },
          { label: t('billing.history.invoices'), text: String(report.invoices) },
          { label: t('billing.compare.missed'), text: String(report.missedEvents) },
        ],
      },
    ],
  });
}
