import {
  adminList,
  defineRoute,
  listPageInput,
  may,
  wordsOf,
  type RouteContext,
  type RouteDefinition,
  type RowAction,
  type Words,
  z,
} from '@wizamart/core';
import type { Offer } from '../../catalog/Catalogue.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { PageParts } from '../parts.js';
import { moneyOrNull, to } from '../wording.js';
import { productPath, TIERS_PATH } from './tierPages.js';

const KINDS = ['tier', 'add_on'] as const;
const input = listPageInput([], { kind: z.enum(KINDS).catch('tier').default('tier') });

interface Sold extends Offer {
  readonly subscriptions: number;
}

/** What the platform sells: tiers with their prices, and add-ons. */
export const tierListPage = (parts: PageParts): RouteDefinition =>
  defineRoute({
    method: 'GET',
    path: TIERS_PATH,
    surface: 'admin',
    kind: 'page',
    menu: 'subscription-tiers',
    access: BILLING.prices.view,
    summary: 'Prices of tiers and add-ons',
    input,
    handle: (ctx, query) => listed(parts, ctx, query),
  });

async function listed(parts: PageParts, ctx: RouteContext, query: z.output<typeof input>) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const address = to(ctx, TIERS_PATH);
  const [offers, counts] = await Promise.all([parts.catalogue.offers(ctx), parts.pageFacts.soldCounts(ctx)]);
  const wanted = query.q.toLowerCase();
  const sold = offers
    .filter(({ kind, name, code }) => kind === query.kind && `${name} ${code}`.toLowerCase().includes(wanted))
    .map((offer) => ({ ...offer, subscriptions: counts.get(`${offer.kind} ${offer.code}`) ?? 0 }));
  const mayEdit = may(ctx, BILLING.prices.edit);
  const isAddOns = query.kind === 'add_on';
  return adminList<Sold>(t, {
    head: {
      title: t('billing.tiers.title'),
      text: t('billing.tiers.text'),
      ...(isAddOns && mayEdit
        ? { link: to(ctx, `${TIERS_PATH}/add-ons/new`), linkText: t('billing.addOn.new'), symbol: 'plus' }
        : { link: to(ctx, '/tiers'), linkText: t('billing.tiers.matrix'), symbol: 'stack' }),
    },
    address,
    query,
    keep: { kind: query.kind },
    tabs: KINDS.map((kind) => ({
      label: t(`billing.kind.${kind}`),
      href: `${address}?kind=${kind}`,
      isCurrent: kind === query.kind,
      count: offers.filter((offer) => offer.kind === kind).length,
    })),
    searchLabel: t('billing.tiers.search'),
    columns: [
      {
        label: t(isAddOns ? 'billing.addOn' : 'billing.tier'),
        cell: ({ name }) => ({ text: name }),
      },
      {
        label: t('billing.priceColumn.month'),
        isNumber: true,
        cell: (item) => ({ money: moneyOrNull(item.monthlyMinor, item.currency) }),
      },
      {
        label: t('billing.priceColumn.year'),
        isNumber: true,
        cell: (item) => ({ money: moneyOrNull(item.yearlyMinor, item.currency) }),
      },
      { label: t('billing.version'), isNumber: true, cell: ({ version }) => ({ number: version }) },
      {
        label: t('billing.subscriptions.title'),
        isNumber: true,
        cell: ({ subscriptions }) => ({ number: subscriptions }),
      },
      { label: t('billing.sale'), cell: (item) => saleBadge(t, item) },
    ],
    found: { items: sold, total: sold.length, page: 1, perPage: Math.max(20, sold.length) },
    row: (item) => ({
      id: item.code,
      href: to(ctx, productPath(item)),
      isMuted: item.archivedAt !== null,
      ...(mayEdit ? { actions: actionsOf(t, ctx, item) } : {}),
    }),
    empty: isAddOns
      ? {
          symbol: 'puzzle',
          title: t('billing.addOns.none'),
          text: t('billing.addOns.noneAdmin'),
          ...(mayEdit
            ? { link: to(ctx, `${TIERS_PATH}/add-ons/new`), linkText: t('billing.addOn.new') }
            : {}),
        }
      : {
          symbol: 'stack',
          title: t('billing.tiers.none'),
          text: t('billing.tiers.noneText'),
          link: to(ctx, '/tiers'),
          linkText: t('billing.tiers.matrix'),
        },
    file: isAddOns ? 'add-ons' : 'tiers',
  });
}

export const saleBadge = (t: Words, { archivedAt, isPublic }: Pick<Offer, 'archivedAt' | 'isPublic'>) =>
  archivedAt !== null
    ? { badge: t('billing.sale.archived'), kind: 'neutral' as const }
    : isPublic
      ? { badge: t('billing.sale.public'), kind: 'success' as const }
      : { badge: t('billing.sale.hidden'), kind: 'warning' as const };

const actionsOf = (t: Words, ctx: RouteContext, item: Sold): RowAction[] => [
  { label: t('core.form.edit'), href: to(ctx, `${productPath(item)}/edit`) },
  saleAction(t, ctx, item, item.subscriptions),
];

/** Takes a product out of the shop window, or back into it. */
export const saleAction = (t: Words, ctx: RouteContext, item: Offer, subscriptions: number): RowAction => {
  const action = to(ctx, `${productPath(item)}/sale`);
  if (item.archivedAt !== null)
    return {
      label: t('billing.sale.offer'),
      action,
      fields: [{ name: 'isSold', value: 'true' }],
      confirm: null,
    };
  return {
    label: t('billing.sale.archive'),
    action,
    fields: [{ name: 'isSold', value: 'false' }],
    confirm: {
      title: t('billing.sale.archiveTitle', { name: item.name }),
      text: t('billing.sale.archiveText'),
      submit: t('billing.sale.archive'),
      consequences: [t('billing.sale.kept', { count: subscriptions })],
    },
  };
};
