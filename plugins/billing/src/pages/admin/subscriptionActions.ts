import {
  adminForm,
  confirmPage,
  defineRoute,
  flash,
  orForm,
  redirect,
  refused,
  wordsOf,
  z,
  type FormProblem,
  type FormValues,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '@wizamart/core';
import { INTERVALS } from '../../catalog/ProductVersion.js';
import type { MerchantContext } from '../../asProvider.js';
import { addDays, startOfDay } from '../../subscriptions/calendar.js';
import { TransitionRefused } from '../../subscriptions/errors.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { PageParts } from '../parts.js';
import { amountIn, dayIn, moneyOrNull, to } from '../wording.js';
import { knownSubscription, stateText, subscriptionDetail } from './subscriptionDetail.js';

const BASE = '/subscriptions';
const page = {
  surface: 'admin',
  kind: 'page',
  menu: 'subscriptions',
  access: BILLING.subscriptions.edit,
} as const;
const byId = z.object({ id: z.uuid() });
const reason = z.string().trim().max(500).default('');
const VERBS = ['reactivate', 'pause', 'resume'] as const;
type Verb = (typeof VERBS)[number];

/** What administrators do with a merchant's subscription: each asks first and says what comes of it. */
export const subscriptionActions = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    surface: 'admin',
    kind: 'page',
    menu: 'subscriptions',
    access: BILLING.subscriptions.view,
    method: 'GET',
    path: `${BASE}/:id`,
    summary: 'A subscription',
    input: byId,
    handle: (ctx, { id }) => subscriptionDetail(parts, ctx, id),
  }),
  ...trialRoutes(parts),
  ...tierRoutes(parts),
  ...cancelRoutes(parts),
  ...VERBS.flatMap((verb) => verbRoutes(parts, verb)),
];

const trialRoutes = (parts: PageParts) => [
  defineRoute({
    ...page,
    method: 'GET',
    path: `${BASE}/:id/trial`,
    input: byId,
    handle: (ctx, { id }) => trialForm(parts, ctx, id),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: `${BASE}/:id/trial`,
    input: byId.extend({ day: z.iso.date('Use a day such as 2026-03-31.') }),
    handle: (ctx, { id, day }) =>
      orForm(
        () => changed(parts, ctx, id, 'trial', (merchant) => parts.trials.extend(merchant, endOfDay(day))),
        (problem) => trialForm(parts, ctx, id, { values: { day }, problem }),
      ),
    invalid: (ctx, values, errors) =>
      trialForm(parts, ctx, String(values['id']), { values, problem: refused(errors) }),
  }),
];

/** The trial lasts to the end of the day in Luxembourg. */
const endOfDay = (day: string): Date => addDays(startOfDay(new Date(`${day}T12:00:00Z`)), 1);

const tierRoutes = (parts: PageParts) => [
  defineRoute({
    ...page,
    method: 'GET',
    path: `${BASE}/:id/tier`,
    input: byId,
    handle: (ctx, { id }) => tierForm(parts, ctx, id),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: `${BASE}/:id/tier`,
    input: byId.extend({
      tier: z.string().min(1, 'Choose a tier.').max(50),
      interval: z.enum(INTERVALS),
      sure: z.literal('true').optional(),
    }),
    handle: (ctx, { id, tier, interval, sure }) =>
      orForm(
        async () =>
          sure
            ? changed(parts, ctx, id, 'tier', (merchant) =>
                parts.planChanges.change(merchant, { tier, interval }),
              )
            : askTier(parts, ctx, id, { tier, interval }),
        (problem) => tierForm(parts, ctx, id, { values: { tier, interval }, problem }),
      ),
    invalid: (ctx, values, errors) =>
      tierForm(parts, ctx, String(values['id']), { values, problem: refused(errors) }),
  }),
];

