import {
  adminDetail,
  defineRoute,
  DomainError,
  may,
  wordsOf,
  type RouteContext,
  type RouteDefinition,
  type Section,
  type View,
  type Words,
} from '@wizamart/core';
import type { InvoicePreview } from '../../stripe/gatewayTypes.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { SubscriptionState, SubscriptionView } from '../../subscriptions/SubscriptionReader.js';
import type { PageParts } from '../parts.js';
import { addOnTable, metersOf, previewTable } from '../sections.js';
import { amountIn, cardIn, dayIn, priceIn, STATUS_KINDS, to } from '../wording.js';
import { planNotices } from './planNotices.js';

/** What a merchant has, what it uses and what comes next. */
export const overviewPage = (parts: PageParts): RouteDefinition =>
  defineRoute({
    method: 'GET',
    path: '/billing',
    surface: 'store',
    kind: 'page',
    menu: 'billing',
    access: BILLING.own.view,
    summary: 'Billing',
    handle: (ctx) => overview(parts, ctx),
  });

async function overview(parts: PageParts, ctx: RouteContext): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const [{ meters, overLimit }, state] = await Promise.all([
    parts.usageSummaries.use(ctx),
    parts.subscriptionReader.state(ctx),
  ]);
  const subscription = state?.view ?? null;
  const upcoming = state?.view.isLive ? await upcomingOf(parts, ctx, state) : null;
  const mayEdit = may(ctx, BILLING.own.edit);
  const isLive = subscription?.isLive === true;
  const shown = adminDetail({
    head: {
      title: t('billing.title'),
      text: t('billing.text'),
      ...(mayEdit
        ? {
            link: to(ctx, '/billing/change-tier'),
            linkText: t(isLive ? 'billing.change.title' : 'billing.change.choose'),
            symbol: 'switch-horizontal',
          }
        : {}),
    },
    badges: subscription
      ? [{ kind: STATUS_KINDS[subscription.status], text: t(`billing.status.${subscription.status}`) }]
      : [],
    main: [
      ...(subscription ? [planCard(t, ctx, subscription)] : []),
      {
        kind: 'meters',
        title: t('billing.usage.title'),
        text: overLimit.length > 0 ? t('billing.usage.over') : t('billing.usage.text'),
        meters: metersOf(t, parts, ctx, meters),
      },
      ...upcomingSection(t, ctx, upcoming),
      ...(subscription && subscription.addOns.length > 0 ? [addOnTable(t, ctx.language, subscription)] : []),
    ],
    aside: [ways(t, ctx, subscription, mayEdit)],
  });
  return {
    ...shown,
    template: 'billing/overview',
    data: {
      ...shown.data,
      notices: planNotices(t, ctx, subscription, mayEdit),
      isNew: subscription === null,
      chooseHref: to(ctx, '/billing/change-tier'),
    },
  };
}

/** Undefined: the payment service does not say just now. */
async function upcomingOf(
  { invoicePreviews }: PageParts,
  ctx: RouteContext,
  state: SubscriptionState,
): Promise<InvoicePreview | null | undefined> {
  try {
    return await invoicePreviews.upcomingOf(ctx, state);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

const upcomingSection = (
  t: Words,
  ctx: RouteContext,
  invoice: InvoicePreview | null | undefined,
): readonly Section[] =>
  invoice === null
    ? []
    : invoice === undefined
      ? [{ kind: 'note', title: t('billing.upcoming.title'), text: t('billing.upcoming.unknown') }]
      : [
          previewTable(t, ctx.language, invoice, {
            title: t('billing.upcoming.title'),
            text: t('billing.upcoming.on', { day: dayIn(ctx.language, invoice.dueAt) }),
          }),
        ];

function planCard(t: Words, { language }: RouteContext, subscription: SubscriptionView): Section {
  const { trialEndsAt, status, periodEnd, cancelAtPeriodEnd, endedAt, pending } = subscription;
  const day = dayIn(language, status === 'trialing' ? (trialEndsAt ?? periodEnd) : periodEnd);
  const next = endedAt
    ? { label: t('billing.endedAt'), text: dayIn(language, endedAt) }
    : status === 'paused'
      ? { label: t('billing.pausedAt'), text: dayIn(language, subscription.pausedAt ?? periodEnd) }
      : {
          label: t(
            status === 'trialing'
              ? 'billing.trialEnd'
              : cancelAtPeriodEnd
                ? 'billing.endsOn'
                : 'billing.renewsOn',
          ),
          text: day,
        };
  return {
    kind: 'facts',
    title: subscription.tier.name,
    text: t('billing.plan.text'),
    facts: [
      { label: t('billing.price'), text: priceIn(t, language, subscription.price, subscription.interval) },
      next,
      ...(pending
        ? [
            {
              label: t('billing.pending'),
              text: t('billing.pending.text', {
                tier: pending.name,
                interval: t(`billing.interval.${pending.interval}`),
                day: dayIn(language, pending.at),
              }),
            },
          ]
        : []),
      { label: t('billing.card'), text: cardIn(t, subscription.card) ?? t('billing.card.none') },
      { label: t('billing.collection'), text: t(`billing.collection.${subscription.collection}`) },
    ],
  };
}

function ways(t: Words, ctx: RouteContext, subscription: SubscriptionView | null, mayEdit: boolean): Section {
  const way = (name: string, path: string, symbol: string) => ({
    label: t(`billing.way.${name}`),
    text: t(`billing.way.${name}Text`),
    href: to(ctx, path),
    symbol,
  });
  const edits = mayEdit && subscription?.isLive === true;
  const { status, cancelAtPeriodEnd } = subscription ?? {};
  return {
    kind: 'links',
    title: t('billing.more'),
    links: [
      ...(mayEdit ? [way('tier', '/billing/change-tier', 'switch-horizontal')] : []),
      ...(edits ? [way('addOns', '/billing/add-ons', 'puzzle')] : []),
      ...(mayEdit ? [way('card', '/billing/payment-method', 'credit-card')] : []),
      way('history', '/billing/history', 'receipt'),
      ...(edits && status === 'paused' ? [way('resume', '/billing/resume', 'refresh')] : []),
      ...(edits && status === 'active' && !cancelAtPeriodEnd
        ? [way('pause', '/billing/pause', 'hourglass')]
        : []),
      ...(edits && !cancelAtPeriodEnd ? [way('cancel', '/billing/cancel', 'circle-x')] : []),
    ],
  };
}

/** What a merchant pays for its tier, for the head of pages. */
export const planLine = (t: Words, ctx: RouteContext, subscription: SubscriptionView | null): string =>
  subscription === null
    ? t('billing.plan.none')
    : t('billing.subscription.state', {
        tier: subscription.tier.name,
        price: subscription.price
          ? priceIn(t, ctx.language, subscription.price, subscription.interval)
          : amountIn(ctx.language, null),
      });
