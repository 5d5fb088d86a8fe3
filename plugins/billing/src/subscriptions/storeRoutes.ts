import { defineRoute, type RouteDefinition, type TenantContext, z } from '@wizamart/core';
import { NotForSale, ProductNotFound } from '../catalog/errors.js';
import { CardDeclined } from '../stripe/errors.js';
import type { UsageSummaries } from '../usage/UsageSummaries.js';
import type { AddOnSales } from './AddOnSales.js';
import type { Cards } from './Cards.js';
import type { Endings } from './Endings.js';
import {
  AddOnNotFound,
  CardNeeded,
  CardNotReady,
  ChangeInProgress,
  NoSubscription,
  NothingToChange,
  NothingToPay,
  TransitionRefused,
} from './errors.js';
import type { InvoicePreviews } from './InvoicePreviews.js';
import type { Outcome } from './Operations.js';
import type { Payments } from './Payments.js';
import { BILLING } from './permissions.js';
import type { PlanChanges } from './PlanChanges.js';
import type { SubscriptionReader } from './SubscriptionReader.js';
import {
  chargeShape,
  intervalShape,
  invoicePreviewShape,
  meterShape,
  offerShape,
  outcomeShape,
  subscriptionShape,
} from './views.js';

export interface StoreRouteServices {
  readonly subscriptionReader: SubscriptionReader;
  readonly usageSummaries: UsageSummaries;
  readonly invoicePreviews: InvoicePreviews;
  readonly planChanges: PlanChanges;
  readonly addOnSales: AddOnSales;
  readonly endings: Endings;
  readonly cards: Cards;
  readonly payments: Payments;
}

const api = { surface: 'store', kind: 'api' } as const;
const view = { ...api, access: BILLING.own.view } as const;
const edit = { ...api, access: BILLING.own.edit, idempotent: true } as const;
const changeErrors = [NoSubscription, ChangeInProgress, NothingToChange, TransitionRefused];
const choice = z.object({ tier: z.string().min(1).max(50), interval: intervalShape.optional() });
const addOnChoice = z.object({
  code: z.string().min(1).max(50),
  quantity: z.int().min(1).max(1_000).default(1),
});
const reason = z.string().trim().max(500).nullable().default(null);
const id = '01935a3e-7c00-7000-8000-000000000001';

/** What owners do with their subscription, as an API below `/billing`. */
export const storeSubscriptionRoutes = (services: StoreRouteServices): RouteDefinition[] => [
  ...reading(services),
  ...changing(services),
  ...addOns(services),
  ...paying(services),
];

const reading = ({ subscriptionReader, usageSummaries, invoicePreviews, payments }: StoreRouteServices) => [
  defineRoute({
    ...view,
    method: 'GET',
    path: '/billing/subscription',
    summary: 'The subscription; the one that ended last where none is live',
    output: subscriptionShape,
    errors: [NoSubscription],
    handle: (ctx) => subscriptionReader.current(ctx),
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: '/billing/usage',
    summary: 'What is used of all limits',
    output: z.object({
      subscription: subscriptionShape.nullable(),
      meters: z.array(meterShape),
      overLimit: z.array(z.string()),
    }),
    handle: (ctx) => usageSummaries.of(ctx),
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: '/billing/upcoming-invoice',
    summary: 'The next regular invoice; null where nothing is charged any more',
    output: z.object({ invoice: invoicePreviewShape.nullable() }),
    errors: [NoSubscription],
    handle: async (ctx) => ({ invoice: await invoicePreviews.upcoming(ctx) }),
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: '/billing/history',
    summary: 'All charges and subscriptions, newest first',
    output: z.object({ charges: z.array(chargeShape), subscriptions: z.array(subscriptionShape) }),
    handle: async (ctx) => ({
      charges: (await payments.history(ctx)).map(({ hostedUrl, ...charge }) => ({
        id: charge.id,
        status: charge.status,
        currency: charge.currency,
        totalMinor: charge.totalMinor,
        taxMinor: charge.taxMinor,
        createdAt: charge.createdAt,
        paidAt: charge.paidAt,
        confirmUrl: charge.status === 'open' ? hostedUrl : null,
      })),
      subscriptions: await subscriptionReader.history(ctx),
    }),
  }),
];

