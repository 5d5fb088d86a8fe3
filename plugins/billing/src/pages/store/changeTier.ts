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
  type Words,
  wordsOf,
  z,
} from '@wizamart/core';
import type { Offer } from '../../catalog/Catalogue.js';
import { featureMatrix } from '../../catalog/FeatureMatrix.js';
import { INTERVALS, priceOf, type Interval } from '../../catalog/ProductVersion.js';
import { CardNeeded } from '../../subscriptions/errors.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { SubscriptionView } from '../../subscriptions/SubscriptionReader.js';
import type { PageParts } from '../parts.js';
import { amountIn, dayIn, moneyOrNull, to } from '../wording.js';
import { lossesOf } from './losses.js';
import { planLine } from './overview.js';
import { previewPage } from './previewPage.js';

const BASE = '/billing/change-tier';
const page = { surface: 'store', kind: 'page', menu: 'billing', access: BILLING.own.edit } as const;
const wish = z.object({ tier: z.string().min(1).max(50), interval: z.enum(INTERVALS) });
type Wish = z.output<typeof wish>;

/** Tiers side by side, what another one would cost, and the change. */
export const changeTierPages = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...page,
    method: 'GET',
    path: BASE,
    summary: 'Change the plan',
    input: z.object({ interval: z.enum(INTERVALS).optional().catch(undefined) }),
    handle: (ctx, { interval }) => compare(parts, ctx, interval),
  }),
  defineRoute({
    ...page,
    method: 'GET',
    path: `${BASE}/preview`,
    summary: 'What another plan would cost',
    input: z.object({ tier: z.string().max(50).default(''), interval: z.enum(INTERVALS).catch('month') }),
    handle: (ctx, input) => (input.tier === '' ? redirect(to(ctx, BASE)) : preview(parts, ctx, input)),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: BASE,
    input: wish,
    handle: (ctx, input) => change(parts, ctx, input),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: '/billing/planned-change/drop',
    handle: async (ctx) => {
      await parts.planChanges.drop(ctx);
      return redirect(to(ctx, '/billing'), 303, flash(ctx, { kind: 'success', key: 'billing.done.dropped' }));
    },
  }),
];

/** What the merchant can mend is said on the page that compares; the rest is thrown. */
const isMendable = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.status < 500;

async function compare(
  parts: PageParts,
  ctx: RouteContext,
  wanted?: Interval,
  problem?: DomainError,
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const [matrix, found] = await Promise.all([
    featureMatrix(parts.catalogue, ctx, { onlyPublic: true }),
    parts.subscriptionReader.find(ctx),
  ]);
  const subscription = found ?? null;
  const interval = wanted ?? (subscription?.isLive ? subscription.interval : 'month');
  return view(
    'billing/change-tier',
    {
      head: {
        title: t('billing.change.title'),
        text: planLine(t, ctx, subscription),
        breadcrumbs: crumbs(t, ctx, t('billing.change.title')),
        link: null,
        linkText: null,
        symbol: null,
      },
      notice: problem ? { kind: 'error', text: sayError(problem) } : null,
      needsCard: problem instanceof CardNeeded ? to(ctx, '/billing/payment-method') : null,
      tabs: INTERVALS.map((one) => ({
        label: t(`billing.interval.${one}`),
        href: `${to(ctx, BASE)}?interval=${one}`,
        isCurrent: one === interval,
      })),
      tiers: matrix.tiers.map((tier, index) => ({
        ...tierCard(t, ctx, tier, interval, subscription),
        limits: matrix.limits.map((row) => ({
          name: parts.giveTexts.limitName(ctx, row),
          text: parts.giveTexts.limitText(ctx, row.code, row.cells[index] as number | null),
        })),
        ...featuresOf(parts, ctx, matrix, index),
      })),
    },
    problem ? { status: problem.status } : {},
  );
}

type Matrix = Awaited<ReturnType<typeof featureMatrix>>;

