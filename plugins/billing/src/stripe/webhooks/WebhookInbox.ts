import {
  type Audit,
  type Database,
  type InTransaction,
  type JobQueue,
  type MerchantRecord,
  type TenantContext,
  uuidv7,
  z,
} from '@wizamart/core';
import type Stripe from 'stripe';
import type { LocalStripeServer } from '../connection/LocalStripeServer.js';
import type { StripeAccount, StripeConnector } from '../connection/StripeConnection.js';
import { WebhookEventNotFound, WebhookEventNotReplayable } from '../errors.js';
import { dateOf } from '../shapes/times.js';
import type { StripeCustomers } from '../StripeCustomers.js';
import { withoutKeys } from '../stripeErrors.js';
import { readEvent } from './readEvent.js';
import type { NoticeContext, Once, StripeHandlers, StripeNotice } from './StripeHandlers.js';
import { WebhookEvent, type WebhookStatus } from './WebhookEvent.js';

/** With the queue's back-off that is about half a day. */
export const WEBHOOK_ATTEMPTS = 12;

export const ProcessWebhook = { name: 'billing.processWebhook', input: z.object({ id: z.uuid() }) };

const STORE = `
  INSERT INTO billing_webhook_event (id, platform_id, provider, account, event_id, type, payload, status, attempts, occurred_at, received_at)
  VALUES ($1, $2, 'stripe', $3, $4, $5, $6::jsonb, 'received', 0, $7, $8)
  ON CONFLICT (platform_id, provider, account, event_id) DO NOTHING RETURNING id`;
const HAPPENS = `
  INSERT INTO billing_webhook_effect (platform_id, event_id, effect, happened_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (platform_id, event_id, effect) DO NOTHING RETURNING effect`;

export interface WebhookFilter {
  readonly status?: WebhookStatus;
  /** Beginning of the type, or an event's id. */
  readonly q?: string;
  readonly page?: number;
  readonly perPage?: number;
}

/** What the provider of payments has told: stored once, processed by a job, tried again, replayed by hand. */
export class WebhookInbox {
  readonly #database: Database;
  readonly #jobs: JobQueue;
  readonly #audit: Audit;
  readonly #connections: StripeConnector;
  readonly #customers: StripeCustomers;
  readonly #handlers: StripeHandlers;

  constructor(deps: {
    readonly database: Database;
    readonly jobs: JobQueue;
    readonly audit: Audit;
    readonly stripeConnections: StripeConnector;
    readonly stripeCustomers: StripeCustomers;
    readonly stripeHandlers: StripeHandlers;
    readonly localStripe: LocalStripeServer;
  }) {
    this.#database = deps.database;
    this.#jobs = deps.jobs;
    this.#audit = deps.audit;
    this.#connections = deps.stripeConnections;
    this.#customers = deps.stripeCustomers;
    this.#handlers = deps.stripeHandlers;
    deps.localStripe.deliverTo((ctx, webhook) => this.receive(ctx, webhook));
  }

  /**
   * Takes a webhook in. When this has returned the event will be processed; one that is there already changes nothing.
   *
   * @throws {WebhookSignatureInvalid} nothing is stored then
   */
  async receive(
    ctx: TenantContext,
    { body, signature }: { readonly body: Buffer; readonly signature: string },
  ): Promise<{ readonly isNew: boolean }> {
    const connection = await this.#connections.of(ctx);
    const event = readEvent(connection, { body, signature, now: ctx.now });
    return { isNew: await this.take(ctx, connection.account, event) };
  }

