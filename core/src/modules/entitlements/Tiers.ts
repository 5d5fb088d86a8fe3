import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import type { MerchantRecord, TenantContext } from '../../kernel/context.js';
import type { TierSeed } from '../../kernel/host.js';
import type { Audit } from '../../identity/audit/Audit.js';
import type { Directory } from '../../tenancy/Directory.js';
import type { EntitlementStore, MerchantEntitlements } from './EntitlementStore.js';
import { MerchantNotOnPlatform, TierArchived, TierNotFound } from './errors.js';
import { inheritFeatures } from './seedTiers.js';
import type { Override, Tier, TierTerms } from './Tier.js';

/** A tier as it is written; `features` are all of them, nothing is inherited. */
export type TierInput = Omit<Tier, 'features' | 'isDefault' | 'archivedAt'> & {
  readonly features: readonly string[];
};

const UPSERT = `insert into core_tier (platform_id, code, name, position, features, limits) values ($1, $2, $3, $4, $5, $6)
  on conflict (platform_id, code) do`;

interface TiersDependencies {
  readonly database: Database;
  readonly store: EntitlementStore;
  readonly audit: Audit;
  /** Keeps stores in memory with their merchant's tier, and is told of a new one. */
  readonly tenants: Pick<Directory, 'changed'>;
}

/** Tiers of a platform, which tier a merchant has there, and what it has beside it. All changes are audited. */
export class Tiers {
  private readonly deps: TiersDependencies;

  constructor(deps: TiersDependencies) {
    this.deps = deps;
  }

  /** Tiers of the context's platform, ascending. */
  list(ctx: TenantContext): Promise<readonly Tier[]> {
    return this.deps.store.tiersOf(ctx);
  }

  /** Brings a host's tiers to its platform. Those that are there stay as they are: the database's rows count. */
  async seed(ctx: TenantContext, seeds: readonly TierSeed[]): Promise<void> {
    await this.deps.database.unit(ctx, async (inside) => {
      for (const tier of inheritFeatures(seeds))
        await inside.tx.query(`${UPSERT} nothing`, valuesOf(inside, tier));
      await this.deps.store.tiersChanged(inside.tx, ctx.platform.id);
    });
  }

  /** Makes or changes a tier. Merchants that have it have what it says from the next request on. */
  async save(ctx: TenantContext, tier: TierInput): Promise<void> {
    await this.deps.database.unit(ctx, async (inside) => {
      const before = (await this.list(inside)).find(({ code }) => code === tier.code);
      await inside.tx.query(
        `${UPSERT} update set name = excluded.name, position = excluded.position, features = excluded.features, limits = excluded.limits`,
        valuesOf(inside, tier),
      );
      await this.deps.audit.record(inside, {
        action: 'core.tier.saved',
        subject: { type: 'tier', id: tier.code, name: tier.name },
        from: before && { ...before, features: [...before.features] },
        to: tier,
      });
      await this.deps.store.tiersChanged(inside.tx, ctx.platform.id);
    });
  }

  /**
   * Gives a merchant a tier on the context's platform, or with null takes it away. Not inside a unit of work of
   * another tenant.
   *
   * @param terms the tier as the merchant bought it: kept whatever becomes of the tier; left out: as it is today
   * @throws {TierNotFound} {@link TierArchived} {@link MerchantNotOnPlatform}; nothing is written
   */
  async assign(
    ctx: TenantContext,
    merchant: MerchantRecord,
    code: string | null,
    terms: TierTerms | null = null,
  ): Promise<void> {
    await this.ofMerchant(ctx, merchant, async (inside) => {
      // What was bought is kept, whatever became of the tier since.
      const archivedAt = code === null || terms ? null : await this.hold(inside, code);
      const [before] = await inside.tx.query<{ tier_code: string | null }>(
        'select tier_code from core_merchant_platform where merchant_id = $1 and platform_id = $2 for no key update',
        [merchant.id, ctx.platform.id],
      );
      if (!before) throw new MerchantNotOnPlatform({ merchantId: merchant.id });
      if (archivedAt !== null && before.tier_code !== code) throw new TierArchived({ code: code as string });
      await inside.tx.query(
        'update core_merchant_platform set tier_code = $3, tier_terms = $4 where merchant_id = $1 and platform_id = $2',
        [merchant.id, ctx.platform.id, code, terms && JSON.stringify(terms)],
      );
      await this.deps.audit.record(inside, {
        action: 'core.tier.assigned',
        subject: { type: 'merchant', id: merchant.id, name: merchant.name },
        from: { tierCode: before.tier_code },
        to: { tierCode: code, ...(terms && { terms }) },
      });
      await this.deps.tenants.changed(inside.tx, { kind: 'merchant', id: merchant.id });
    });
  }

