import { TenantMissing } from '../../errors/common.js';
import type { ErrorClass } from '../../errors/defineError.js';
import type { InTransaction } from '../../database/InTransaction.js';
import type { MerchantRecord, PlatformRecord, TenantContext } from '../../kernel/context.js';
import { FeatureNotInTier, type LimitReachedData } from './errors.js';
import type { EntitlementStore } from './EntitlementStore.js';
import type { FeatureCatalog } from './FeatureCatalog.js';
import { effectiveLimit, nextTierFor } from './limitMaths.js';
import { lockEntitlements } from './lockEntitlements.js';
import type { HeldTier, Override, Tier } from './Tier.js';
import { countUse, usedIn } from './usageCounters.js';
import { usageMonthOf, type UsageMonth } from './usageMonth.js';

export interface LimitUsage {
  readonly code: string;
  /** Null: unlimited. */
  readonly limit: number | null;
  readonly current: number;
  /** How many more fit; null: any number. */
  readonly remaining: number | null;
  /** Code of the cheapest tier that allows more; null where there is none, or no limit. */
  readonly upgradeTo: string | null;
}

/** How much of a limit per month is used, after some of it was. */
export interface Consumed {
  /** Null: unlimited. */
  readonly limit: number | null;
  readonly used: number;
  /** More is used than the limit allows. */
  readonly isOver: boolean;
}

interface Holding {
  readonly tier: HeldTier | null;
  readonly overrides: readonly Override[];
}

/**
 * What a merchant may use on a platform: its tier's features and limits, and what it has beside them.
 *
 * A feature counts only while its module is on. A merchant without a tier has the host's default tier, else all
 * features and no limits. Answers come from memory.
 */
export class Entitlements {
  private readonly store: EntitlementStore;
  private readonly catalog: FeatureCatalog;
  private readonly defaultTierOf: (platform: PlatformRecord) => string | undefined;

  constructor({
    store,
    catalog,
    defaultTierOf,
  }: {
    store: EntitlementStore;
    catalog: FeatureCatalog;
    /** Code of the tier that the platform's host gives to merchants without one. */
    defaultTierOf: (platform: PlatformRecord) => string | undefined;
  }) {
    this.store = store;
    this.catalog = catalog;
    this.defaultTierOf = defaultTierOf;
  }

  /** All features that the context's merchant has; without a merchant those of the modules that are on. */
  async features(ctx: TenantContext): Promise<ReadonlySet<string>> {
    const holding = await this.holdingOf(ctx),
      found = new Set<string>();
    for (const feature of this.catalog.moduleOf.keys())
      if (this.includes(ctx, holding, feature)) found.add(feature);
    return found;
  }

  /** Whether the context's merchant has a feature; without a merchant, whether its module is on. */
  async has(ctx: TenantContext, feature: string): Promise<boolean> {
    return this.includes(ctx, await this.holdingOf(ctx), feature);
  }

  /** @throws {FeatureNotInTier} when the merchant does not have the feature; says which tiers include it */
  async require(ctx: TenantContext, feature: string): Promise<void> {
    if (await this.has(ctx, feature)) return;
    const tiers = this.isOn(ctx, feature) ? await this.store.tiersOf(ctx) : [];
    throw new FeatureNotInTier({
      feature,
      availableIn: tiers
        .filter((tier) => tier.archivedAt === null && tier.features.has(feature))
        .map((tier) => tier.code),
    });
  }

  /** How many of something the merchant may have; null: any number. */
  async limit(ctx: TenantContext, code: string): Promise<number | null> {
    const { tier, overrides } = await this.holdingOf(ctx);
    return effectiveLimit(code, tier, overrides);
  }

  /** A limit beside what is there, for pages that show it. Takes no lock: it may be out of date when shown. */
  async usage(ctx: TenantContext, code: string, count: () => Promise<number>): Promise<LimitUsage> {
    const limit = await this.limit(ctx, code),
      current = await count();
    if (limit === null) return { code, limit, current, remaining: null, upgradeTo: null };
    return {
      code,
      limit,
      current,
      remaining: Math.max(0, limit - current),
      upgradeTo: nextTierFor(code, limit, await this.store.tiersOf(ctx)),
    };
  }

  /**
   * Makes sure that one more (or `amount` more) fits under a limit, before it is written in the same transaction.
   *
   * Claims of one merchant on one platform wait for each other until their transactions end, so that parallel
   * creates never pass the limit. `count` runs under that lock and must read in `ctx.tx`.
   *
   * @throws an `error` with the limit, what is there and the tier to upgrade to
   * @throws {TenantMissing} outside a unit of work, or without a merchant
   */
  async claim(
    ctx: TenantContext,
    code: string,
    count: () => Promise<number>,
    { error, amount = 1 }: { error: ErrorClass<LimitReachedData>; amount?: number },
  ): Promise<void> {
    const where = `the claim of '${code}'`;
    if (!ctx.tx) throw new TenantMissing({ needed: 'transaction', where });
    if (!ctx.merchant) throw new TenantMissing({ needed: 'merchant', where });
    if ((await this.limit(ctx, code)) === null) return;
    await lockEntitlements(ctx.tx, ctx.platform.id, ctx.merchant.id);
    // Read again: the limit may have changed while this waited.
    const limit = await this.limit(ctx, code);
    if (limit === null) return;
    const current = await count();
    if (current + amount <= limit) return;
    throw new error({ limit, current, upgradeTo: nextTierFor(code, limit, await this.store.tiersOf(ctx)) });
  }

