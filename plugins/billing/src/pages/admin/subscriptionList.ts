import {
  adminList,
  choice,
  defineRoute,
  listPageInput,
  wordsOf,
  type RouteContext,
  type RouteDefinition,
  z,
} from '@wizamart/core';
import { SUBSCRIPTION_STATUSES } from '../../subscriptions/Subscription.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { ListedSubscription, SubscriptionSort } from '../../subscriptions/SubscriptionLists.js';
import type { PageParts } from '../parts.js';
import { amountIn, moneyOrNull, priceIn, STATUS_KINDS, to } from '../wording.js';

const BASE = '/subscriptions';
const EXPORTED = 10_000;
const input = listPageInput(['merchant', 'periodEnd', 'createdAt'], {
  status: choice(SUBSCRIPTION_STATUSES),
  tier: z.string().max(50).optional().catch(undefined),
});

/** What the merchants of a platform have bought. */
export const subscriptionListPage = (parts: PageParts): RouteDefinition =>
  defineRoute({
    method: 'GET',
    path: BASE,
    surface: 'admin',
    kind: 'page',
    menu: 'subscriptions',
    access: BILLING.subscriptions.view,
    summary: 'Subscriptions',
    input,
    handle: (ctx, query) => listed(parts, ctx, query),
  });

async function listed(parts: PageParts, ctx: RouteContext, query: z.output<typeof input>) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const { q, page, perPage, status, format } = query;
  const tier = query.tier === '' ? undefined : query.tier;
  const sort = query.sort as SubscriptionSort | undefined;
  const [found, counts, offers] = await Promise.all([
    parts.subscriptionLists.list(ctx, {
      q,
      status,
      tier,
      sort,
      ...(format ? { page: 1, perPage: EXPORTED } : { page, perPage }),
    }),
    parts.subscriptionLists.counts(ctx),
    parts.catalogue.offers(ctx, { kind: 'tier' }),
  ]);
  const revenue = counts.monthly.map((amount) => amountIn(ctx.language, amount)).join(' + ');
  return adminList<ListedSubscription>(t, {
    head: {
      title: t('billing.subscriptions.title'),
      text:
        revenue === ''
          ? t('billing.subscriptions.text')
          : t('billing.subscriptions.revenue', { amount: revenue }),
    },
    address: to(ctx, BASE),
    query,
    searchLabel: t('billing.subscriptions.search'),
    filters: [
      {
        name: 'status',
        label: t('core.list.status'),
        options: [
          { value: '', label: t('billing.filter.anyStatus') },
          ...SUBSCRIPTION_STATUSES.map((one) => ({
            value: one,
            label: `${t(`billing.status.${one}`)} (${counts.byStatus[one] ?? 0})`,
          })),
        ],
      },
      {
        name: 'tier',
        label: t('billing.tier'),
        options: [
          { value: '', label: t('billing.filter.anyTier') },
          ...offers.map(({ code, name }) => ({ value: code, label: name })),
        ],
      },
    ],
    columns: [
      { label: t('billing.merchant'), sort: 'merchant', cell: (item) => ({ text: item.merchantName }) },
      {
        label: t('core.list.status'),
        cell: (item) => ({
          badge: t(`billing.status.${item.status}`),
          kind: STATUS_KINDS[item.status],
          detail: item.cancelAtPeriodEnd ? t('billing.subscriptions.ends') : null,
        }),
      },
      { label: t('billing.tier'), cell: (item) => ({ text: item.tierName }) },
      {
        label: t('billing.price'),
        cell: (item) => ({
          text: priceIn(t, ctx.language, moneyOrNull(item.amountMinor, item.currency), item.interval),
          detail: item.collection === 'none' ? t('billing.collection.none') : null,
        }),
      },
      { label: t('billing.periodEnd'), sort: 'periodEnd', cell: (item) => ({ date: item.periodEnd }) },
      { label: t('billing.since'), sort: 'createdAt', cell: (item) => ({ date: item.createdAt }) },
    ],
    found: { ...found, page, perPage },
    row: ({ id, status: is }) => ({
      id,
      href: to(ctx, `${BASE}/${id}`),
      isMuted: is === 'cancelled' || is === 'expired',
    }),
    empty: {
      symbol: 'repeat',
      title: t('billing.subscriptions.none'),
      text: t('billing.subscriptions.noneText'),
      link: to(ctx, '/subscription-tiers'),
      linkText: t('billing.menu.tiers'),
    },
    file: 'subscriptions',
  });
}
