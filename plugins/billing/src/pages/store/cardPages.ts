import {
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
  wordsOf,
  z,
} from '@wizamart/core';
import { BILLING } from '../../subscriptions/permissions.js';
import type { SubscriptionView } from '../../subscriptions/SubscriptionReader.js';
import type { CardSetup } from '../../stripe/gatewayTypes.js';
import type { PageParts } from '../parts.js';
import { brandOf, to } from '../wording.js';
import { crumbs } from './changeTier.js';

const BASE = '/billing/payment-method';
const page = { surface: 'store', kind: 'page', menu: 'billing', access: BILLING.own.edit } as const;
const intent = z.string().regex(/^seti_[A-Za-z0-9_]{4,250}$/);
/** A bank that takes the person to a page of its own sends them back with the intent in the address. */
const comingBack = z.object({
  setup_intent: intent.optional().catch(undefined),
  redirect_status: z.string().max(50).optional(),
});

/** The card that is charged, and the form for another one. */
export const cardPages = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...page,
    method: 'GET',
    path: BASE,
    summary: 'Payment method',
    input: comingBack.loose(),
    handle: (ctx, { setup_intent: back }) => (back ? use(parts, ctx, back) : show(parts, ctx)),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: BASE,
    input: z.object({ setupIntentId: intent }),
    handle: (ctx, { setupIntentId }) => use(parts, ctx, setupIntentId),
    invalid: (ctx) => show(parts, ctx),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: '/billing/pay',
    handle: async (ctx) => {
      try {
        await parts.payments.pay(ctx);
        return redirect(to(ctx, '/billing'), 303, flash(ctx, { kind: 'success', key: 'billing.done.paid' }));
      } catch (error) {
        if (error instanceof DomainError && error.status < 500) return show(parts, ctx, error);
        throw error;
      }
    },
  }),
];

async function use(parts: PageParts, ctx: RouteContext, setupIntentId: string): Promise<View | Redirect> {
  try {
    const { outcome } = await parts.cards.use(ctx, setupIntentId);
    return redirect(
      to(ctx, '/billing'),
      303,
      flash(
        ctx,
        outcome?.status === 'awaiting'
          ? { kind: 'warning', key: 'billing.done.awaiting' }
          : { kind: 'success', key: 'billing.done.card' },
      ),
    );
  } catch (error) {
    if (error instanceof DomainError && error.status < 500) return show(parts, ctx, error);
    throw error;
  }
}

async function show(parts: PageParts, ctx: RouteContext, problem?: DomainError): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const subscription = await parts.subscriptionReader.find(ctx);
  const setup = subscription ? await setupOf(parts, ctx) : null;
  return view(
    'billing/payment-method',
    {
      head: {
        title: t('billing.card.title'),
        text: t('billing.card.text'),
        breadcrumbs: crumbs(t, ctx, t('billing.card.title')),
        link: null,
        linkText: null,
        symbol: null,
      },
      notice: problem
        ? { kind: 'error', text: sayError(problem) }
        : setup && 'problem' in setup
          ? { kind: 'warning', text: setup.problem }
          : null,
      card: subscription?.card ? cardFacts(t, subscription.card) : null,
      setup: setup && 'clientSecret' in setup ? setup : null,
      // Stripe does not speak Luxembourgish.
      locale: ctx.language === 'lb' ? 'auto' : ctx.language,
      hasPlan: subscription !== undefined,
      action: to(ctx, BASE),
      cancel: to(ctx, '/billing'),
      chooseHref: to(ctx, '/billing/change-tier'),
    },
    {
      ...(problem ? { status: problem.status } : {}),
      ...(setup && 'clientSecret' in setup
        ? { sources: (await parts.stripeConnections.of(ctx)).pageOrigins }
        : {}),
    },
  );
}

/** What the card field needs, or why it cannot be shown now. */
async function setupOf(
  { cards }: PageParts,
  ctx: RouteContext,
): Promise<CardSetup | { readonly problem: string }> {
  try {
    return await cards.begin(ctx);
  } catch (error) {
    if (error instanceof DomainError) return { problem: sayError(error) };
    throw error;
  }
}

const cardFacts = (t: (key: string) => string, card: NonNullable<SubscriptionView['card']>) => [
  { label: t('billing.card'), text: `${brandOf(card.brand)} •••• ${card.last4}` },
  {
    label: t('billing.card.validTo'),
    text: `${String(card.expMonth).padStart(2, '0')}/${card.expYear}`,
  },
];
