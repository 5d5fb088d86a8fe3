import type { Database, TenantContext } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import { StripeObjectNotFound } from '../stripe/errors.js';
import type { StripeSubscription } from '../stripe/gatewayTypes.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import type { Cards } from './Cards.js';
import { CardNotReady, NoSubscription } from './errors.js';
import { operationsHere } from './Operation.js';
import type { Operations } from './Operations.js';
import type { StripeSync } from './StripeSync.js';
import { subscriptionsHere, type SubscriptionWriter } from './SubscriptionWriter.js';

/** What is read of a notice: what it is about. What it says of that may be old by now. */
export interface StripeNotice {
  readonly type: string;
  readonly data: { readonly object: unknown };
}
export type StripeNoticeHandler = (ctx: TenantContext, notice: StripeNotice) => Promise<void>;

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
  }) {
    this.#database = deps.database;
    this.#gateway = deps.stripeGateway;
    this.#operations = deps.operations;
    this.#writer = deps.subscriptionWriter;
    this.#sync = deps.stripeSync;
    this.#cards = deps.cards;
  }

  /** By type of the event; the context is the merchant's that the event is about. */
  get handlers(): Readonly<Record<string, StripeNoticeHandler>> {
    const look: StripeNoticeHandler = async (ctx, notice) => {
      const id = subscriptionOf(notice);
      if (id !== null) await this.look(ctx, id);
    };
    return {
      'customer.subscription.created': look,
      'customer.subscription.updated': look,
      'customer.subscription.deleted': look,
      'customer.subscription.paused': look,
      'customer.subscription.resumed': look,
      'customer.subscription.pending_update_applied': look,
      'customer.subscription.pending_update_expired': look,
      'customer.subscription.trial_will_end': look,
      'invoice.paid': look,
      'invoice.payment_failed': look,
      'invoice.payment_action_required': look,
      'setup_intent.succeeded': (ctx, notice) => this.#card(ctx, notice),
    };
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
    const open = await this.#database.unit(ctx, async (inside) => operationsHere(inside).findOne({ status: 'open' }));
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

  async #card(ctx: TenantContext, { data }: StripeNotice): Promise<void> {
    const id = (data.object as { id?: unknown }).id;
    if (typeof id !== 'string') return;
    try {
      await this.#cards.use(ctx, id);
    } catch (error) {
      if (!(error instanceof NoSubscription || error instanceof CardNotReady)) throw error;
    }
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface NoticeObject {
  readonly object?: string;
  readonly id?: string;
  readonly subscription?: string | { readonly id: string } | null;
  readonly parent?: {
    readonly subscription_details?: { readonly subscription?: string | { readonly id: string } | null } | null;
  } | null;
}

/** The subscription that a notice is about; null where it is about none. */
function subscriptionOf({ type, data }: StripeNotice): string | null {
  const object = data.object as NoticeObject;
  if (type.startsWith('customer.subscription.')) return object.id ?? null;
  const found = object.parent?.subscription_details?.subscription ?? object.subscription ?? null;
  return typeof found === 'string' ? found : (found?.id ?? null);
}
