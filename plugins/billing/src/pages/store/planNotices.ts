import type { RouteContext, TenantContext, Words } from '@wizamart/core';
import type { SubscriptionView } from '../../subscriptions/SubscriptionReader.js';
import { dayIn, daysUntil, to } from '../wording.js';

/** Days before the end of a trial from which on it is said louder. */
const SOON = 7;

interface PlanNotice {
  readonly kind: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  /** Where it is mended; a whole address for what the bank asks. Empty: nothing is to be done. */
  readonly link: string;
  readonly linkText: string;
  /** Sent by POST instead of followed. */
  readonly action: string;
}

/** What a merchant must know of its plan, the most urgent first. */
export function planNotices(
  t: Words,
  ctx: RouteContext,
  subscription: SubscriptionView | null,
  mayEdit: boolean,
): PlanNotice[] {
  if (!subscription) return [];
  const say = (
    kind: PlanNotice['kind'],
    name: string,
    day: Date | null,
    way: { path?: string; url?: string; post?: string } = {},
  ): PlanNotice => ({
    kind,
    title: t(`billing.notice.${name}.title`, { count: day ? daysUntil(ctx, day) : 0 }),
    text: t(`billing.notice.${name}.text`, {
      day: day ? dayIn(ctx.language, day) : '',
      tier: subscription.tier.name,
    }),
    link: !mayEdit ? '' : (way.url ?? (way.path === undefined ? '' : to(ctx, way.path))),
    linkText: way.path || way.url || way.post ? t(`billing.notice.${name}.do`) : '',
    action: mayEdit && way.post ? to(ctx, way.post) : '',
  });
  const { status, operation, cancelAtPeriodEnd, periodEnd, trialEndsAt, card, pending } = subscription;
  const found: PlanNotice[] = [];
  if (operation?.status === 'awaiting')
    found.push(say('warning', 'confirm', null, operation.confirmUrl ? { url: operation.confirmUrl } : {}));
  if (status === 'past_due')
    found.push(say('error', 'pastDue', subscription.pastDueSince, { post: '/billing/pay' }));
  if (status === 'paused')
    found.push(say('warning', 'paused', subscription.pausedAt, { path: '/billing/resume' }));
  if (!subscription.isLive)
    found.push(say('warning', 'ended', subscription.endedAt, { path: '/billing/change-tier' }));
  if (subscription.isLive && cancelAtPeriodEnd)
    found.push(say('warning', 'ends', periodEnd, { post: '/billing/reactivate' }));
  if (status === 'trialing' && trialEndsAt && !cancelAtPeriodEnd)
    found.push(
      card
        ? say('info', 'trialCard', trialEndsAt)
        : say(daysUntil(ctx, trialEndsAt) <= SOON ? 'warning' : 'info', 'trial', trialEndsAt, {
            path: '/billing/payment-method',
          }),
    );
  if (card && isEnding(ctx, card))
    found.push(say('warning', 'cardEnds', null, { path: '/billing/payment-method' }));
  if (pending) found.push(say('info', 'pending', pending.at, { post: '/billing/planned-change/drop' }));
  return found;
}

/** A card that ends with this month or has ended. */
const isEnding = (
  { now }: TenantContext,
  { expMonth, expYear }: NonNullable<SubscriptionView['card']>,
): boolean => expYear * 12 + expMonth <= now.getUTCFullYear() * 12 + now.getUTCMonth() + 1;
