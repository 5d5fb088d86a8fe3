import {
  confirmPage,
  defineRoute,
  DomainError,
  flash,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  sayError,
  view,
  type View,
  type Words,
  wordsOf,
  z,
} from '@wizamart/core';
import { priceOf } from '../../catalog/ProductVersion.js';
import type { Offer } from '../../catalog/Catalogue.js';
import { AddOnNotFound, CardNeeded } from '../../subscriptions/errors.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { SubscriptionView } from '../../subscriptions/SubscriptionReader.js';
import type { PageParts } from '../parts.js';
import { plannedText } from '../sections.js';
import { amountIn, dayIn, moneyOrNull, priceIn, to } from '../wording.js';
import { crumbs } from './changeTier.js';
import { previewPage } from './previewPage.js';

const BASE = '/billing/add-ons';
const page = { surface: 'store', kind: 'page', menu: 'billing', access: BILLING.own.edit } as const;
const quantity = z.coerce.number().int().min(1).max(1_000);
const wish = z.object({ code: z.string().min(1).max(50), quantity });
type Wish = z.output<typeof wish>;
const byId = z.object({ id: z.uuid() });

/** What is sold beside the tier: bought with a look at the price, ended with the period. */
export const addOnPages = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...page,
    method: 'GET',
    path: BASE,
    summary: 'Add-ons',
    handle: (ctx) => listed(parts, ctx),
  }),
  defineRoute({
    ...page,
    method: 'GET',
    path: `${BASE}/preview`,
    summary: 'What an add-on would cost',
    input: z.object({ code: z.string().max(50).default(''), quantity: quantity.catch(1) }),
    handle: (ctx, input) => (input.code === '' ? redirect(to(ctx, BASE)) : preview(parts, ctx, input)),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: BASE,
    input: wish,
    handle: (ctx, input) => buy(parts, ctx, input),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: `${BASE}/:id/keep`,
    input: byId,
    handle: (ctx, { id }) => keep(parts, ctx, id),
  }),
  defineRoute({
    ...page,
    method: 'GET',
    path: `${BASE}/:id/cancel`,
    input: byId,
    handle: (ctx, { id }) => askCancel(parts, ctx, id),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: `${BASE}/:id/cancel`,
    input: byId,
    handle: async (ctx, { id }) => {
      try {
        await parts.addOnSales.cancel(ctx, id);
      } catch (error) {
        if (isMendable(error)) return listed(parts, ctx, error);
        throw error;
      }
      return redirect(
        to(ctx, BASE),
        303,
        flash(ctx, { kind: 'success', key: 'billing.done.addOnCancelled' }),
      );
    },
  }),
];

const isMendable = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.status < 500 && error.status !== 404;

async function listed(
  parts: PageParts,
  ctx: RouteContext,
  problem?: DomainError,
  typed?: Wish,
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const [offers, found] = await Promise.all([
    parts.addOnSales.offers(ctx),
    parts.subscriptionReader.find(ctx),
  ]);
  const subscription = found?.isLive ? found : null;
  return view(
    'billing/add-ons',
    {
      head: {
        title: t('billing.addOns.title'),
        text: t('billing.addOns.text'),
        breadcrumbs: crumbs(t, ctx, t('billing.addOns.title')),
        link: null,
        linkText: null,
        symbol: null,
      },
      notice: problem ? { kind: 'error', text: sayError(problem) } : null,
      needsCard: problem instanceof CardNeeded ? to(ctx, '/billing/payment-method') : null,
      hasPlan: subscription !== null,
      chooseHref: to(ctx, '/billing/change-tier'),
      previewHref: to(ctx, `${BASE}/preview`),
      bought: subscription ? boughtOf(t, ctx, subscription) : [],
      offers: offers.map((offer) => offerCard(t, ctx, offer, subscription, typed)),
    },
    problem ? { status: problem.status } : {},
  );
}

function boughtOf(t: Words, ctx: RouteContext, { addOns, interval, periodEnd }: SubscriptionView) {
  return addOns.map((addOn) => {
    const { id, name, quantity: pieces, price, endsAt } = addOn;
    const planned = plannedText(t, ctx.language, addOn, periodEnd);
    return {
      id,
      name,
      text: t('billing.addOn.held', { quantity: pieces, price: priceIn(t, ctx.language, price, interval) }),
      ends: planned,
      cancelHref: endsAt ? null : to(ctx, `${BASE}/${id}/cancel`),
      keepAction: planned === null ? null : to(ctx, `${BASE}/${id}/keep`),
    };
  });
}

