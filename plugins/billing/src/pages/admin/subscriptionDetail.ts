import {
  adminDetail,
  type AdminDetail,
  DomainError,
  may,
  wordsOf,
  type FormProblem,
  type RouteContext,
  type RowAction,
  type Section,
  type View,
  type Words,
} from '@wizamart/core';
import { atMerchant, type MerchantContext } from '../../asProvider.js';
import type { InvoicePreview } from '../../stripe/gatewayTypes.js';
import { SubscriptionNotFound } from '../../subscriptions/errors.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { SubscriptionState, SubscriptionView } from '../../subscriptions/SubscriptionReader.js';
import type { PageParts } from '../parts.js';
import { addOnTable, metersOf, previewTable } from '../sections.js';
import { amountIn, cardIn, dayIn, priceIn, STATUS_KINDS, to } from '../wording.js';

const BASE = '/subscriptions';
const HISTORY = 50;

export interface KnownSubscription {
  readonly merchant: MerchantContext;
  readonly subscription: SubscriptionView;
  readonly state: SubscriptionState;
}

/** A subscription of the platform with its merchant. @throws {SubscriptionNotFound} */
export async function knownSubscription(
  { subscriptionLists, subscriptionReader }: PageParts,
  ctx: RouteContext,
  id: string,
): Promise<KnownSubscription> {
  const merchant = atMerchant(ctx, await subscriptionLists.merchantOf(ctx, id));
  const state = (await subscriptionReader.states(merchant)).find(({ view }) => view.id === id);
  if (!state) throw new SubscriptionNotFound({ subscription: id });
  return { merchant, state, subscription: state.view };
}

/** State, use, what comes next, and all that has happened, of one subscription. */
export async function subscriptionDetail(
  parts: PageParts,
  ctx: RouteContext,
  id: string,
  problem?: FormProblem,
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const { merchant, subscription, state } = await knownSubscription(parts, ctx, id);
  const [usage, upcoming, trail] = await Promise.all([
    parts.usageSummaries.use(merchant),
    upcomingOf(parts, merchant, state),
    parts.audit.list(merchant, { actionOf: 'billing.', perPage: HISTORY }),
  ]);
  const mayEdit = may(ctx, BILLING.subscriptions.edit) && subscription.isLive;
  const detail: AdminDetail = {
    head: {
      title: merchant.merchant.name,
      text: t('billing.subscription.of', {
        tier: subscription.tier.name,
        version: subscription.tier.version,
      }),
      breadcrumbs: [
        { label: t('billing.subscriptions.title'), href: to(ctx, BASE) },
        { label: merchant.merchant.name, href: null },
      ],
    },
    badges: [
      { kind: STATUS_KINDS[subscription.status], text: t(`billing.status.${subscription.status}`) },
      ...(subscription.cancelAtPeriodEnd
        ? [{ kind: 'warning' as const, text: t('billing.subscriptions.ends') }]
        : []),
    ],
    notice: noticeOf(t, subscription, problem),
    actions: mayEdit ? actionsOf(t, to(ctx, `${BASE}/${id}`), subscription) : [],
    main: [
      ...(usage.meters.length > 0 && subscription.isLive
        ? [
            {
              kind: 'meters' as const,
              title: t('billing.usage.title'),
              meters: metersOf(t, parts, ctx, usage.meters),
            },
          ]
        : []),
      ...(subscription.addOns.length > 0 ? [addOnTable(t, ctx.language, subscription)] : []),
      ...upcomingSection(t, ctx, upcoming),
      historyOf(t, trail.items),
    ],
    aside: [
      factsOf(t, ctx, subscription, state.whole.subscription.stripeSubscriptionId),
      linksOf(t, ctx, merchant.merchant.id),
    ],
  };
  return adminDetail(problem ? { ...detail, status: problem.status } : detail);
}

