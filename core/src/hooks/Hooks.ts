import { DomainError } from '../errors/defineError.js';
import { systemTimers, type Timers } from '../kernel/clock.js';
import type { SnapshotView, TenantContext } from '../kernel/context.js';
import type { FailureReporter } from '../kernel/failureReporter.js';
import type { HookRef } from '../kernel/hook.js';
import { HookFailed, HookTimedOut } from './errors.js';
import type { OrderedTap } from './orderTaps.js';
import { inSavepoint } from './savepoint.js';

/** What hooks read of a snapshot: the taps of the modules that are on, in the order in which they run. */
export interface SnapshotTaps extends SnapshotView {
  taps(hook: string): readonly OrderedTap[];
}

/** Lets other plugins take part in an operation. */
export class Hooks {
  readonly #failures: FailureReporter;
  readonly #timers: Timers;

  constructor(deps: { readonly failures: FailureReporter; readonly timers?: Timers }) {
    this.#failures = deps.failures;
    this.#timers = deps.timers ?? systemTimers;
  }

  /**
   * Hands the value from tap to tap and returns what the last one made of it.
   *
   * A tap with `onError: 'skip'` that fails, or takes longer than its limit, is reported and leaves value and
   * transaction as they were before it: inside a transaction it runs in a savepoint of its own. Taps return a
   * new value; one that changes the value it was given cannot be undone.
   *
   * @throws {DomainError} as a tap with `onError: 'fail'` threw it
   * @throws {HookFailed} when such a tap threw anything else
   * @throws {HookTimedOut} when such a tap took longer than its limit
   */
  async run<Value>(ctx: TenantContext, hook: HookRef<Value>, value: Value): Promise<Value> {
    let current = value;
    for (const tap of (ctx.snapshot as SnapshotTaps).taps(hook.name)) {
      current =
        tap.onError === 'skip'
          ? await this.#trySkipping(ctx, tap, current)
          : await this.#tryFailing(ctx, tap, current);
    }
    return current;
  }

  async #trySkipping<Value>(ctx: TenantContext, tap: OrderedTap, value: Value): Promise<Value> {
    try {
      return await inSavepoint(ctx, (inner) => this.#within(tap, inner, value));
    } catch (error) {
      this.#failures.report({
        plugin: tap.plugin,
        platform: ctx.platform.code,
        during: `hook ${tap.hook.name}, tap '${tap.name}'`,
        error,
      });
      return value;
    }
  }

  async #tryFailing<Value>(ctx: TenantContext, tap: OrderedTap, value: Value): Promise<Value> {
    try {
      return await this.#within(tap, ctx, value);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw Object.assign(new HookFailed({ hook: tap.hook.name, tap: tap.name, plugin: tap.plugin }), {
        cause: error,
      });
    }
  }

  async #within<Value>(tap: OrderedTap, ctx: TenantContext, value: Value): Promise<Value> {
    const run = tap.run as (ctx: TenantContext, value: Value) => Value | Promise<Value>;
    const made = run(ctx, value);
    // What is there at once needs no time limit; taps of every page answer from memory.
    return made instanceof Promise ? this.#inTime(tap, made) : made;
  }

  async #inTime<Value>(tap: OrderedTap, made: Promise<Value>): Promise<Value> {
    let timer: unknown;
    const limit = new Promise<never>((_, reject) => {
      timer = this.#timers.setTimeout(
        () =>
          reject(
            new HookTimedOut({
              hook: tap.hook.name,
              tap: tap.name,
              plugin: tap.plugin,
              timeoutMs: tap.timeoutMs,
            }),
          ),
        tap.timeoutMs,
      );
    });
    try {
      return await Promise.race([made, limit]);
    } finally {
      this.#timers.clearTimeout(timer);
    }
  }
}
