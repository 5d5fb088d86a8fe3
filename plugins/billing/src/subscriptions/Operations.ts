import type { Audit, Database, JobQueue, TenantContext } from '@wizamart/core';
import { DomainError, uuidv7, z } from '@wizamart/core';
import { asProvider, type MerchantContext, ofMerchant } from '../asProvider.js';
import type { StripeSubscription } from '../stripe/gatewayTypes.js';
import { addDays } from './calendar.js';
import { ChangeInProgress } from './errors.js';
import { close, type Change, Operation, operationsHere } from './Operation.js';
import type { OperationCalls } from './OperationCalls.js';
import type { OperationEffects } from './OperationEffects.js';
import { refuseStale } from './refuseStale.js';

/** Finishes what was interrupted: enqueued together with the wish, to run soon after it. */
export const FINISH_OPERATION = {
  name: 'billing.finishOperation',
  input: z.object({ operationId: z.uuid() }),
};

/** What became of a change. */
export interface Outcome {
  readonly operationId: string;
  /** `awaiting`: the bank wants the card's owner to confirm at `confirmUrl`; it comes into force then. */
  readonly status: 'done' | 'awaiting';
  readonly confirmUrl: string | null;
}

/** Errors of a payment service that is not there just now: tried again later. */
const PASSING = 500;
const RETRY_AFTER_MS = 60_000;

/**
 * Carries out changes of subscriptions in three steps: the wish is written down, Stripe is told, the result is written
 * down. No call to Stripe is made inside a transaction, and each has the wish's id as its idempotency key: whoever is
 * killed in between, the next run finishes it, with one effect.
 */
export class Operations {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #jobs: JobQueue;
  readonly #calls: OperationCalls;
  readonly #effects: OperationEffects;

  constructor(deps: {
    readonly database: Database;
    readonly audit: Audit;
    readonly jobs: JobQueue;
    readonly operationCalls: OperationCalls;
    readonly operationEffects: OperationEffects;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#jobs = deps.jobs;
    this.#calls = deps.operationCalls;
    this.#effects = deps.operationEffects;
  }

  /**
   * Does a change to its end, or as far as the bank lets it.
   *
   * @throws {ChangeInProgress} while another one of this merchant is not done
   * @throws {CardDeclined} and other refusals; nothing has changed then
   * @throws {StripeUnavailable} and the like: it is tried again by itself
   */
  async carryOut(ctx: TenantContext, subscriptionId: string | null, change: Change): Promise<Outcome> {
    const id = await this.#begin(ofMerchant(ctx), subscriptionId, change);
    return this.finish(ctx, id);
  }

  /** Does what is left to do of a change; the same however often it is called. */
  async finish(ctx: TenantContext, operationId: string): Promise<Outcome> {
    const provider = asProvider(ctx);
    const operation = await this.#read(provider, operationId);
    if (operation?.status !== 'open') return outcomeOf(operationId, operation);
    const subscription = await this.#effects.subscriptionOf(provider, operation);
    let answer: StripeSubscription | null;
    try {
      answer = await this.#calls.make(provider, operation, subscription);
    } catch (error) {
      if (error instanceof DomainError && error.status < PASSING)
        await this.#fail(provider, operationId, error.code);
      throw error;
    }
    return this.#conclude(provider, operationId, answer);
  }

  /** Ids of changes on the platform that were begun and not finished, oldest first. */
  async unfinished(
    ctx: TenantContext,
  ): Promise<readonly { readonly id: string; readonly merchantId: string; readonly name: string }[]> {
    return this.#database.directory(ctx, ({ tx }) =>
      tx.query<{ id: string; merchantId: string; name: string }>(
        `SELECT o.id, o.merchant_id AS "merchantId", m.display_name AS name FROM billing_operation o JOIN core_merchant m ON m.id = o.merchant_id
         WHERE o.platform_id = $1 AND o.status = 'open' AND o.requested_at <= $2 ORDER BY o.requested_at`,
        [ctx.platform.id, new Date(ctx.now.getTime() - RETRY_AFTER_MS)],
      ),
    );
  }

  /** Gives up what nobody confirmed in time. In the provider's unit. @returns whether there was anything */
  async giveUpAwaited(ctx: TenantContext): Promise<boolean> {
    return this.#database.unit(asProvider(ctx), async (inside) => {
      const awaited = await operationsHere(inside)
        .findOne({ status: 'awaiting' })
        .where('requestedAt', '<', addDays(ctx.now, -2))
        .forUpdate();
      if (awaited) await close(inside, awaited.id, 'failed', 'BILLING_NOT_CONFIRMED');
      return awaited !== undefined;
    });
  }

  async #begin(ctx: MerchantContext, subscriptionId: string | null, change: Change): Promise<string> {
    const id = uuidv7(ctx.now);
    await this.#database.unit(ctx, async (inside) => {
      const other = await operationsHere(inside).whereIn('status', ['open', 'awaiting']).first();
      if (other) throw new ChangeInProgress({ operation: other.id, confirmUrl: other.confirmUrl });
      await refuseStale(inside, subscriptionId, change);
      await Operation.in(inside)
        .insert({
          id,
          platformId: ctx.platform.id,
          subscriptionId,
          kind: change.kind,
          payload: change,
          status: 'open',
          requestedBy:
            ctx.actor.kind === 'user'
              ? ctx.actor.email
              : ctx.actor.kind === 'system'
                ? ctx.actor.name
                : ctx.actor.kind,
          requestedAt: ctx.now,
        })
        .catch(inProgress(id));
      await this.#audit.record(inside, {
        action: 'billing.subscription.requested',
        subject: { type: 'billing.subscription', id: subscriptionId ?? id, name: ctx.merchant.name },
        to: change,
      });
      await this.#jobs.enqueue(
        inside,
        FINISH_OPERATION,
        { operationId: id },
        {
          runAt: new Date(ctx.now.getTime() + RETRY_AFTER_MS),
        },
      );
    });
    return id;
  }

  async #conclude(ctx: MerchantContext, id: string, answer: StripeSubscription | null): Promise<Outcome> {
    return this.#database.unit(ctx, async (inside) => {
      const operation = await operationsHere(inside).findOne({ id }).forUpdate();
      // Another run, or Stripe's own notice, was quicker.
      if (operation?.status !== 'open') return outcomeOf(id, operation);
      const confirmUrl = await this.#effects.apply(inside, operation, answer);
      if (confirmUrl === undefined) {
        await close(inside, id, 'done', null);
        return { operationId: id, status: 'done', confirmUrl: null };
      }
      await operationsHere(inside).findOne({ id }).patch({ status: 'awaiting', confirmUrl });
      return { operationId: id, status: 'awaiting', confirmUrl };
    });
  }

  async #fail(ctx: MerchantContext, id: string, code: string): Promise<void> {
    await this.#database.unit(ctx, (inside) => close(inside, id, 'failed', code));
  }

  async #read(ctx: MerchantContext, id: string): Promise<Operation | undefined> {
    return this.#database.unit(ctx, async (inside) => operationsHere(inside).findOne({ id }));
  }
}

const outcomeOf = (operationId: string, operation: Operation | undefined): Outcome =>
  operation?.status === 'awaiting'
    ? { operationId, status: 'awaiting', confirmUrl: operation.confirmUrl }
    : { operationId, status: 'done', confirmUrl: null };

const inProgress =
  (operation: string) =>
  (error: unknown): never => {
    if ((error as { constraint?: string }).constraint === 'billing_operation_one_open')
      throw new ChangeInProgress({ operation, confirmUrl: null });
    throw error;
  };