  /**
   * Uses up some of a limit per month, such as orders, in the transaction that writes what is counted.
   *
   * Calls of one merchant on one platform wait for each other until their transactions end. What was used stays used
   * when it is deleted; nothing is left over for the next month.
   *
   * @param options.beyond `refuse` (default) throws; `count` lets it happen and says so: for what must not be lost
   * @throws an `error` with the limit, what is used and the tier to upgrade to; nothing is counted then
   * @throws {TenantMissing} outside a unit of work, or without a merchant
   */
  async consume(
    ctx: TenantContext,
    code: string,
    {
      error,
      amount = 1,
      beyond = 'refuse',
    }: { error: ErrorClass<LimitReachedData>; amount?: number; beyond?: 'refuse' | 'count' },
  ): Promise<Consumed> {
    const where = `the use of '${code}'`;
    if (!ctx.tx) throw new TenantMissing({ needed: 'transaction', where });
    if (!ctx.merchant) throw new TenantMissing({ needed: 'merchant', where });
    const inside: InTransaction = { ...ctx, tx: ctx.tx };
    await lockEntitlements(ctx.tx, ctx.platform.id, ctx.merchant.id);
    const counter = { code, merchantId: ctx.merchant.id, month: await this.usageMonth(ctx) };
    const [limit, before] = [await this.limit(ctx, code), await usedIn(inside, counter)];
    const isOver = limit !== null && before + amount > limit;
    if (isOver && beyond === 'refuse')
      throw new error({
        limit,
        current: before,
        upgradeTo: nextTierFor(code, limit, await this.store.tiersOf(ctx)),
      });
    return { limit, used: await countUse(inside, counter, amount), isOver };
  }

  /**
   * What the merchant of the context has used of a limit per month in this one. Inside a unit of work.
   *
   * @param month the merchant's, for who knows it already
   */
  async used(ctx: InTransaction, code: string, month?: UsageMonth): Promise<number> {
    if (!ctx.merchant) throw new TenantMissing({ needed: 'merchant', where: `what is used of '${code}'` });
    return usedIn(ctx, { code, merchantId: ctx.merchant.id, month: month ?? (await this.usageMonth(ctx)) });
  }

  /** The month in which limits per month are counted for the context's merchant; without one the calendar month. */
  async usageMonth(ctx: TenantContext): Promise<UsageMonth> {
    const anchor = ctx.merchant && (await this.store.merchantOf(ctx, ctx.merchant.id)).usageAnchor;
    return usageMonthOf(ctx.now, anchor);
  }

  private includes(ctx: TenantContext, holding: Holding, feature: string): boolean {
    if (!this.isOn(ctx, feature)) return false;
    return (
      holding.tier === null ||
      holding.tier.features.has(feature) ||
      holding.overrides.some((override) => override.kind === 'feature' && override.code === feature)
    );
  }

  private isOn(ctx: TenantContext, feature: string): boolean {
    const module = this.catalog.moduleOf.get(feature);
    return module !== undefined && ctx.snapshot.isOn(module);
  }

  private async holdingOf(ctx: TenantContext): Promise<Holding> {
    const merchant: MerchantRecord | null = ctx.merchant;
    if (!merchant) return { tier: null, overrides: [] };
    const [tiers, { tierCode, terms, overrides }] = await Promise.all([
      this.store.tiersOf(ctx),
      this.store.merchantOf(ctx, merchant.id),
    ]);
    const code = ctx.store && !ctx.tx ? ctx.store.tierCode : tierCode;
    return {
      tier: terms?.code === code ? terms : this.tierOf(ctx, tiers, code),
      overrides: overrides.filter(({ until }) => until === null || until > ctx.now),
    };
  }

  /** The tier that merchants of the context's platform have without one; null: everything, without limits. */
  async defaultTier(ctx: TenantContext): Promise<Tier | null> {
    return defaultTier(await this.store.tiersOf(ctx), this.defaultTierOf(ctx.platform)) ?? null;
  }

  /** A tier that is gone counts as none where the host has a default, else as the lowest: never as everything. */
  private tierOf(ctx: TenantContext, tiers: readonly Tier[], code: string | null): Tier | null {
    const known =
      tiers.find((tier) => tier.code === code) ?? defaultTier(tiers, this.defaultTierOf(ctx.platform));
    return known ?? (code === null ? null : (tiers[0] ?? null));
  }
}

/** The one that an administrator chose, else the host's. */
const defaultTier = (tiers: readonly Tier[], ofHost: string | undefined): Tier | undefined =>
  tiers.find((tier) => tier.isDefault) ?? tiers.find((tier) => tier.code === ofHost);