  /** Takes in an event that is known to be Stripe's. @returns whether it was not there yet */
  take(ctx: TenantContext, account: StripeAccount, event: Stripe.Event): Promise<boolean> {
    return this.#database.unit(asSystem(ctx), async (inside) => {
      const id = uuidv7(ctx.now);
      const [row] = await inside.tx.query<{ id: string }>(STORE, [
        id,
        ctx.platform.id,
        event.account ?? account,
        event.id,
        event.type,
        JSON.stringify(event),
        dateOf(event.created),
        ctx.now,
      ]);
      if (row) await this.#enqueue(inside, id);
      return row !== undefined;
    });
  }

  /**
   * Processes one event of the platform of `ctx`; safe to run any number of times, also at once.
   *
   * @throws whatever a handler threw, for the queue to try again; after the last attempt the event is dead instead
   */
  async process(ctx: TenantContext, id: string): Promise<void> {
    const system = asSystem(ctx);
    const event = await this.#find(system, id);
    if (event.status !== 'received') return;
    const handlers = this.#handlers.of(event.type);
    if (handlers.length === 0) return this.#end(system, event, 'ignored', 'Nobody acts on this type.', null);
    const notice = noticeOf(event);
    const merchant = await this.#merchantOf(system, event.account, notice);
    if (!merchant) return this.#end(system, event, 'ignored', 'It is about nobody we know.', null);
    const own: NoticeContext = { ...system, merchant };
    const failures: unknown[] = [];
    // One that fails does not keep the others from acting; all are run again with it.
    for (const handle of handlers)
      await handle(own, notice, this.#once(own, id)).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) return this.#failed(system, event, failures[0]);
    await this.#end(system, event, 'processed', null, merchant.id);
  }

  /** Newest first. */
  list(
    ctx: TenantContext,
    { status, q = '', page = 1, perPage = 20 }: WebhookFilter = {},
  ): Promise<{ readonly items: readonly WebhookEvent[]; readonly total: number }> {
    return this.#database.unit(ctx, async (inside) => {
      const query = WebhookEvent.in(inside);
      if (status !== undefined) void query.where('status', status);
      if (q !== '') {
        const start = `${q.replace(/[\\%_]/g, '\\$&')}%`;
        void query.where((either) => either.where('type', 'like', start).orWhere('eventId', 'like', start));
      }
      const found = await query
        .orderBy([
          { column: 'receivedAt', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .page(page - 1, perPage);
      return { items: found.results, total: found.total };
    });
  }

  /** @throws {WebhookEventNotFound} */
  get(ctx: TenantContext, id: string): Promise<WebhookEvent> {
    return this.#find(ctx, id);
  }

  /**
   * Has an event processed again; what it has brought about once is not done twice.
   *
   * @throws {WebhookEventNotFound}
   * @throws {WebhookEventNotReplayable} while it is being tried anyway
   */
  async replay(ctx: TenantContext, id: string): Promise<void> {
    await this.#database.unit(asSystem(ctx), async (inside) => {
      const event = await WebhookEvent.in(inside).findOne('id', id).forUpdate();
      if (!event) throw new WebhookEventNotFound({ event: id });
      if (event.status === 'received')
        throw new WebhookEventNotReplayable({ event: event.eventId, status: event.status });
      await WebhookEvent.in(inside)
        .findOne('id', id)
        .patch({ status: 'received', attempts: 0, processedAt: null });
      await this.#enqueue(inside, id);
      await this.#audit.record(
        { ...inside, actor: ctx.actor },
        {
          action: 'billing.webhook.replayed',
          subject: { type: 'billing.webhook_event', id, name: `${event.type} ${event.eventId}` },
          from: { status: event.status },
          to: { status: 'received' },
        },
      );
    });
  }

  /** Forgets what has been dealt with before an instant; Stripe repeats events for three days at most. */
  async forgetBefore(ctx: TenantContext, before: Date): Promise<number> {
    return this.#database.unit(asSystem(ctx), (inside) =>
      WebhookEvent.in(inside)
        .delete()
        .where('receivedAt', '<', before)
        .whereIn('status', ['processed', 'ignored']),
    );
  }

  #once(own: NoticeContext, id: string): Once {
    return (effect, work) =>
      this.#database.unit(own, async (inside) => {
        const [mark] = await inside.tx.query(HAPPENS, [own.platform.id, id, effect, own.now]);
        return mark ? work(inside) : undefined;
      });
  }

  async #enqueue(inside: InTransaction, id: string): Promise<void> {
    await this.#jobs.enqueue(
      inside,
      ProcessWebhook,
      { id },
      { key: `webhook ${id}`, maxAttempts: WEBHOOK_ATTEMPTS },
    );
  }

  async #find(ctx: TenantContext, id: string): Promise<WebhookEvent> {
    const event = await this.#database.unit(ctx, (inside) => WebhookEvent.in(inside).findOne('id', id));
    if (!event) throw new WebhookEventNotFound({ event: id });
    return event;
  }

  async #merchantOf(
    ctx: TenantContext,
    account: string,
    { object }: StripeNotice,
  ): Promise<MerchantRecord | null> {
    const customer = object.object === 'customer' ? object.id : object['customer'];
    const id = typeof customer === 'string' ? customer : (customer as { id?: string } | null | undefined)?.id;
    return id === undefined ? null : this.#customers.merchantOf(ctx, account as StripeAccount, id);
  }

  async #end(
    ctx: TenantContext,
    { id }: WebhookEvent,
    status: WebhookStatus,
    reason: string | null,
    merchantId: string | null,
  ): Promise<void> {
    await this.#database.unit(ctx, (inside) =>
      WebhookEvent.in(inside)
        .findOne('id', id)
        .patch({ status, reason, merchantId, processedAt: status === 'dead' ? null : ctx.now }),
    );
  }

  async #failed(ctx: TenantContext, event: WebhookEvent, error: unknown): Promise<void> {
    const attempts = event.attempts + 1;
    const reason = withoutKeys(
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    ).slice(0, 2_000);
    await this.#database.unit(ctx, (inside) =>
      WebhookEvent.in(inside)
        .findOne('id', event.id)
        .where('status', 'received')
        .patch({ attempts, reason, ...(attempts >= WEBHOOK_ATTEMPTS ? { status: 'dead' as const } : {}) }),
    );
    if (attempts < WEBHOOK_ATTEMPTS) throw error;
  }
}

const asSystem = <Context extends TenantContext>(ctx: Context) => ({
  ...ctx,
  merchant: null,
  store: null,
  actor: { kind: 'system' as const, name: 'billing.webhook' },
});

function noticeOf({ eventId, type, account, occurredAt, payload }: WebhookEvent): StripeNotice {
  const data = payload['data'] as {
    readonly object: StripeNotice['object'];
    readonly previous_attributes?: Readonly<Record<string, unknown>>;
  };
  return {
    id: eventId,
    type,
    occurredAt,
    account,
    object: data.object,
    previous: data.previous_attributes ?? null,
  };
}