const changing = (services: StoreRouteServices) => [
  defineRoute({
    ...view,
    method: 'POST',
    path: '/billing/preview',
    summary: 'What another tier or interval would cost, and when; changes nothing',
    input: choice,
    output: z.object({ when: z.enum(['now', 'period_end']), at: z.date(), invoice: invoicePreviewShape }),
    example: { tier: 'professional', interval: 'month' },
    errors: [NothingToChange, NotForSale, ProductNotFound, TransitionRefused],
    handle: (ctx, input) => services.invoicePreviews.ofTier(ctx, input),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/change-tier',
    summary: 'More at once, with proration; less at the end of the period',
    input: choice,
    output: outcomeShape,
    example: { tier: 'professional', interval: 'month' },
    errors: [...changeErrors, NotForSale, ProductNotFound, CardNeeded, CardDeclined],
    handle: async (ctx, input) => answered(services, ctx, await services.planChanges.change(ctx, input)),
  }),
  defineRoute({
    ...edit,
    method: 'DELETE',
    path: '/billing/planned-change',
    summary: 'Forget what is planned for the end of the period',
    output: outcomeShape,
    errors: changeErrors,
    handle: async (ctx) => answered(services, ctx, await services.planChanges.drop(ctx)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/cancel',
    summary: 'End with the period that is paid',
    input: z.object({ reason }),
    output: outcomeShape,
    example: { reason: 'We close the shop.' },
    errors: changeErrors,
    handle: async (ctx, input) => answered(services, ctx, await services.endings.cancel(ctx, input)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/reactivate',
    summary: 'Take a planned end back',
    output: outcomeShape,
    errors: changeErrors,
    handle: async (ctx) => answered(services, ctx, await services.endings.reactivate(ctx)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/pause',
    summary: 'Pause; paid time that is left is given back on resuming',
    input: z.object({ reason }),
    output: outcomeShape,
    example: { reason: 'Holidays.' },
    errors: changeErrors,
    handle: async (ctx, input) => answered(services, ctx, await services.endings.pause(ctx, input.reason)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/resume',
    summary: 'Go on after a pause',
    output: outcomeShape,
    errors: [...changeErrors, CardNeeded, CardDeclined],
    handle: async (ctx) => answered(services, ctx, await services.endings.resume(ctx)),
  }),
];

const addOns = (services: StoreRouteServices) => [
  defineRoute({
    ...view,
    method: 'GET',
    path: '/billing/addons',
    summary: 'Add-ons that are sold, and those that were bought',
    output: z.object({ offers: z.array(offerShape), bought: subscriptionShape.shape.addOns }),
    handle: async (ctx) => ({
      offers: await services.addOnSales.offers(ctx),
      bought: (await services.subscriptionReader.find(ctx))?.addOns ?? [],
    }),
  }),
  defineRoute({
    ...view,
    method: 'POST',
    path: '/billing/addons/preview',
    summary: 'What so many pieces of an add-on would cost; changes nothing',
    input: addOnChoice,
    output: z.object({ when: z.enum(['now', 'period_end']), at: z.date(), invoice: invoicePreviewShape }),
    example: { code: 'extra-pages', quantity: 2 },
    errors: [NoSubscription, NotForSale, ProductNotFound],
    handle: (ctx, input) => services.invoicePreviews.ofAddOn(ctx, input),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/addons',
    status: 201,
    summary: 'Have so many pieces of an add-on: more at once, fewer from the next period on',
    input: addOnChoice,
    output: outcomeShape,
    example: { code: 'extra-pages', quantity: 2 },
    errors: [...changeErrors, NotForSale, ProductNotFound, CardDeclined],
    handle: async (ctx, input) => answered(services, ctx, await services.addOnSales.buy(ctx, input)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/addons/:id/cancel',
    summary: 'End an add-on with the period that is paid',
    input: z.object({ id: z.uuid() }),
    output: outcomeShape,
    example: { id },
    errors: [...changeErrors, AddOnNotFound],
    handle: async (ctx, input) => answered(services, ctx, await services.addOnSales.cancel(ctx, input.id)),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/addons/:id/keep',
    summary: 'Keep an add-on as it is: drop what is planned for it',
    input: z.object({ id: z.uuid() }),
    output: outcomeShape,
    example: { id },
    errors: [...changeErrors, AddOnNotFound],
    handle: async (ctx, input) => answered(services, ctx, await services.addOnSales.keep(ctx, input.id)),
  }),
];

const paying = (services: StoreRouteServices) => [
  defineRoute({
    ...view,
    method: 'GET',
    path: '/billing/payment-method',
    summary: 'The card that is charged; null where there is none',
    output: z.object({ card: subscriptionShape.shape.card }),
    handle: async (ctx) => ({ card: (await services.subscriptionReader.find(ctx))?.card ?? null }),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/payment-method',
    status: 201,
    summary: 'Begin taking a card: what the script of the card field needs',
    output: z.object({
      setupIntentId: z.string(),
      clientSecret: z.string(),
      publishableKey: z.string(),
      scriptUrl: z.string(),
    }),
    handle: (ctx) => services.cards.begin(ctx),
  }),
  defineRoute({
    ...edit,
    method: 'PUT',
    path: '/billing/payment-method',
    summary: 'Pay with the card from now on, once its bank has confirmed it',
    input: z.object({ setupIntentId: z.string().regex(/^seti_[A-Za-z0-9_]{4,250}$/) }),
    output: z.object({ subscription: subscriptionShape, confirmUrl: z.string().nullable() }),
    example: { setupIntentId: 'seti_1NabcDEF' },
    errors: [NoSubscription, CardNotReady, CardDeclined],
    handle: async (ctx, { setupIntentId }) => {
      const { outcome } = await services.cards.use(ctx, setupIntentId);
      return {
        subscription: await services.subscriptionReader.current(ctx),
        confirmUrl: outcome?.confirmUrl ?? null,
      };
    },
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/billing/pay',
    summary: 'Collect what is due, now',
    output: subscriptionShape,
    errors: [NothingToPay, CardDeclined],
    handle: async (ctx) => {
      await services.payments.pay(ctx);
      return services.subscriptionReader.current(ctx);
    },
  }),
];

const answered = async (
  { subscriptionReader }: StoreRouteServices,
  ctx: TenantContext,
  outcome: Outcome,
) => ({
  ...outcome,
  subscription: await subscriptionReader.current(ctx),
});
