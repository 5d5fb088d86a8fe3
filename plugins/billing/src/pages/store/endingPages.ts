import {
  adminForm,
  confirmPage,
  defineRoute,
  flash,
  orForm,
  redirect,
  wordsOf,
  z,
  type FormProblem,
  type FormValues,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '@wizamart/core';
import { NoSubscription } from '../../subscriptions/errors.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { PageParts } from '../parts.js';
import { dayIn, to } from '../wording.js';
import { crumbs } from './changeTier.js';
import { planLine } from './overview.js';

const page = { surface: 'store', kind: 'page', menu: 'billing', access: BILLING.own.edit } as const;
const REASONS = ['price', 'features', 'other_service', 'closing', 'other'] as const;
const cancelInput = z.object({
  why: z.enum(REASONS).optional().catch(undefined),
  reason: z.string().trim().max(400).default(''),
});

/** Ends, pauses and takes up a merchant's subscription. */
export const endingPages = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...page,
    method: 'GET',
    path: '/billing/cancel',
    summary: 'End the subscription',
    handle: (ctx) => cancelForm(parts, ctx),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: '/billing/cancel',
    input: cancelInput,
    handle: (ctx, { why, reason }) =>
      orForm(
        async () => {
          await parts.endings.cancel(ctx, { reason: [why, reason].filter(Boolean).join(': ') || null });
          return done(ctx, 'ended', '/billing/reactivate');
        },
        (problem) => cancelForm(parts, ctx, { values: { why, reason }, problem }),
      ),
  }),
  defineRoute({
    ...page,
    method: 'POST',
    path: '/billing/reactivate',
    handle: async (ctx) => {
      await parts.endings.reactivate(ctx);
      return done(ctx, 'reactivated');
    },
  }),
  ...(['pause', 'resume'] as const).flatMap((verb) => [
    defineRoute({ ...page, method: 'GET', path: `/billing/${verb}`, handle: (ctx) => ask(parts, ctx, verb) }),
    defineRoute({
      ...page,
      method: 'POST',
      path: `/billing/${verb}`,
      handle: (ctx) =>
        orForm(
          async () => {
            await parts.endings[verb](ctx);
            return done(ctx, verb === 'pause' ? 'paused' : 'resumed');
          },
          (problem) => ask(parts, ctx, verb, problem),
        ),
    }),
  ]),
];

const done = (ctx: RouteContext, key: string, undo?: string) =>
  redirect(
    to(ctx, '/billing'),
    303,
    flash(ctx, {
      kind: 'success',
      key: `billing.done.${key}`,
      ...(undo === undefined ? {} : { undo: { action: to(ctx, undo) } }),
    }),
  );

async function cancelForm(
  parts: PageParts,
  ctx: RouteContext,
  again?: { readonly values: FormValues; readonly problem: FormProblem },
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const subscription = await parts.subscriptionReader.current(ctx);
  if (!subscription.isLive) throw new NoSubscription();
  const atOnce = subscription.status === 'past_due' || subscription.status === 'paused';
  return adminForm({
    head: {
      title: t('billing.cancel.title'),
      text: planLine(t, ctx, subscription),
      breadcrumbs: crumbs(t, ctx, t('billing.cancel.title')),
    },
    danger: true,
    consequences: [
      atOnce
        ? t('billing.cancel.atOnce')
        : t('billing.cancel.on', { day: dayIn(ctx.language, subscription.periodEnd) }),
      t('billing.cancel.after'),
      t('billing.cancel.kept'),
      ...(atOnce ? [] : [t('billing.cancel.back')]),
    ],
    groups: [
      {
        fields: [
          {
            name: 'why',
            label: t('billing.cancel.why'),
            kind: 'radio',
            options: REASONS.map((value) => ({ value, label: t(`billing.cancel.why.${value}`) })),
          },
          { name: 'reason', label: t('billing.cancel.tell'), kind: 'textarea', maxlength: 400 },
        ],
      },
    ],
    values: again?.values ?? {},
    problem: again?.problem,
    action: to(ctx, '/billing/cancel'),
    submit: t('billing.cancel.submit'),
    cancel: to(ctx, '/billing'),
    cancelText: t('billing.cancel.keep'),
  });
}

async function ask(
  parts: PageParts,
  ctx: RouteContext,
  verb: 'pause' | 'resume',
  problem?: FormProblem,
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const subscription = await parts.subscriptionReader.current(ctx);
  const page = confirmPage({
    head: {
      title: t(`billing.action.${verb}`),
      text: planLine(t, ctx, subscription),
      breadcrumbs: crumbs(t, ctx, t(`billing.action.${verb}`)),
    },
    title: t(`billing.ask.${verb}.title`),
    text: problem?.text ?? t(`billing.ask.${verb}.what`),
    consequences: [t(`billing.ask.${verb}.money`), t('billing.preview.kept')],
    action: to(ctx, `/billing/${verb}`),
    submit: t(`billing.action.${verb}`),
    cancel: to(ctx, problem?.status === 402 ? '/billing/payment-method' : '/billing'),
    danger: false,
  });
  return problem ? { ...page, status: problem.status } : page;
}
