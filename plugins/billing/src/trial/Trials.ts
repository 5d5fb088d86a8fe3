import type { Database, ModuleSettings, TenantContext, Tiers } from '@wizamart/core';
import { asProvider, type MerchantContext } from '../asProvider.js';
import type { Catalogue } from '../catalog/Catalogue.js';
import { NotForSale, ProductNotFound } from '../catalog/errors.js';
import { type Interval, priceOf, type ProductVersion } from '../catalog/ProductVersion.js';
import type { BillingSettings } from '../settings.js';
import { addDays, daysBetween } from '../subscriptions/calendar.js';
import { TransitionRefused, NoSubscription } from '../subscriptions/errors.js';
import { SubscriptionPlanned } from '../subscriptions/events.js';
import type { Subscription } from '../subscriptions/Subscription.js';
import {
  subscriptionsHere,
  type ProviderUnit,
  type SubscriptionWriter,
} from '../subscriptions/SubscriptionWriter.js';
import type { TrialHistory } from './TrialHistory.js';

/** Lets merchants try a tier for some days before they pay. */
export class Trials {
  readonly #database: Database;
  readonly #settings: ModuleSettings;
  readonly #tiers: Tiers;
  readonly #catalogue: Catalogue;
  readonly #writer: SubscriptionWriter;
  readonly #history: TrialHistory;

  constructor(deps: {
    readonly database: Database;
    readonly settings: ModuleSettings;
    readonly tiers: Tiers;
    readonly catalogue: Catalogue;
    readonly subscriptionWriter: SubscriptionWriter;
    readonly trialHistory: TrialHistory;
  }) {
    this.#database = deps.database;
    this.#settings = deps.settings;
    this.#tiers = deps.tiers;
    this.#catalogue = deps.catalogue;
    this.#writer = deps.subscriptionWriter;
    this.#history = deps.trialHistory;
  }

  /**
   * Begins the trial of the context's merchant on its platform, unless it ever had a subscription there, trials are
   * switched off, nothing is sold, or its owner, VAT id or card had one there with another merchant. The tier is the one it was given, else the one that the settings name.
   *
   * @param since when it begins, for example when the merchant's first store came
   * @returns the subscription; undefined where there was nothing to begin
   */
  async begin(
    ctx: TenantContext,
    {
      since = ctx.now,
      tier,
      interval,
      card = null,
      isRefused = false,
    }: {
      readonly since?: Date;
      readonly tier?: string;
      readonly interval?: Interval;
      /** The card that will pay: one that had a trial gets no second one. */
      readonly card?: string | null;
      /** It was said before that there will be none. */
      readonly isRefused?: boolean;
    } = {},
  ): Promise<Subscription | undefined> {
    const { trialDays } = this.#settings.of<BillingSettings>(ctx, 'billing');
    if (trialDays === 0) return undefined;
    return this.#database.unit(asProvider(ctx), async (inside) => {
      await this.#writer.lock(inside);
      if (await subscriptionsHere(inside).first()) return undefined;
      if (!(await this.#history.allows(inside, { card, isRefused }))) return undefined;
      const version = await this.#tierOf(inside, tier);
      if (!version) return undefined;
      const end = addDays(since, trialDays);
      await this.#history.remember(inside, card);
      return this.#writer.create(inside, {
        status: 'trialing',
        version,
        interval: intervalOf(version, interval),
        period: { start: since, end },
        trialEndsAt: end,
        collection: 'none',
      });
    });
  }

  /** Other end of a trial that only we know of. @throws {TransitionRefused} unless it is in its trial, without a card */
  async extend(ctx: MerchantContext, trialEndsAt: Date): Promise<Subscription> {
    return this.#database.unit(ctx, async (inside) => {
      const row = await this.#writer.live(inside);
      if (!row) throw new NoSubscription();
      if (row.status !== 'trialing' || row.collection !== 'none' || trialEndsAt <= row.periodStart)
        throw new TransitionRefused({ what: 'another end of the trial', status: row.status });
      const { trialReminderDays } = this.#settings.of<BillingSettings>(ctx, 'billing');
      const left = daysBetween(ctx.now, trialEndsAt);
      const told = trialReminderDays.split(',').filter((days) => days !== '' && Number(days) >= left).length;
      return this.#writer.change(
        inside,
        row,
        { trialEndsAt, periodEnd: trialEndsAt, trialStep: told },
        SubscriptionPlanned,
      );
    });
  }

  async #tierOf(ctx: ProviderUnit, wanted: string | undefined): Promise<ProductVersion | undefined> {
    const { trialTier } = this.#settings.of<BillingSettings>(ctx, 'billing');
    const { tierCode } = await this.#tiers.holding(ctx, ctx.merchant);
    const offers = await this.#catalogue.offers(ctx, { kind: 'tier', onlyPublic: true });
    // What one gets to know is what one may miss: more than the smallest.
    const usual = (offers[1] ?? offers[0])?.code;
    for (const code of [wanted, tierCode, trialTier, usual])
      if (code) {
        const version = await this.#sold(ctx, code);
        if (version) return version;
      }
    return undefined;
  }

  async #sold(ctx: ProviderUnit, code: string): Promise<ProductVersion | undefined> {
    try {
      return await this.#catalogue.forSale(ctx, 'tier', code);
    } catch (error) {
      if (error instanceof NotForSale || error instanceof ProductNotFound) return undefined;
      throw error;
    }
  }
}

/** The one that was chosen where the tier is sold that way, else the shorter one. */
const intervalOf = (version: ProductVersion, chosen: Interval | undefined): Interval =>
  chosen !== undefined && priceOf(version, chosen) !== null
    ? chosen
    : version.monthlyMinor === null
      ? 'year'
      : 'month';