const cancelRoutes = (parts: PageParts) => [
  defineRoute({
    ...page,
    method: 'GET',
    path: `${BASE}/:id/cancel`,
    input: byId,
    handle: (ctx, { id }) => cancelForm(parts, ctx, id),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: `${BASE}/:id/cancel`,
    input: byId.extend({ when: z.enum(['period_end', 'now']), reason }),
    handle: (ctx, { id, when, reason: why }) =>
      orForm(
        () =>
          changed(parts, ctx, id, 'cancel', (merchant) =>
            parts.endings.cancel(merchant, { atOnce: when === 'now', reason: why || null }),
          ),
        (problem) => cancelForm(parts, ctx, id, { values: { when, reason: why }, problem }),
      ),
    invalid: (ctx, values, errors) =>
      cancelForm(parts, ctx, String(values['id']), { values, problem: refused(errors) }),
  }),
];

const verbRoutes = (parts: PageParts, verb: Verb) => [
  defineRoute({
    ...page,
    method: 'GET',
    path: `${BASE}/:id/${verb}`,
    input: byId,
    handle: async (ctx, { id }) => {
      const t = wordsOf({ translator: parts.i18n }, ctx);
      const { head, subscription } = await asking(parts, ctx, id, verb);
      return confirmPage({
        head,
        title: t(`billing.ask.${verb}.title`),
        text: stateText(t, ctx, subscription),
        consequences: [t(`billing.ask.${verb}.what`), t(`billing.ask.${verb}.money`)],
        action: to(ctx, `${BASE}/${id}/${verb}`),
        submit: t(`billing.action.${verb}`),
        cancel: to(ctx, `${BASE}/${id}`),
        danger: verb === 'pause',
      });
    },
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: `${BASE}/:id/${verb}`,
    input: byId,
    handle: (ctx, { id }) =>
      orForm(
        () => changed(parts, ctx, id, verb, (merchant) => parts.endings[verb](merchant)),
        (problem) => subscriptionDetail(parts, ctx, id, problem),
      ),
  }),
];

/** Does it at the merchant, if the subscription is live. */
async function changed(
  parts: PageParts,
  ctx: RouteContext,
  id: string,
  verb: string,
  change: (merchant: MerchantContext) => Promise<unknown>,
) {
  const { merchant, subscription } = await knownSubscription(parts, ctx, id);
  if (!subscription.isLive) throw new TransitionRefused({ what: verb, status: subscription.status });
  await change(merchant);
  return redirect(
    to(ctx, `${BASE}/${id}`),
    303,
    flash(ctx, {
      kind: 'success',
      key: `billing.done.${verb}`,
      values: { merchant: merchant.merchant.name },
    }),
  );
}

interface Again {
  readonly values: FormValues;
  readonly problem: FormProblem;
}

async function asking(parts: PageParts, ctx: RouteContext, id: string, verb: string) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const known = await knownSubscription(parts, ctx, id);
  return {
    ...known,
    head: {
      title: t(`billing.action.${verb}`),
      breadcrumbs: [
        { label: t('billing.subscriptions.title'), href: to(ctx, BASE) },
        { label: known.merchant.merchant.name, href: to(ctx, `${BASE}/${id}`) },
        { label: t(`billing.action.${verb}`), href: null },
      ],
    },
  };
}

async function trialForm(parts: PageParts, ctx: RouteContext, id: string, again?: Again): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const { head, subscription } = await asking(parts, ctx, id, 'trial');
  const ends = subscription.trialEndsAt ?? subscription.periodEnd;
  return adminForm({
    head,
    consequences: [
      t('billing.ask.trial.now', { day: dayIn(ctx.language, ends) }),
      t('billing.ask.trial.what'),
    ],
    groups: [{ fields: [{ name: 'day', label: t('billing.trialEnd'), kind: 'date', required: true }] }],
    values: again?.values ?? { day: ends },
    problem: again?.problem,
    action: to(ctx, `${BASE}/${id}/trial`),
    submit: t('billing.action.trial'),
    cancel: to(ctx, `${BASE}/${id}`),
  });
}