/** What a tier includes; where it has all that the one before has, only what it adds to that. */
function featuresOf(parts: PageParts, ctx: RouteContext, { tiers, features }: Matrix, index: number) {
  const had = features.filter(({ cells }) => cells[index - 1] === true);
  const before =
    had.length > 0 && had.every(({ cells }) => cells[index] === true) ? tiers[index - 1] : undefined;
  return {
    builtOn: before?.name ?? null,
    features: features
      .filter(({ cells }) => cells[index] === true && !(before && cells[index - 1] === true))
      .map((row) => parts.giveTexts.featureName(ctx, row)),
  };
}

function tierCard(
  t: Words,
  ctx: RouteContext,
  tier: Offer,
  interval: Interval,
  subscription: SubscriptionView | null,
) {
  const price = priceOf(tier, interval);
  const isCurrent =
    subscription?.isLive === true &&
    subscription.tier.code === tier.code &&
    subscription.interval === interval;
  return {
    code: tier.code,
    name: tier.name,
    price: amountIn(ctx.language, moneyOrNull(price, tier.currency)),
    per: t(`billing.perInterval.${interval}`),
    isCurrent,
    isPlanned: subscription?.pending?.tier === tier.code && subscription.pending.interval === interval,
    href:
      price === null || isCurrent
        ? null
        : `${to(ctx, `${BASE}/preview`)}?tier=${encodeURIComponent(tier.code)}&interval=${interval}`,
  };
}

async function preview(parts: PageParts, ctx: RouteContext, input: Wish): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  try {
    const [weighed, names] = await Promise.all([
      parts.planChanges.weigh(ctx, input),
      parts.productTexts.names(ctx),
    ]);
    const [change, losses] = await Promise.all([
      parts.invoicePreviews.ofWeighed(ctx, weighed, names),
      lossesOf(parts, ctx, weighed),
    ]);
    const name = names.nameOf(weighed.version);
    return previewPage(t, ctx, change, {
      title: t('billing.preview.title', { name }),
      breadcrumbs: [...crumbs(t, ctx, t('billing.change.title'), BASE), { label: name, href: null }],
      text: t(`billing.preview.${change.when}`, { day: dayIn(ctx.language, change.at) }),
      consequences: [
        ...losses.limits.map(({ name: limit, current, allowed }) =>
          t('billing.preview.overLimit', { name: limit, current, limit: allowed }),
        ),
        ...(losses.features.length > 0
          ? [t('billing.preview.featuresLost', { features: losses.features.join(', ') })]
          : []),
        ...(losses.limits.length > 0 ? [t('billing.preview.kept')] : []),
      ],
      action: to(ctx, BASE),
      fields: [
        { name: 'tier', value: input.tier },
        { name: 'interval', value: input.interval },
      ],
      submit: t(change.when === 'now' ? 'billing.preview.changeNow' : 'billing.preview.changeLater'),
      cancel: `${to(ctx, BASE)}?interval=${input.interval}`,
    });
  } catch (error) {
    if (isMendable(error)) return compare(parts, ctx, input.interval, error);
    throw error;
  }
}

async function change(parts: PageParts, ctx: RouteContext, input: Wish): Promise<View | Redirect> {
  try {
    const { status, when } = await parts.planChanges.change(ctx, input);
    const key =
      status === 'awaiting'
        ? 'billing.done.awaiting'
        : when === 'now'
          ? 'billing.done.changed'
          : 'billing.done.planned';
    return redirect(
      to(ctx, '/billing'),
      303,
      flash(ctx, { kind: status === 'awaiting' ? 'warning' : 'success', key }),
    );
  } catch (error) {
    if (isMendable(error)) return compare(parts, ctx, input.interval, error);
    throw error;
  }
}

/** Where one is below the page of billing. */
export const crumbs = (t: Words, ctx: RouteContext, label: string, path?: string) => [
  { label: t('billing.title'), href: to(ctx, '/billing') },
  { label, href: path === undefined ? null : to(ctx, path) },
];
