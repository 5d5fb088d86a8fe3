import {
  adminList,
  type BadgeKind,
  choice,
  defineRoute,
  flash,
  type FormProblem,
  listPageInput,
  may,
  orForm,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type RowAction,
  saySentence,
  view,
  type View,
  type Words,
  wordsOf,
  z,
} from '@wizamart/core';
import { WebhookEventNotReplayable } from '../../stripe/errors.js';
import {
  WEBHOOK_STATUSES,
  type WebhookEvent,
  type WebhookStatus,
} from '../../stripe/webhooks/WebhookEvent.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { PageParts } from '../parts.js';
import { to } from '../wording.js';
import { maskedPayload } from './maskedPayload.js';

const BASE = '/webhook-events';
const EXPORTED = 10_000;
const common = { surface: 'admin', kind: 'page', menu: 'webhook-events' } as const;
const see = { ...common, access: BILLING.subscriptions.view } as const;
const edit = { ...common, access: BILLING.subscriptions.edit } as const;
const byId = z.object({ id: z.uuid() });
const input = listPageInput([], { status: choice(WEBHOOK_STATUSES) });
const KINDS: Readonly<Record<WebhookStatus, BadgeKind>> = {
  received: 'info',
  processed: 'success',
  ignored: 'neutral',
  dead: 'danger',
};

/** What Stripe has told, what became of it, and the way to try again. */
export const webhookPages = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...see,
    method: 'GET',
    path: BASE,
    summary: 'Webhook events',
    input,
    handle: (ctx, query) => listed(parts, ctx, query),
  }),
  defineRoute({
    ...see,
    method: 'GET',
    path: `${BASE}/:id`,
    summary: 'A webhook event',
    input: byId,
    handle: (ctx, { id }) => detail(parts, ctx, id),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: `${BASE}/:id/replay`,
    input: byId,
    handle: (ctx, { id }) =>
      orForm(
        async () => {
          await parts.webhookInbox.replay(ctx, id);
          return redirect(
            to(ctx, `${BASE}/${id}`),
            303,
            flash(ctx, { kind: 'success', key: 'billing.webhooks.replayed', values: { count: 1 } }),
          );
        },
        (problem) => detail(parts, ctx, id, problem),
      ),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: `${BASE}/replay-failed`,
    handle: async (ctx) => {
      const count = await replayDead(parts, ctx);
      return redirect(
        to(ctx, BASE),
        303,
        flash(ctx, { kind: 'success', key: 'billing.webhooks.replayed', values: { count } }),
      );
    },
  }),
];

/** All that failed; one that somebody else replays meanwhile is theirs. */
async function replayDead({ pageFacts, webhookInbox }: PageParts, ctx: RouteContext): Promise<number> {
  let count = 0;
  for (const id of await pageFacts.deadEvents(ctx)) {
    try {
      await webhookInbox.replay(ctx, id);
      count += 1;
    } catch (error) {
      if (!(error instanceof WebhookEventNotReplayable)) throw error;
    }
  }
  return count;
}

