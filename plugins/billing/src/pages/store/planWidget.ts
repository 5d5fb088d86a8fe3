import {
  commandSearch,
  tap,
  upgradePath,
  wordsOf,
  type CommandResult,
  type CommandSearch,
  type HookTap,
  type RouteContext,
  type TenantContext,
  type TodoDefinition,
  type WidgetDefinition,
} from '@wizamart/core';
import { BILLING } from '../../subscriptions/permissions.js';
import type { PageParts } from '../parts.js';
import { priceIn, STATUS_KINDS } from '../wording.js';
import { planNotices } from './planNotices.js';

type WidgetParts = Pick<PageParts, 'i18n' | 'subscriptionReader' | 'subscriptionLists'>;

/** The plan on the store's dashboard, for who may see it. */
export const planWidget = (parts: WidgetParts): WidgetDefinition => ({
  code: 'plan',
  surface: 'store',
  template: 'billing/widget-plan',
  order: 5,
  label: 'billing.title',
  permission: BILLING.own.view,
  load: async (base) => {
    const ctx = base as RouteContext;
    const t = wordsOf({ translator: parts.i18n }, ctx);
    const subscription = (await parts.subscriptionReader.forDashboard(ctx)) ?? null;
    return {
      billingHref: ctx.links.to('store', '/billing'),
      plan: subscription && {
        name: subscription.tier.name,
        price: priceIn(t, ctx.language, subscription.price, subscription.interval),
        badge: { kind: STATUS_KINDS[subscription.status], text: t(`billing.status.${subscription.status}`) },
      },
      notice: planNotices(t, ctx, subscription, true)[0] ?? null,
    };
  },
});

/** What waits for an owner: a bank's question, or money that is due. */
export const planTodo = ({ subscriptionReader }: WidgetParts): TodoDefinition => ({
  code: 'payment',
  order: 5,
  text: 'billing.todo',
  path: '/billing',
  permission: BILLING.own.edit,
  count: async (ctx) => {
    const found = await subscriptionReader.forDashboard(ctx);
    return found?.status === 'past_due' || found?.operation?.status === 'awaiting' ? 1 : 0;
  },
});

const holds = ({ actor }: TenantContext, permission: string): boolean =>
  actor.kind === 'user' && actor.permissions.has(permission);

/** Limits that are reached lead to the page on which owners change the tier. */
export const upgradeTap: HookTap = tap(upgradePath, { onError: 'skip' }, (ctx, way) =>
  holds(ctx, BILLING.own.edit) ? { path: '/billing/change-tier' } : way,
);

const STORE_WAYS = [
  {
    key: 'billing.way.tier',
    path: '/billing/change-tier',
    icon: 'switch-horizontal',
    permission: BILLING.own.edit,
  },
  { key: 'billing.way.addOns', path: '/billing/add-ons', icon: 'puzzle', permission: BILLING.own.edit },
  {
    key: 'billing.way.card',
    path: '/billing/payment-method',
    icon: 'credit-card',
    permission: BILLING.own.edit,
  },
  { key: 'billing.way.history', path: '/billing/history', icon: 'receipt', permission: BILLING.own.view },
  { key: 'billing.way.cancel', path: '/billing/cancel', icon: 'circle-x', permission: BILLING.own.edit },
] as const;
const ADMIN_WAYS = [
  {
    key: 'billing.history.payments',
    path: '/billing-history/payments',
    icon: 'credit-card',
    permission: 'billing.provider_invoices.view',
  },
  {
    key: 'billing.compare.title',
    path: '/webhook-events/comparisons',
    icon: 'arrows-left-right',
    permission: BILLING.subscriptions.view,
  },
] as const;

/** Pages of billing that no menu names, and subscriptions by their merchants. */
export const billingCommands = (parts: WidgetParts): HookTap =>
  tap(commandSearch, { onError: 'skip' }, async (ctx, search) => {
    if (ctx.surface !== 'store' && ctx.surface !== 'admin') return search;
    const t = wordsOf({ translator: parts.i18n }, ctx as RouteContext);
    const ways: CommandResult[] = (ctx.surface === 'store' ? STORE_WAYS : ADMIN_WAYS)
      .filter(({ permission }) => holds(ctx, permission))
      .map(({ key, path, icon }) => ({ group: 'billing.title', label: t(key), path, icon }))
      .filter(({ label }) => search.fits(label));
    return { ...search, results: [...search.results, ...ways, ...(await subscribers(parts, ctx, search))] };
  });

async function subscribers(
  { subscriptionLists }: WidgetParts,
  ctx: TenantContext,
  { query, limit }: CommandSearch,
): Promise<CommandResult[]> {
  if (ctx.surface !== 'admin' || !holds(ctx, BILLING.subscriptions.view)) return [];
  const { items } = await subscriptionLists.list(ctx, { q: query, perPage: limit });
  return items.map(({ id, merchantName, tierName }) => ({
    group: 'billing.subscriptions.title',
    label: merchantName,
    detail: tierName,
    path: `/subscriptions/${id}`,
    icon: 'repeat',
  }));
}