async function keep(parts: PageParts, ctx: RouteContext, id: string): Promise<View | Redirect> {
  try {
    await parts.addOnSales.keep(ctx, id);
  } catch (error) {
    if (isMendable(error)) return listed(parts, ctx, error);
    throw error;
  }
  return redirect(to(ctx, BASE), 303, flash(ctx, { kind: 'success', key: 'billing.done.dropped' }));
}

function offerCard(
  t: Words,
  ctx: RouteContext,
  offer: Offer,
  subscription: SubscriptionView | null,
  typed: Wish | undefined,
) {
  const interval = subscription?.interval ?? 'month';
  const price = priceOf(offer, interval);
  const held = subscription?.addOns.find(({ code, endsAt }) => code === offer.code && endsAt === null);
  return {
    code: offer.code,
    name: offer.name,
    description: offer.description || null,
    price: priceIn(t, ctx.language, moneyOrNull(price, offer.currency), interval),
    isSold: price !== null,
    maxQuantity: offer.maxQuantity,
    isSingle: offer.maxQuantity === 1,
    isHeld: held !== undefined && offer.maxQuantity === 1,
    quantity: typed?.code === offer.code ? typed.quantity : (held?.quantity ?? 1),
  };
}

async function preview(parts: PageParts, ctx: RouteContext, input: Wish): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  try {
    const [change, offers] = await Promise.all([
      parts.invoicePreviews.ofAddOn(ctx, input),
      parts.addOnSales.offers(ctx),
    ]);
    const name = offers.find(({ code }) => code === input.code)?.name ?? input.code;
    return previewPage(t, ctx, change, {
      title: t('billing.addOn.previewTitle', { name, quantity: input.quantity }),
      breadcrumbs: [...crumbs(t, ctx, t('billing.addOns.title'), BASE), { label: name, href: null }],
      text:
        change.when === 'now'
          ? t('billing.addOn.previewText')
          : t('billing.preview.period_end', { day: dayIn(ctx.language, change.at) }),
      consequences: [],
      action: to(ctx, BASE),
      fields: [
        { name: 'code', value: input.code },
        { name: 'quantity', value: String(input.quantity) },
      ],
      submit: t(change.when === 'now' ? 'billing.addOn.buy' : 'billing.preview.changeLater'),
      cancel: to(ctx, BASE),
    });
  } catch (error) {
    if (isMendable(error)) return listed(parts, ctx, error, input);
    throw error;
  }
}

async function buy(parts: PageParts, ctx: RouteContext, input: Wish): Promise<View | Redirect> {
  try {
    const { status, when } = await parts.addOnSales.buy(ctx, input);
    return redirect(
      to(ctx, status === 'awaiting' ? '/billing' : BASE),
      303,
      flash(
        ctx,
        status === 'awaiting'
          ? { kind: 'warning', key: 'billing.done.awaiting' }
          : {
              kind: 'success',
              key: when === 'now' ? 'billing.done.addOnBought' : 'billing.done.planned',
            },
      ),
    );
  } catch (error) {
    if (isMendable(error)) return listed(parts, ctx, error, input);
    throw error;
  }
}

async function askCancel(parts: PageParts, ctx: RouteContext, id: string): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const subscription = await parts.subscriptionReader.current(ctx);
  const addOn = subscription.addOns.find((known) => known.id === id);
  if (!addOn) throw new AddOnNotFound({ addOn: id });
  return confirmPage({
    head: {
      title: t('billing.addOn.cancel'),
      breadcrumbs: [...crumbs(t, ctx, t('billing.addOns.title'), BASE), { label: addOn.name, href: null }],
    },
    title: t('billing.addOn.cancelTitle', { name: addOn.name }),
    text: t('billing.addOn.cancelText', { day: dayIn(ctx.language, subscription.periodEnd) }),
    consequences: [
      t('billing.addOn.cancelSaves', { price: amountIn(ctx.language, addOn.price) }),
      t('billing.preview.kept'),
    ],
    action: to(ctx, `${BASE}/${id}/cancel`),
    submit: t('billing.addOn.cancel'),
    cancel: to(ctx, BASE),
    danger: true,
  });
}
