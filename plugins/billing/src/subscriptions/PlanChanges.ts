import type { Database, TenantContext } from '@wizamart/core';
import { asProvider, ofMerchant } from '../asProvider.js';
import type { Catalogue } from '../catalog/Catalogue.js';
import { NotForSale } from '../catalog/errors.js';
import { priceOf, type Interval, type ProductVersion } from '../catalog/ProductVersion.js';
import { isAtOnce, isMerchant, needsCard } from './changeRules.js';
import { CardNeeded, NoSubscription, NothingToChange, TransitionRefused } from './errors.js';
import type { Operations, Outcome } from './Operations.js';
import { readWhole } from './readWhole.js';
import { isLive } from './Subscription.js';
import type { SubscriptionReader } from './SubscriptionReader.js';
import type { Whole } from './Wanted.js';

/** What a merchant wants to have. */
export interface TierChoice {
  /** Code of a tier that is sold. */
  readonly tier: string;
  /** Left out: as it is now, else by the month. */
  readonly interval?: Interval | undefined;
}

/** A choice beside what there is. */
export interface WeighedChange {
  /** Undefined: there is no live subscription, it would be a new one. */
  readonly whole: Whole | undefined;
  readonly version: ProductVersion;
  readonly interval: Interval;
  readonly when: 'now' | 'period_end';
}

/** Another tier or interval: more at once, with what it costs for the rest of the period; less at the period's end. */
export class PlanChanges {
  readonly #database: Database;
  readonly #catalogue: Catalogue;
  readonly #reader: SubscriptionReader;
  readonly #operations: Operations;

  constructor(deps: {
    readonly database: Database;
    readonly catalogue: Catalogue;
    readonly subscriptionReader: SubscriptionReader;
    readonly operations: Operations;
  }) {
    this.#database = deps.database;
    this.#catalogue = deps.catalogue;
    this.#reader = deps.subscriptionReader;
    this.#operations = deps.operations;
  }

  /**
   * What a choice amounts to; changes nothing.
   *
   * @throws {NothingToChange} {@link NotForSale} {@link ProductNotFound} {@link TransitionRefused} while paused or past due
   */
  async weigh(ctx: TenantContext, { tier, interval }: TierChoice): Promise<WeighedChange> {
    const whole = await this.whole(ctx);
    if (whole && (whole.subscription.status === 'paused' || whole.subscription.status === 'past_due'))
      throw new TransitionRefused({ what: 'another tier', status: whole.subscription.status });
    const chosen = interval ?? whole?.subscription.interval ?? 'month';
    const version = await this.#sold(ctx, whole, tier, chosen);
    if (!whole) return { whole, version, interval: chosen, when: 'now' };
    const { subscription } = whole;
    if (version.code === whole.tier.code && chosen === subscription.interval) throw new NothingToChange();
    for (const addOn of whole.addOns)
      if (addOn.endsAt === null && priceOf(addOn.version, chosen) === null)
        throw new NotForSale({ code: addOn.version.code, reason: 'interval' });
    const at = isAtOnce(
      subscription.status,
      { version: whole.tier, interval: subscription.interval },
      { version, interval: chosen },
    );
    return { whole, version, interval: chosen, when: at ? 'now' : 'period_end' };
  }

  /**
   * Changes to a tier and interval, or buys a new subscription where there is none; see {@link weigh} for when it comes
   * into force. A change at the period's end replaces the one planned before.
   *
   * @throws {CardNeeded} {@link CardDeclined} {@link ChangeInProgress}; nothing has changed then
   */
  async change(
    ctx: TenantContext,
    choice: TierChoice,
  ): Promise<Outcome & { readonly when: 'now' | 'period_end' }> {
    const { whole, version, interval, when } = await this.weigh(ctx, choice);
    const what = { versionId: version.id, interval };
    if (!whole) {
      if (!(await this.#hasCard(ctx))) throw new CardNeeded();
      return { ...(await this.#operations.carryOut(ctx, null, { kind: 'subscribe', ...what })), when };
    }
    if (when === 'now' && needsCard(ctx, whole.subscription)) throw new CardNeeded();
    const kind = when === 'now' ? 'change_now' : 'change_later';
    return { ...(await this.#operations.carryOut(ctx, whole.subscription.id, { kind, ...what })), when };
  }

  /** Forgets what is planned for the end of the period. @throws {NothingToChange} */
  async drop(ctx: TenantContext): Promise<Outcome> {
    const whole = await this.whole(ctx);
    if (!whole) throw new NoSubscription();
    const { id, pendingVersionId, pendingInterval } = whole.subscription;
    if (pendingVersionId === null && pendingInterval === null) throw new NothingToChange();
    return this.#operations.carryOut(ctx, id, { kind: 'drop_change' });
  }

  /** The live subscription with all that it consists of. */
  async whole(ctx: TenantContext): Promise<Whole | undefined> {
    return this.#database.unit(ofMerchant(ctx), async (inside) => {
      const row = await this.#reader.row(inside);
      return row && isLive(row) ? readWhole(inside, row) : undefined;
    });
  }

  async #sold(
    ctx: TenantContext,
    whole: Whole | undefined,
    tier: string,
    interval: Interval,
  ): Promise<ProductVersion> {
    // The other interval of what one has costs what it cost then.
    const version =
      whole?.tier.code === tier
        ? whole.tier
        : await this.#catalogue.forSale(asProvider(ctx), 'tier', tier, { onlyPublic: isMerchant(ctx) });
    if (priceOf(version, interval) === null) throw new NotForSale({ code: tier, reason: 'interval' });
    if (whole && version.currency !== whole.tier.currency)
      throw new NotForSale({ code: tier, reason: 'currency' });
    return version;
  }

  async #hasCard(ctx: TenantContext): Promise<boolean> {
    return (await this.#reader.find(ctx))?.card != null;
  }
}