/** Undefined: Stripe does not say just now. */
async function upcomingOf(
  { invoicePreviews }: PageParts,
  merchant: MerchantContext,
  state: SubscriptionState,
): Promise<InvoicePreview | null | undefined> {
  if (!state.view.isLive) return null;
  try {
    return await invoicePreviews.upcomingOf(merchant, state);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

function upcomingSection(
  t: Words,
  ctx: RouteContext,
  upcoming: InvoicePreview | null | undefined,
): readonly Section[] {
  if (upcoming === undefined)
    return [{ kind: 'note', title: t('billing.upcoming.title'), text: t('billing.upcoming.unknown') }];
  if (upcoming === null) return [];
  return [
    previewTable(t, ctx.language, upcoming, {
      title: t('billing.upcoming.title'),
      text: t('billing.upcoming.on', { day: dayIn(ctx.language, upcoming.dueAt) }),
    }),
  ];
}

function noticeOf(
  t: Words,
  { operation, pastDueSince, status }: SubscriptionView,
  problem: FormProblem | undefined,
): { readonly kind: string; readonly text: string } | null {
  const refused = problem && [problem.text, ...problem.errors.map(({ message }) => message)].filter(Boolean);
  if (refused?.length) return { kind: 'error', text: refused.join(' ') };
  if (operation?.status === 'awaiting') return { kind: 'warning', text: t('billing.subscription.awaiting') };
  if (status === 'past_due' && pastDueSince)
    return { kind: 'warning', text: t('billing.subscription.pastDue') };
  return null;
}

function factsOf(
  t: Words,
  { language }: RouteContext,
  subscription: SubscriptionView,
  stripeId: string | null,
): Section {
  const { pending } = subscription;
  const since = (label: string, date: Date | null) => (date ? [{ label: t(label), date }] : []);
  return {
    kind: 'facts',
    title: t('billing.subscription.facts'),
    facts: [
      { label: t('billing.price'), text: priceIn(t, language, subscription.price, subscription.interval) },
      { label: t('billing.collection'), text: t(`billing.collection.${subscription.collection}`) },
      { label: t('billing.card'), text: cardIn(t, subscription.card) },
      ...since('billing.trialEnd', subscription.trialEndsAt),
      { label: t('billing.periodStart'), date: subscription.periodStart },
      { label: t('billing.periodEnd'), date: subscription.periodEnd },
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
      ...since('billing.pastDueSince', subscription.pastDueSince),
      ...since('billing.pausedAt', subscription.pausedAt),
      ...since('billing.endedAt', subscription.endedAt),
      ...(subscription.endReason ? [{ label: t('billing.endReason'), text: subscription.endReason }] : []),
      { label: t('billing.since'), date: subscription.createdAt },
      { label: t('billing.stripeId'), text: stripeId },
    ],
  };
}

const linksOf = (t: Words, ctx: RouteContext, merchantId: string): Section => ({
  kind: 'links',
  title: t('billing.more'),
  links: [
    {
      label: t('billing.merchant'),
      text: t('billing.more.merchant'),
      href: to(ctx, `/merchants/${merchantId}`),
      symbol: 'building',
    },
    {
      label: t('billing.menu.history'),
      text: t('billing.more.history'),
      href: to(ctx, '/billing-history'),
      symbol: 'receipt',
    },
  ],
});

function actionsOf(t: Words, address: string, subscription: SubscriptionView): RowAction[] {
  const { status, collection, cancelAtPeriodEnd } = subscription;
  const asked = (verb: string): RowAction => ({
    label: t(`billing.action.${verb}`),
    href: `${address}/${verb}`,
  });
  return [
    ...(status === 'trialing' && collection === 'none' ? [asked('trial')] : []),
    ...(status === 'trialing' || status === 'active' ? [asked('tier')] : []),
    ...(status === 'active' || status === 'past_due' ? [asked('pause')] : []),
    ...(status === 'paused' ? [asked('resume')] : []),
    cancelAtPeriodEnd ? asked('reactivate') : asked('cancel'),
  ];
}

const historyOf = (
  t: Words,
  items: readonly {
    readonly id: string;
    readonly action: string;
    readonly occurredAt: Date;
    readonly actor: { readonly name: string };
    readonly from: unknown;
    readonly to: unknown;
  }[],
): Section => ({
  kind: 'table',
  title: t('billing.subscription.history'),
  columns: [
    { label: t('billing.history.what') },
    { label: t('billing.history.who') },
    { label: t('billing.history.when') },
  ],
  rows: items.map((entry) => ({
    id: entry.id,
    href: null,
    cells: [
      { text: eventText(t, entry.action), detail: changeText(entry.to) },
      { text: entry.actor.name },
      { date: entry.occurredAt },
    ],
  })),
  empty: {
    symbol: 'history',
    title: t('billing.subscription.history'),
    text: t('billing.subscription.noHistory'),
  },
});

/** Actions of the trail that are told in words; others are shown as they are called. */
const TOLD = new Set(
  [
    'started',
    'activated',
    'payment_failed',
    'recovered',
    'paused',
    'cancelled',
    'expired',
    'renewed',
    'changed',
    'planned',
    'requested',
  ]
    .map((past) => `billing.subscription.${past}`)
    .concat([
      'billing.add_on.bought',
      'billing.add_on.planned',
      'billing.add_on.cancelled',
      'billing.add_on.ended',
      'billing.card.used',
    ]),
);
const eventText = (t: Words, action: string): string =>
  TOLD.has(action) ? t(`billing.trail.${action.slice(8)}`) : action;

/** The plain values of a change in one line. */
function changeText(change: unknown): string | null {
  if (typeof change !== 'object' || change === null) return null;
  const parts = Object.entries(change as Record<string, unknown>)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([key, value]) => `${key}: ${String(value)}`);
  return parts.length === 0 ? null : parts.join(', ').slice(0, 200);
}

/** What a merchant pays beside what is planned, for pages that ask. */
export const stateText = (t: Words, ctx: RouteContext, { tier, price, interval }: SubscriptionView): string =>
  t('billing.subscription.state', {
    tier: tier.name,
    price: price ? priceIn(t, ctx.language, price, interval) : amountIn(ctx.language, null),
  });