  /** From which day of the month a merchant's limits per month are counted; null: calendar months. */
  async countUsageFrom(ctx: TenantContext, merchant: MerchantRecord, anchor: Date | null): Promise<void> {
    await this.ofMerchant(ctx, merchant, async (inside) => {
      await inside.tx.query(
        'update core_merchant_platform set usage_anchor = $3 where merchant_id = $1 and platform_id = $2',
        [merchant.id, ctx.platform.id, anchor],
      );
    });
  }

  /** Gives a merchant a feature or a higher limit beside its tier; a second one of the same source replaces the first. */
  async addOverride(ctx: TenantContext, merchant: MerchantRecord, override: Override): Promise<void> {
    await this.ofMerchant(ctx, merchant, async (inside) => {
      const value = override.kind === 'feature' ? null : override.value;
      await inside.tx.query(
        `insert into core_entitlement_override (merchant_id, platform_id, kind, code, source, value, until, reason, given_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (merchant_id, platform_id, kind, code, source) do update
           set value = excluded.value, until = excluded.until, reason = excluded.reason, given_at = excluded.given_at`,
        [
          merchant.id,
          ctx.platform.id,
          override.kind,
          override.code,
          override.source,
          value,
          override.until,
          override.reason ?? null,
          ctx.now,
        ],
      );
      await this.deps.audit.record(inside, {
        action: 'core.entitlement.granted',
        subject: { type: 'merchant', id: merchant.id, name: merchant.name },
        to: override,
      });
    });
  }

  /** Takes back what a source gave. Taking back what is not there is no error. */
  async removeOverride(
    ctx: TenantContext,
    merchant: MerchantRecord,
    which: Pick<Override, 'kind' | 'code' | 'source'>,
  ): Promise<void> {
    await this.ofMerchant(ctx, merchant, async (inside) => {
      const gone = await inside.tx.query(
        `delete from core_entitlement_override
         where merchant_id = $1 and platform_id = $2 and kind = $3 and code = $4 and source = $5 returning value, until`,
        [merchant.id, ctx.platform.id, which.kind, which.code, which.source],
      );
      if (gone.length === 0) return;
      await this.deps.audit.record(inside, {
        action: 'core.entitlement.withdrawn',
        subject: { type: 'merchant', id: merchant.id, name: merchant.name },
        from: { ...which, ...gone[0] },
      });
    });
  }

  /** What a merchant has on the context's platform: its tier, and what it was given beside it, also what has ended. */
  holding(ctx: TenantContext, merchant: MerchantRecord): Promise<MerchantEntitlements> {
    const own = ctx.merchant?.id === merchant.id ? ctx : { ...ctx, merchant, store: null };
    return this.deps.store.merchantOf(own, merchant.id);
  }

  /** Keeps a tier from being deleted before the transaction ends. @returns since when it is archived */
  private async hold(inside: InTransaction, code: string): Promise<Date | null> {
    await inside.tx.query('select 1 from core_tier where platform_id = $1 and code = $2 for key share', [
      inside.platform.id,
      code,
    ]);
    // Read after the lock: it may have been deleted or archived while this waited.
    const known = await this.list(inside);
    const tier = known.find((one) => one.code === code);
    if (!tier) throw new TierNotFound({ code, known: known.map((one) => one.code) });
    return tier.archivedAt;
  }

  private async ofMerchant(
    ctx: TenantContext,
    merchant: MerchantRecord,
    work: (inside: InTransaction) => Promise<void>,
  ): Promise<void> {
    const own = ctx.merchant?.id === merchant.id ? ctx : { ...ctx, merchant, store: null };
    await this.deps.database.unit(own, async (inside) => {
      await work(inside);
      await this.deps.store.merchantChanged(inside.tx, {
        platformId: ctx.platform.id,
        merchantId: merchant.id,
      });
    });
  }
}

const valuesOf = (ctx: TenantContext, tier: TierInput): unknown[] => [
  ctx.platform.id,
  tier.code,
  tier.name,
  tier.position,
  tier.features,
  JSON.stringify(tier.limits),
];
