import { type Database, type TenantContext, uuidv7 } from '@wizamart/core';
import type { StripeAccount, StripeConnection, StripeConnector } from '../connection/StripeConnection.js';
import { ReportNotFound } from '../errors.js';
import type { StripeInvoice, StripePage, StripeSubscription } from '../gatewayTypes.js';
import { secondsOf } from '../shapes/times.js';
import { asking } from '../stripeErrors.js';
import type { StripeGateway } from '../StripeGateway.js';
import type { StripeHandlers } from '../webhooks/StripeHandlers.js';
import type { WebhookInbox } from '../webhooks/WebhookInbox.js';
import { compareInvoices, compareSubscriptions, differenceOf } from './compare.js';
import type { OurSide } from './OurSide.js';
import { type Difference, StripeReport } from './StripeReport.js';

const DAY_MS = 86_400_000;
/** Stripe repeats what did not arrive for three days; a week finds what it gave up. */
const LOOK_BACK_MS = 7 * DAY_MS;
/** Webhooks that are on their way are not missed yet. */
const ON_ITS_WAY_MS = 10 * 60_000;
const KEPT_EVENTS_MS = 90 * DAY_MS;

/** Compares our side with Stripe's, writes down what differs, and mends what is safe: events that did not arrive. */
export class Reconciliation {
  readonly #database: Database;
  readonly #connections: StripeConnector;
  readonly #gateway: StripeGateway;
  readonly #inbox: WebhookInbox;
  readonly #handlers: StripeHandlers;
  readonly #ourSide: OurSide;

  constructor(deps: {
    readonly database: Database;
    readonly stripeConnections: StripeConnector;
    readonly stripeGateway: StripeGateway;
    readonly webhookInbox: WebhookInbox;
    readonly stripeHandlers: StripeHandlers;
    readonly stripeOurSide: OurSide;
  }) {
    this.#database = deps.database;
    this.#connections = deps.stripeConnections;
    this.#gateway = deps.stripeGateway;
    this.#inbox = deps.webhookInbox;
    this.#handlers = deps.stripeHandlers;
    this.#ourSide = deps.stripeOurSide;
  }

  /**
   * Compares the platform of `ctx`. Reads Stripe, changes nothing there. Running it twice finds the same, except what
   * the first run has mended.
   */
  async run(ctx: TenantContext): Promise<StripeReport> {
    const system: TenantContext = {
      ...ctx,
      merchant: null,
      store: null,
      actor: { kind: 'system', name: 'billing.reconciliation' },
    };
    const connection = await this.#connections.of(ctx);
    const missed = await this.#takeMissedEvents(system, connection);
    const subscriptions = await all((after) => this.#gateway.listSubscriptions(ctx, { ...after }));
    const ours = await this.#ourSide.subscriptions(system);
    const paid = (
      await all((after) =>
        this.#gateway.listInvoices(ctx, {
          ...after,
          createdAfter: new Date(ctx.now.getTime() - LOOK_BACK_MS),
        }),
      )
    ).filter(({ status }) => status === 'paid');
    const issued = await this.#ourSide.invoices(system, paid);
    const differences = [
      ...missed,
      ...(ours ? compareSubscriptions(ours, subscriptions) : []),
      ...(issued ? compareInvoices(issued, paid) : []),
    ];
    await this.#inbox.forgetBefore(system, new Date(ctx.now.getTime() - KEPT_EVENTS_MS));
    return this.#write(system, connection.account, {
      subscriptions: ours ? comparedOf(subscriptions, ours.length) : 0,
      invoices: issued ? paid.length : 0,
      missedEvents: missed.length,
      differences,
    });
  }

  /** Newest first. */
  list(
    ctx: TenantContext,
    { page = 1, perPage = 20 }: { readonly page?: number; readonly perPage?: number } = {},
  ): Promise<{ readonly items: readonly StripeReport[]; readonly total: number }> {
    return this.#database.unit(ctx, async (inside) => {
      const found = await StripeReport.in(inside)
        .orderBy([
          { column: 'startedAt', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .page(page - 1, perPage);
      return { items: found.results, total: found.total };
    });
  }

  /** @throws {ReportNotFound} */
  async get(ctx: TenantContext, id: string): Promise<StripeReport> {
    const report = await this.#database.unit(ctx, (inside) => StripeReport.in(inside).findOne('id', id));
    if (!report) throw new ReportNotFound({ report: id });
    return report;
  }

  /** Events that somebody acts on and that never came: taking them in is what their webhook would have done. */
  async #takeMissedEvents(ctx: TenantContext, { stripe, account }: StripeConnection): Promise<Difference[]> {
    const types = this.#handlers.types();
    if (types.length === 0) return [];
    const taken: Difference[] = [];
    const now = ctx.now.getTime();
    const events = await asking(async () => {
      const found = [];
      const created = {
        gte: secondsOf(new Date(now - LOOK_BACK_MS)),
        lt: secondsOf(new Date(now - ON_ITS_WAY_MS)),
      };
      for await (const event of stripe.events.list({ created, limit: 100 }))
        if (types.includes(event.type)) found.push(event);
      return found;
    });
    for (const event of events.reverse())
      if (await this.#inbox.take(ctx, account, event))
        taken.push(differenceOf('event_missed', null, event.id, null, event.type, true));
    return taken;
  }

  #write(
    ctx: TenantContext,
    account: StripeAccount,
    found: Pick<StripeReport, 'subscriptions' | 'invoices' | 'missedEvents' | 'differences'>,
  ): Promise<StripeReport> {
    return this.#database.unit(ctx, (inside) =>
      StripeReport.in(inside).insertAndFetch({
        id: uuidv7(ctx.now),
        account,
        startedAt: ctx.now,
        finishedAt: ctx.now,
        ...found,
      }),
    );
  }
}

/** Ours, and those of Stripe's that still run without being ours. */
const comparedOf = (subscriptions: readonly StripeSubscription[], ours: number): number =>
  Math.max(ours, subscriptions.filter(({ status }) => status !== 'canceled').length);

async function all<Item extends StripeSubscription | StripeInvoice>(
  page: (after: { readonly after?: string }) => Promise<StripePage<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | null | undefined;
  do {
    const found = await page(after === undefined || after === null ? {} : { after });
    items.push(...found.items);
    after = found.nextAfter;
  } while (after !== null);
  return items;
}