async function listed(parts: PageParts, ctx: RouteContext, query: z.output<typeof input>) {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const address = to(ctx, BASE);
  const { q, status, page, perPage, format } = query;
  const [found, counts] = await Promise.all([
    parts.webhookInbox.list(ctx, {
      q,
      ...(status ? { status } : {}),
      ...(format ? { page: 1, perPage: EXPORTED } : { page, perPage }),
    }),
    parts.pageFacts.webhookCounts(ctx),
  ]);
  const names = await parts.pageFacts.names(
    ctx,
    found.items.flatMap(({ merchantId }) => (merchantId === null ? [] : [merchantId])),
  );
  const mayEdit = may(ctx, BILLING.subscriptions.edit);
  const shown = adminList<WebhookEvent>(t, {
    head: {
      title: t('billing.webhooks.title'),
      text: t('billing.webhooks.text'),
      link: to(ctx, `${BASE}/comparisons`),
      linkText: t('billing.compare.title'),
      symbol: 'arrows-left-right',
    },
    notice:
      counts.dead > 0 ? { kind: 'warning', text: t('billing.webhooks.dead', { count: counts.dead }) } : null,
    tabs: [undefined, ...WEBHOOK_STATUSES].map((one) => ({
      label: t(one ? `billing.webhooks.status.${one}` : 'core.admin.all'),
      href: one ? `${address}?status=${one}` : address,
      isCurrent: status === one,
      count: one ? counts[one] : Object.values(counts).reduce((sum, count) => sum + count, 0),
    })),
    keep: status ? { status } : {},
    address,
    query,
    searchLabel: t('billing.webhooks.search'),
    columns: [
      {
        label: t('billing.webhooks.type'),
        cell: ({ type, eventId }) => ({ text: type, detail: eventId, code: true }),
      },
      {
        label: t('core.list.status'),
        cell: (event) => ({
          badge: t(`billing.webhooks.status.${event.status}`),
          kind: KINDS[event.status],
          detail: event.reason === null ? null : saySentence(event.reason),
        }),
      },
      {
        label: t('billing.webhooks.attempts'),
        isNumber: true,
        cell: ({ attempts }) => ({ number: attempts }),
      },
      {
        label: t('billing.merchant'),
        cell: ({ merchantId }) => ({
          text: merchantId === null ? null : (names.get(merchantId) ?? merchantId),
        }),
      },
      { label: t('billing.webhooks.received'), cell: ({ receivedAt }) => ({ date: receivedAt }) },
    ],
    found: { ...found, page, perPage },
    row: (event) => ({
      id: event.id,
      href: `${address}/${event.id}`,
      ...(mayEdit ? { actions: actionsOf(t, address, event) } : {}),
    }),
    empty: { symbol: 'webhook', title: t('billing.webhooks.none'), text: t('billing.webhooks.noneText') },
    file: 'webhook-events',
  });
  if (shown.type === 'raw') return shown;
  const all =
    mayEdit && counts.dead > 0
      ? [{ label: t('billing.webhooks.replayAll'), action: `${address}/replay-failed`, confirm: null }]
      : [];
  return { ...shown, template: 'billing/list-actions', data: { ...shown.data, search: true, actions: all } };
}

const actionsOf = (t: Words, address: string, { id, status }: WebhookEvent): RowAction[] =>
  status === 'received'
    ? []
    : [{ label: t('billing.webhooks.replay'), action: `${address}/${id}/replay`, confirm: null }];

async function detail(parts: PageParts, ctx: RouteContext, id: string, problem?: FormProblem): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const address = to(ctx, BASE);
  const event = await parts.webhookInbox.get(ctx, id);
  const names = await parts.pageFacts.names(ctx, event.merchantId === null ? [] : [event.merchantId]);
  return view(
    'billing/webhook-event',
    {
      head: {
        title: event.type,
        text: event.eventId,
        breadcrumbs: [
          { label: t('billing.webhooks.title'), href: address },
          { label: event.type, href: null },
        ],
        link: null,
        linkText: null,
        symbol: null,
      },
      notice: problem?.text
        ? { kind: 'error', text: problem.text }
        : event.reason
          ? { kind: event.status === 'dead' ? 'error' : 'info', text: saySentence(event.reason) }
          : null,
      badge: { kind: KINDS[event.status], text: t(`billing.webhooks.status.${event.status}`) },
      actions: may(ctx, BILLING.subscriptions.edit) ? actionsOf(t, address, event) : [],
      facts: [
        { label: t('billing.webhooks.account'), text: event.account },
        {
          label: t('billing.merchant'),
          text: event.merchantId === null ? null : (names.get(event.merchantId) ?? event.merchantId),
        },
        { label: t('billing.webhooks.attempts'), text: String(event.attempts) },
        { label: t('billing.webhooks.occurred'), date: event.occurredAt },
        { label: t('billing.webhooks.received'), date: event.receivedAt },
        {
          label: t('billing.webhooks.processed'),
          ...(event.processedAt ? { date: event.processedAt } : { text: null }),
        },
      ],
      payload: JSON.stringify(maskedPayload(event.payload), null, 2),
    },
    problem ? { status: problem.status } : {},
  );
}
