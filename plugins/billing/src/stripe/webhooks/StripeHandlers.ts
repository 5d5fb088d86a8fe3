import type { InTransaction, MerchantRecord, TenantContext } from '@wizamart/core';

/** What Stripe says has happened. It may be old news: read the current state where the order matters. */
export interface StripeNotice {
  /** Stripe's, `evt_…`. */
  readonly id: string;
  /** For example `invoice.paid`. */
  readonly type: string;
  /** In whole seconds. */
  readonly occurredAt: Date;
  readonly account: string;
  /** The object as it was then. */
  readonly object: Readonly<Record<string, unknown>> & { readonly id: string; readonly object: string };
  readonly previous: Readonly<Record<string, unknown>> | null;
}

/** The provider at the merchant whom the notice is about; the system acts. */
export type NoticeContext = TenantContext & { readonly merchant: MerchantRecord };

/**
 * Runs work in a unit of the notice's merchant, at most once per event and effect, however often and by however many
 * the event is processed: the mark that it happened is committed with the work.
 *
 * @returns what `work` gives, or undefined when it has happened before
 */
export type Once = <Result>(
  effect: string,
  work: (ctx: InTransaction<NoticeContext>) => Promise<Result>,
) => Promise<Result | undefined>;

/**
 * Acts on a notice. Runs at least once, outside of a transaction (Stripe may be asked), in any order: what must happen
 * once goes into `once`. Throws to be tried again later.
 */
export type StripeHandler = (ctx: NoticeContext, notice: StripeNotice, once: Once) => Promise<void>;

/** Who acts on which notices. Filled while the plugin is made. */
export class StripeHandlers {
  readonly #handlers = new Map<string, StripeHandler[]>();

  /** @param types Stripe's names of events, without wildcards */
  on(types: string | readonly string[], handler: StripeHandler): void {
    for (const type of typeof types === 'string' ? [types] : types)
      this.#handlers.set(type, [...this.of(type), handler]);
  }

  of(type: string): readonly StripeHandler[] {
    return this.#handlers.get(type) ?? [];
  }

  /** Everything that somebody acts on: what a webhook should be set up for. */
  types(): readonly string[] {
    return [...this.#handlers.keys()].sort();
  }
}
