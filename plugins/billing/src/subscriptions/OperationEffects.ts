import type { Database, InTransaction } from '@wizamart/core';
import type { MerchantContext } from '../asProvider.js';
import { ProductVersion } from '../catalog/ProductVersion.js';
import type { StripeSubscription } from '../stripe/gatewayTypes.js';
import { periodOf } from './calendar.js';
import { NoSubscription } from './errors.js';
import { SubscriptionChanged, SubscriptionPlanned } from './events.js';
import type { Change, Operation } from './Operation.js';
import type { StripeSync } from './StripeSync.js';
import type { Subscription } from './Subscription.js';
import { subscriptionsHere, type ProviderUnit, type SubscriptionWriter } from './SubscriptionWriter.js';
import { readWhole } from './readWhole.js';
import type { Whole } from './Wanted.js';

/** Writes down what became of a change. */
export class OperationEffects {
  readonly #database: Database;
  readonly #writer: SubscriptionWriter;
  readonly #sync: StripeSync;

  constructor(deps: {
    readonly database: Database;
    readonly subscriptionWriter: SubscriptionWriter;
    readonly stripeSync: StripeSync;
  }) {
    this.#database = deps.database;
    this.#writer = deps.subscriptionWriter;
    this.#sync = deps.stripeSync;
  }

