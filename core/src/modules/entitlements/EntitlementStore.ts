import type { Bus } from '../../database/Bus.js';
import type { Database } from '../../database/Database.js';
import type { Statement, Transaction } from '../../database/unitOfWork.js';
import type { TenantContext } from '../../kernel/context.js';
import { LoadingCache } from './LoadingCache.js';
import type { HeldTier, Override, Tier, TierTerms } from './Tier.js';

/** What one merchant has on one platform. */
export interface MerchantEntitlements {
  readonly tierCode: string | null;
  /** The tier as it was bought; null: as the platform's says today. */
  readonly terms: HeldTier | null;
  /** From which day of the month limits per month are counted; null: calendar months. */
  readonly usageAnchor: Date | null;
  readonly overrides: readonly Override[];
}

interface TierRow {
  code: string;
  name: string;
  position: number;
  features: string[];
  limits: Record<string, number>;
  isDefault: boolean;
  archivedAt: Date | null;
}
interface MerchantRow {
  kind: 'tier' | 'feature' | 'limit' | 'extra';
  code: string | null;
  value: number | null;
  source: string;
  until: Date | null;
  reason: string | null;
  terms: TierTerms | null;
  anchor: Date | null;
}

const TIERS: Statement = {
  name: 'core_tiers',
  text: `select code, name, position, features, limits, is_default as "isDefault", archived_at as "archivedAt"
    from core_tier where platform_id = $1 order by position, code`,
};
const MERCHANT: Statement = {
  name: 'core_merchant_entitlements',
  text: `select 'tier' as kind, tier_code as code, null::bigint as value, '' as source, null::timestamptz as until, null as reason,
        tier_terms as terms, usage_anchor as anchor
      from core_merchant_platform where merchant_id = $1 and platform_id = $2
    union all select kind, code, value, source, until, reason, null, null from core_entitlement_override where merchant_id = $1 and platform_id = $2`,
};

const TIERS_CHANGED = 'core.tiers';
const MERCHANT_CHANGED = 'core.entitlements';
const TTL_MS = 60_000;

/** Tiers of platforms and entitlements of merchants, held in memory on every node until one of them changes. */
export class EntitlementStore {
  private readonly database: Database;
  private readonly bus: Bus;
  private readonly tiers = new LoadingCache<readonly Tier[]>({ max: 200, ttlMs: TTL_MS });
  private readonly merchants = new LoadingCache<MerchantEntitlements>({ max: 20_000, ttlMs: TTL_MS });

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.database = database;
    this.bus = bus;
    bus.on(TIERS_CHANGED, (payload) => this.tiers.forget((payload as { platformId: string }).platformId));
    bus.on(MERCHANT_CHANGED, (payload) => this.merchants.forget(merchantKey(payload as MerchantOnPlatform)));
    bus.onGap(() => this.forgetAll());
  }

  /** Tiers of the context's platform, ascending. */
  tiersOf(ctx: TenantContext): Promise<readonly Tier[]> {
    return this.through(ctx, this.tiers, ctx.platform.id, TIERS, [ctx.platform.id], tiersFrom);
  }

  /** What the context's merchant has on its platform; nothing where it has no row. */
  merchantOf(ctx: TenantContext, merchantId: string): Promise<MerchantEntitlements> {
    const key = merchantKey({ platformId: ctx.platform.id, merchantId });
    return this.through(ctx, this.merchants, key, MERCHANT, [merchantId, ctx.platform.id], entitlementsFrom);
  }

  /** Tells all nodes, this one at the latest when the transaction is committed. */
  async tiersChanged(tx: Transaction, platformId: string): Promise<void> {
    await this.bus.publish(tx, TIERS_CHANGED, { platformId });
    tx.afterCommit(() => this.tiers.forget(platformId));
  }

  /** Tells all nodes, this one at the latest when the transaction is committed. */
  async merchantChanged(tx: Transaction, place: MerchantOnPlatform): Promise<void> {
    await this.bus.publish(tx, MERCHANT_CHANGED, place);
    tx.afterCommit(() => this.merchants.forget(merchantKey(place)));
  }

  forgetAll(): void {
    this.tiers.clear();
    this.merchants.clear();
  }

  private through<Row extends object, Value>(
    ctx: TenantContext,
    cache: LoadingCache<Value>,
    key: string,
    statement: Statement,
    values: readonly unknown[],
    from: (rows: Row[]) => Value,
  ): Promise<Value> {
    // A transaction may see what it wrote itself and never commits: what it reads is not kept. It must not wait for a second connection either.
    if (ctx.tx) return ctx.tx.query<Row>(statement, values).then(from);
    return cache.get(key, () => this.database.read<Row>(ctx, statement, values).then(from));
  }
}

interface MerchantOnPlatform {
  readonly platformId: string;
  readonly merchantId: string;
}

const merchantKey = ({ platformId, merchantId }: MerchantOnPlatform): string => platformId + merchantId;

const tiersFrom = (rows: TierRow[]): readonly Tier[] =>
  rows.map((row) => ({ ...row, features: new Set(row.features) }));

const termsFrom = (code: string, { name, features, limits }: TierTerms): HeldTier => ({
  code,
  name,
  features: new Set(features),
  limits,
});

const entitlementsFrom = (rows: MerchantRow[]): MerchantEntitlements => {
  const own = rows.find((row) => row.kind === 'tier');
  return {
    tierCode: own?.code ?? null,
    terms: own?.terms && own.code ? termsFrom(own.code, own.terms) : null,
    usageAnchor: own?.anchor ?? null,
    overrides: rows.filter((row) => row.kind !== 'tier') as unknown as Override[],
  };
};
