import type { Database, TenantContext } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import { StripeObjectNotFound } from '../stripe/errors.js';
import type { StripeSubscription } from '../stripe/gatewayTypes.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import type { StripeHandlers, StripeNotice } from '../stripe/webhooks/StripeHandlers.js';
import type { Cards } from './Cards.js';
import { CardNotReady, NoSubscription } from './errors.js';
import { operationsHere } from './Operation.js';
import type { Operations } from './Operations.js';
import type { StripeSync } from './StripeSync.js';
import { subscriptionsHere, type SubscriptionWriter } from './SubscriptionWriter.js';

/** What says that a subscription may have changed. */
const TYPES = [
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.pending_update_applied',
  'customer.subscription.pending_update_expired',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
];

/** Learns from Stripe. Each notice only says where to look, so that order and number of notices do not matter. */
export class StripeNotices {
  readonly #database: Database;
  readonly #gateway: StripeGateway;
  readonly #operations: Operations;
  readonly #writer: SubscriptionWriter;
  readonly #sync: StripeSync;
  readonly #cards: Cards;

  constructor(deps: {
    readonly database: Database;
    readonly stripeGateway: StripeGateway;
    readonly operations: Operations;
    readonly subscriptionWriter: SubscriptionWriter;
    readonly stripeSync: StripeSync;
    readonly cards: Cards;
    readonly stripeHandlers: StripeHandlers;
  }) {
    this.#database = deps.database;
    this.#gateway = deps.stripeGateway;
    this.#operations = deps.operations;
    this.#writer = deps.subscriptionWriter;
    this.#sync = deps.stripeSync;
    this.#cards = deps.cards;
    deps.stripeHandlers.on(TYPES, async (ctx, notice) => {
      const id = subscriptionOf(notice);
      if (id !== null) await this.look(ctx, id);
    });
    deps.stripeHandlers.on('setup_intent.succeeded', (ctx, { object }) => this.#card(ctx, object.id));
  }

  /** Brings a subscription of the context's merchant to what Stripe has now. Safe to repeat. Not inside a unit of work. */
  async look(ctx: TenantContext, stripeSubscriptionId: string): Promise<void> {
    const provider = asProvider(ctx);
    await this.#finishOpen(provider);
    const stripe = await this.#read(provider, stripeSubscriptionId);
    if (!stripe) return;
    await this.#database.unit(provider, async (inside) => {
      const { reference } = stripe;
      const [known] = await subscriptionsHere(inside)
        .where((either) => {
          either.where({ stripeSubscriptionId: stripe.id });
          if (reference !== null && UUID.test(reference)) either.orWhere({ id: reference });
        })
        .select('id');
      if (!known && reference !== null && UUID.test(reference)) {
        const awaited = await operationsHere(inside).findOne({ id: reference, status: 'awaiting' });
        if (awaited) await this.#sync.adopt(inside, awaited.id, stripe);
        return;
      }
      const row = known && (await this.#writer.locked(inside, known.id));
      if (row) await this.#sync.apply(inside, row, stripe);
    });
  }

  /** A change of ours that is under way knows better what is wanted. */
  async #finishOpen(ctx: TenantContext): Promise<void> {
    const open = await this.#database.unit(ctx, async (inside) =>
      operationsHere(inside).findOne({ status: 'open' }),
    );
    if (open) await this.#operations.finish(ctx, open.id);
  }

  async #read(ctx: TenantContext, subscriptionId: string): Promise<StripeSubscription | undefined> {
    try {
      return await this.#gateway.readSubscription(ctx, { subscriptionId });
    } catch (error) {
      if (error instanceof StripeObjectNotFound) return undefined;
      throw error;
    }
  }

  async #card(ctx: TenantContext, id: string): Promise<void> {
    try {
      await this.#cards.use(ctx, id);
    } catch (error) {
      if (!(error instanceof NoSubscription || error instanceof CardNotReady)) throw error;
    }
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface InvoiceObject {
  readonly parent?: {
    readonly subscription_details?: {
      readonly subscription?: string | { readonly id: string } | null;
    } | null;
  } | null;
}

/** The subscription that a notice is about; null where it is about none. */
function subscriptionOf({ type, object }: StripeNotice): string | null {
  if (type.startsWith('customer.subscription.')) return object.id;
  const invoice = object as InvoiceObject;
  const found = invoice.parent?.subscription_details?.subscription ?? null;
  return typeof found === 'string' ? found : (found?.id ?? null);
}