  /** The subscription that a change is about, with all that it consists of; undefined where it is to be made. */
  async subscriptionOf(ctx: MerchantContext, { subscriptionId }: Operation): Promise<Whole | undefined> {
    if (subscriptionId === null) return undefined;
    return this.#database.unit(ctx, async (inside) => {
      const row = await subscriptionsHere(inside).findOne({ id: subscriptionId });
      return row && readWhole(inside, row);
    });
  }

  /**
   * @param answer the subscription as Stripe has it now; null where Stripe has nothing to do with it
   * @returns undefined when it is done, else where the payment is confirmed (null: by other means) while it is awaited
   */
  async apply(
    ctx: ProviderUnit,
    operation: Operation,
    answer: StripeSubscription | null,
  ): Promise<string | null | undefined> {
    const { payload } = operation;
    if (answer && (answer.status === 'incomplete' || answer.pendingItems !== null)) return answer.confirmUrl;
    if (payload.kind === 'subscribe') {
      await this.#sync.adopt(ctx, operation.id, answer);
      return undefined;
    }
    const row =
      operation.subscriptionId === null
        ? undefined
        : await this.#writer.locked(ctx, operation.subscriptionId);
    if (!row) throw new NoSubscription();
    const left = await this.#decided(ctx, row, payload, answer);
    if (left && answer) await this.#sync.apply(ctx, left, answer);
    return undefined;
  }

  /** What we decide ourselves. @returns the row that Stripe's answer is still to be applied to */
  async #decided(
    ctx: ProviderUnit,
    row: Subscription,
    change: Exclude<Change, { kind: 'subscribe' }>,
    answer: StripeSubscription | null,
  ): Promise<Subscription | undefined> {
    switch (change.kind) {
      case 'cancel_now':
      case 'expire':
        await this.#writer.move(ctx, row, change.kind === 'expire' ? 'expire' : 'cancel', {
          endedAt: timeOf(ctx, change),
          endReason: change.reason,
        });
        return undefined;
      case 'pause':
        await this.#pause(ctx, row, change.reason, timeOf(ctx, change));
        return undefined;
      case 'downgrade':
        await this.#giveAway(ctx, row, change, timeOf(ctx, change));
        return undefined;
      case 'cancel_later':
        return this.#writer.change(
          ctx,
          row,
          {
            cancelAtPeriodEnd: true,
            endReason: change.reason,
            pendingVersionId: null,
            pendingInterval: null,
          },
          SubscriptionPlanned,
        );
      case 'reactivate':
        return this.#writer.change(
          ctx,
          row,
          { cancelAtPeriodEnd: false, endReason: null },
          SubscriptionPlanned,
        );
      default:
        if (answer) return row;
        await this.#ourselves(ctx, row, change);
        return undefined;
    }
  }

  /** Where nothing is collected, we do ourselves what Stripe would. */
  async #ourselves(ctx: ProviderUnit, row: Subscription, change: Change): Promise<void> {
    switch (change.kind) {
      case 'change_now': {
        const { versionId, interval } = change;
        const restarts = row.status !== 'trialing' && interval !== row.interval;
        const period = restarts ? periodOf(ctx.now, interval, 0) : null;
        await this.#writer.change(
          ctx,
          row,
          {
            versionId,
            interval,
            pendingVersionId: null,
            pendingInterval: null,
            ...(period && { anchorAt: period.start, periodStart: period.start, periodEnd: period.end }),
          },
          SubscriptionChanged,
        );
        return;
      }
      case 'change_later':
        await this.#writer.change(
          ctx,
          row,
          { pendingVersionId: change.versionId, pendingInterval: change.interval },
          SubscriptionPlanned,
        );
        return;
      case 'drop_change':
        await this.#writer.change(
          ctx,
          row,
          { pendingVersionId: null, pendingInterval: null },
          SubscriptionPlanned,
        );
        return;
      case 'set_add_on':
        await this.#writer.setAddOn(ctx, row, await this.#version(ctx, change.versionId), change.quantity);
        return;
      case 'plan_add_on':
        await this.#writer.planAddOn(ctx, row, change);
        return;
      case 'cancel_add_on':
        await this.#writer.cancelAddOn(ctx, row, change.addOnId, row.periodEnd);
        return;
      case 'resume': {
        const left = row.pausedLeftMs ?? 0;
        const period =
          left > 0
            ? { start: ctx.now, end: new Date(ctx.now.getTime() + left) }
            : periodOf(ctx.now, row.interval, 0);
        await this.#writer.move(ctx, row, 'activate', {
          pausedAt: null,
          pausedLeftMs: null,
          trialEndsAt: null,
          periodStart: period.start,
          periodEnd: period.end,
          anchorAt: left > 0 ? period.end : period.start,
        });
        return;
      }
      default:
        return;
    }
  }

  async #pause(ctx: ProviderUnit, row: Subscription, reason: string | null, at: Date): Promise<void> {
    await this.#writer.move(ctx, row, 'pause', {
      pausedAt: at,
      // Time that was not paid for is not given back.
      pausedLeftMs: row.status === 'past_due' ? 0 : Math.max(0, row.periodEnd.getTime() - at.getTime()),
      endReason: reason,
      collection: 'none',
      stripeSubscriptionId: null,
      cancelAtPeriodEnd: false,
      pendingVersionId: null,
      pendingInterval: null,
      pastDueSince: null,
      dunningStep: 0,
    });
  }

  async #giveAway(
    ctx: ProviderUnit,
    row: Subscription,
    { versionId, reason }: Extract<Change, { kind: 'downgrade' }>,
    at: Date,
  ): Promise<void> {
    const period = periodOf(at, 'month', 0);
    await this.#writer.move(ctx, row, row.status === 'past_due' ? 'recover' : 'activate', {
      versionId,
      interval: 'month',
      collection: 'none',
      stripeSubscriptionId: null,
      anchorAt: period.start,
      periodStart: period.start,
      periodEnd: period.end,
      trialEndsAt: null,
      cancelAtPeriodEnd: false,
      pendingVersionId: null,
      pendingInterval: null,
      pastDueSince: null,
      dunningStep: 0,
      pausedAt: null,
      pausedLeftMs: null,
      endReason: reason,
    });
  }

  #version(ctx: InTransaction, id: string): Promise<ProductVersion> {
    return ProductVersion.in(ctx).findOne({ id }).throwIfNotFound() as unknown as Promise<ProductVersion>;
  }
}

/** When it was due, so that what is done late reads as if it had been done in time. */
const timeOf = (ctx: ProviderUnit, { at }: { readonly at?: string }): Date =>
  at === undefined ? ctx.now : new Date(at);