async function tierForm(parts: PageParts, ctx: RouteContext, id: string, again?: Again): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const [{ head, subscription }, offers] = await Promise.all([
    asking(parts, ctx, id, 'tier'),
    parts.catalogue.offers(ctx, { kind: 'tier' }),
  ]);
  const price = (amountMinor: number | null, currency: string): string =>
    amountIn(ctx.language, moneyOrNull(amountMinor, currency));
  return adminForm({
    head: { ...head, text: stateText(t, ctx, subscription) },
    groups: [
      {
        fields: [
          {
            name: 'tier',
            label: t('billing.tier'),
            kind: 'radio',
            required: true,
            options: offers
              .filter(({ archivedAt }) => archivedAt === null)
              .map(({ code, name, monthlyMinor, yearlyMinor, currency }) => ({
                value: code,
                label: name,
                text: t('billing.price.both', {
                  month: price(monthlyMinor, currency),
                  year: price(yearlyMinor, currency),
                }),
              })),
          },
          {
            name: 'interval',
            label: t('billing.interval'),
            kind: 'radio',
            options: INTERVALS.map((value) => ({ value, label: t(`billing.interval.${value}`) })),
          },
        ],
      },
    ],
    values: again?.values ?? { tier: subscription.tier.code, interval: subscription.interval },
    problem: again?.problem,
    action: to(ctx, `${BASE}/${id}/tier`),
    submit: t('billing.action.preview'),
    cancel: to(ctx, `${BASE}/${id}`),
  });
}

async function askTier(
  parts: PageParts,
  ctx: RouteContext,
  id: string,
  wish: { readonly tier: string; readonly interval: (typeof INTERVALS)[number] },
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const { head, subscription, merchant } = await asking(parts, ctx, id, 'tier');
  const { when, at, invoice } = await parts.invoicePreviews.ofTier(merchant, wish);
  const { currency, totalMinor } = invoice;
  const collected = subscription.collection === 'stripe';
  return confirmPage({
    head,
    title: t('billing.ask.tier.title', { merchant: merchant.merchant.name }),
    text: t(`billing.ask.tier.${when}`, { day: dayIn(ctx.language, at) }),
    consequences: [
      collected
        ? t('billing.ask.tier.charged', {
            amount: amountIn(ctx.language, { amountMinor: totalMinor, currency }),
            day: dayIn(ctx.language, invoice.dueAt),
          })
        : t('billing.ask.tier.free'),
      t('billing.ask.tier.kept'),
    ],
    action: to(ctx, `${BASE}/${id}/tier`),
    submit: t('billing.action.tier'),
    cancel: to(ctx, `${BASE}/${id}/tier`),
    fields: [
      { name: 'tier', value: wish.tier },
      { name: 'interval', value: wish.interval },
      { name: 'sure', value: 'true' },
    ],
    danger: false,
  });
}

async function cancelForm(parts: PageParts, ctx: RouteContext, id: string, again?: Again): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const { head, subscription } = await asking(parts, ctx, id, 'cancel');
  return adminForm({
    head: { ...head, text: stateText(t, ctx, subscription) },
    danger: true,
    consequences: [t('billing.ask.cancel.what'), t('billing.ask.cancel.kept'), t('billing.ask.cancel.money')],
    groups: [
      {
        fields: [
          {
            name: 'when',
            label: t('billing.ask.cancel.when'),
            kind: 'radio',
            options: [
              {
                value: 'period_end',
                label: t('billing.ask.cancel.periodEnd', {
                  day: dayIn(ctx.language, subscription.periodEnd),
                }),
              },
              { value: 'now', label: t('billing.ask.cancel.now') },
            ],
          },
          { name: 'reason', label: t('billing.reason'), kind: 'textarea', maxlength: 500 },
        ],
      },
    ],
    values: again?.values ?? { when: 'period_end' },
    problem: again?.problem,
    action: to(ctx, `${BASE}/${id}/cancel`),
    submit: t('billing.action.cancel'),
    cancel: to(ctx, `${BASE}/${id}`),
  });
}
