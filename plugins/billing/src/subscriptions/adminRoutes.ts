import { defineRoute, type RouteDefinition, type TenantContext, z } from '@wizamart/core';
import { atMerchant, type MerchantContext } from '../asProvider.js';
import { NotForSale, ProductNotFound } from '../catalog/errors.js';
import type { Trials } from '../trial/Trials.js';
import type { Endings } from './Endings.js';
import { ChangeInProgress, NothingToChange, SubscriptionNotFound, TransitionRefused } from './errors.js';
import { BILLING } from './permissions.js';
import type { PlanChanges } from './PlanChanges.js';
import { SUBSCRIPTION_STATUSES } from './Subscription.js';
import type { SubscriptionLists } from './SubscriptionLists.js';
import type { SubscriptionReader, SubscriptionView } from './SubscriptionReader.js';
import { intervalShape, moneyShape, subscriptionShape } from './views.js';

export interface AdminRouteServices {
  readonly subscriptionLists: SubscriptionLists;
  readonly subscriptionReader: SubscriptionReader;
  readonly planChanges: PlanChanges;
  readonly endings: Endings;
  readonly trials: Trials;
}

const api = { surface: 'admin', kind: 'api' } as const;
const view = { ...api, access: BILLING.subscriptions.view } as const;
const edit = { ...api, access: BILLING.subscriptions.edit, idempotent: true } as const;
const errors = [SubscriptionNotFound, ChangeInProgress, NothingToChange, TransitionRefused];
const byId = z.object({ id: z.uuid() });
const reason = z.string().trim().max(500).nullable().default(null);
const id = '01935a3e-7c00-7000-8000-000000000001';
const listed = z.object({
  id: z.uuid(),
  merchantId: z.uuid(),
  merchantName: z.string(),
  status: z.enum(SUBSCRIPTION_STATUSES),
  tier: z.string(),
  tierName: z.string(),
  interval: intervalShape,
  amountMinor: z.int().nullable(),
  currency: z.string(),
  collection: z.enum(['stripe', 'none']),
  trialEndsAt: z.date().nullable(),
  periodEnd: z.date(),
  cancelAtPeriodEnd: z.boolean(),
  createdAt: z.date(),
});
const shown = z.object({ merchantId: z.uuid(), merchantName: z.string(), subscription: subscriptionShape });

/** Subscriptions of a platform's merchants, for its administrators. */
export const adminSubscriptionRoutes = (services: AdminRouteServices): RouteDefinition[] => [
  defineRoute({
    ...view,
    method: 'GET',
    path: '/subscriptions',
    summary: 'Subscriptions, newest first',
    input: z.object({
      page: z.coerce.number().int().min(1).max(10_000).default(1),
      perPage: z.coerce.number().int().min(1).max(100).default(20),
      q: z.string().trim().max(200).default(''),
      status: z.enum(SUBSCRIPTION_STATUSES).optional(),
      tier: z.string().max(50).optional(),
    }),
    example: { status: 'trialing', page: 1 },
    output: z.object({ items: z.array(listed), total: z.int(), page: z.int(), perPage: z.int() }),
    handle: (ctx, input) => services.subscriptionLists.list(ctx, input),
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: '/subscriptions/summary',
    summary: 'How many subscriptions have which status, and what they bring in a month',
    output: z.object({
      byStatus: z.partialRecord(z.enum(SUBSCRIPTION_STATUSES), z.int()),
      monthly: z.array(moneyShape),
    }),
    handle: (ctx) => services.subscriptionLists.counts(ctx),
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: '/subscriptions/:id',
    summary: 'One subscription',
    input: byId,
    example: { id },
    output: shown,
    errors: [SubscriptionNotFound],
    handle: async (ctx, input) => one(services, await at(services, ctx, input.id), input.id),
  }),
  ...changes(services),
];

const changes = (services: AdminRouteServices) => [
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/subscriptions/:id/change-tier',
    summary: 'Change tier or interval for a merchant',
    input: byId.extend({ tier: z.string().min(1).max(50), interval: intervalShape.optional() }),
    example: { id, tier: 'business', interval: 'year' },
    output: shown,
    errors: [...errors, NotForSale, ProductNotFound],
    handle: async (ctx, { id, ...choice }) =>
      done(services, ctx, id, (merchant) => services.planChanges.change(merchant, choice)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/subscriptions/:id/cancel',
    summary: 'End a subscription, with its period or at once',
    input: byId.extend({ reason, atOnce: z.boolean().default(false) }),
    example: { id, reason: 'By contract.', atOnce: false },
    output: shown,
    errors,
    handle: async (ctx, { id, ...how }) =>
      done(services, ctx, id, (merchant) => services.endings.cancel(merchant, how)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/subscriptions/:id/reactivate',
    summary: 'Take a planned end back',
    input: byId,
    example: { id },
    output: shown,
    errors,
    handle: async (ctx, { id }) =>
      done(services, ctx, id, (merchant) => services.endings.reactivate(merchant)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/subscriptions/:id/pause',
    summary: 'Pause a subscription',
    input: byId.extend({ reason }),
    example: { id, reason: null },
    output: shown,
    errors,
    handle: async (ctx, { id, reason }) =>
      done(services, ctx, id, (merchant) => services.endings.pause(merchant, reason)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/subscriptions/:id/resume',
    summary: 'Go on after a pause',
    input: byId,
    example: { id },
    output: shown,
    errors,
    handle: async (ctx, { id }) => done(services, ctx, id, (merchant) => services.endings.resume(merchant)),
  }),
  defineRoute({
    ...edit,
    method: 'PUT',
    path: '/subscriptions/:id/trial-end',
    summary: 'Give a trial another end',
    input: byId.extend({ trialEndsAt: z.iso.datetime() }),
    example: { id, trialEndsAt: '2027-01-31T12:00:00Z' },
    output: shown,
    errors,
    handle: async (ctx, { id, trialEndsAt }) =>
      done(services, ctx, id, (merchant) => services.trials.extend(merchant, new Date(trialEndsAt))),
  }),
];

const at = async (
  { subscriptionLists }: AdminRouteServices,
  ctx: TenantContext,
  id: string,
): Promise<MerchantContext> => atMerchant(ctx, await subscriptionLists.merchantOf(ctx, id));

async function done(
  services: AdminRouteServices,
  ctx: TenantContext,
  id: string,
  change: (ctx: MerchantContext) => Promise<unknown>,
) {
  const merchant = await at(services, ctx, id);
  // What has ended is not changed by way of another one that is live.
  const { subscription } = await one(services, merchant, id);
  if (!subscription.isLive) throw new TransitionRefused({ what: 'a change', status: subscription.status });
  await change(merchant);
  return one(services, merchant, id);
}

async function one(
  { subscriptionReader }: AdminRouteServices,
  ctx: MerchantContext,
  id: string,
): Promise<{ merchantId: string; merchantName: string; subscription: SubscriptionView }> {
  const subscription = (await subscriptionReader.history(ctx)).find((known) => known.id === id);
  if (!subscription) throw new SubscriptionNotFound({ subscription: id });
  return { merchantId: ctx.merchant.id, merchantName: ctx.merchant.name, subscription };
}
