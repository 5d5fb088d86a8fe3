import type { TenantContext } from '@wizamart/core';
import { CardNeeded, NoSubscription, NothingToChange, TransitionRefused } from './errors.js';
import type { Operations, Outcome } from './Operations.js';
import type { PlanChanges } from './PlanChanges.js';
import type { SubscriptionStatus } from './Subscription.js';
import type { Whole } from './Wanted.js';

/** Ends, pauses and takes up again subscriptions. */
export class Endings {
  readonly #plans: PlanChanges;
  readonly #operations: Operations;

  constructor(deps: { readonly planChanges: PlanChanges; readonly operations: Operations }) {
    this.#plans = deps.planChanges;
    this.#operations = deps.operations;
  }

  /**
   * Ends it with the period that is paid, or at once; nothing is paid back.
   *
   * @throws {NothingToChange} when it ends already
   */
  async cancel(
    ctx: TenantContext,
    { reason = null, atOnce = false }: { readonly reason?: string | null; readonly atOnce?: boolean } = {},
  ): Promise<Outcome> {
    const { subscription } = await this.#live(ctx);
    // Nothing is paid then that could be used up.
    const now = atOnce || subscription.status === 'paused' || subscription.status === 'past_due';
    if (!now && subscription.cancelAtPeriodEnd) throw new NothingToChange();
    return this.#operations.carryOut(ctx, subscription.id, {
      kind: now ? 'cancel_now' : 'cancel_later',
      reason,
    });
  }

  /** Takes a planned end back. @throws {NothingToChange} */
  async reactivate(ctx: TenantContext): Promise<Outcome> {
    const { subscription } = await this.#live(ctx);
    if (!subscription.cancelAtPeriodEnd) throw new NothingToChange();
    return this.#operations.carryOut(ctx, subscription.id, { kind: 'reactivate' });
  }

  /** Stops collecting, and what is given beyond the default tier; paid time that is left is given back on resuming. */
  async pause(ctx: TenantContext, reason: string | null = null): Promise<Outcome> {
    const { subscription } = await this.#live(ctx, ['active', 'past_due']);
    return this.#operations.carryOut(ctx, subscription.id, { kind: 'pause', reason });
  }

  /** @throws {CardNeeded} when it is to be paid, and there is no card */
  async resume(ctx: TenantContext): Promise<Outcome> {
    const { subscription } = await this.#live(ctx, ['paused']);
    if (subscription.cardBrand === null && (subscription.pausedLeftMs ?? 0) === 0) throw new CardNeeded();
    return this.#operations.carryOut(ctx, subscription.id, { kind: 'resume' });
  }

  async #live(ctx: TenantContext, statuses?: readonly SubscriptionStatus[]): Promise<Whole> {
    const whole = await this.#plans.whole(ctx);
    if (!whole) throw new NoSubscription();
    const { status } = whole.subscription;
    if (statuses && !statuses.includes(status))
      throw new TransitionRefused({ what: statuses.includes('paused') ? 'resume' : 'pause', status });
    return whole;
  }
}
