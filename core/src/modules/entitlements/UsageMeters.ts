import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { TenantMissing } from '../../errors/common.js';
import type { MerchantRecord, SnapshotView, TenantContext } from '../../kernel/context.js';
import type { LimitDefinition, UsageCount } from '../../kernel/plugin.js';
import type { Directory } from '../../tenancy/Directory.js';
import type { Entitlements, LimitUsage } from './Entitlements.js';

/** A limit beside what is used of it. */
export interface Meter extends LimitUsage {
  readonly name: string;
  /** Code of the module that brings the limit. */
  readonly module: string;
  readonly per: LimitDefinition['per'];
  /** The store it is counted for; null where it is counted for the whole merchant. */
  readonly store: { readonly id: string; readonly code: string; readonly name: string } | null;
  /** More is there than the limit allows, for example after a lower tier: it is kept, and nothing is added. */
  readonly isOver: boolean;
  /** When counting begins anew; null where what is there is counted. */
  readonly resetsAt: Date | null;
}

interface SnapshotLimits extends SnapshotView {
  readonly limits: ReadonlyMap<string, LimitDefinition & { readonly plugin: string }>;
  readonly usage: ReadonlyMap<string, UsageCount>;
}

/** How much a merchant uses of all limits of the modules that are on. */
export class UsageMeters {
  readonly #database: Database;
  readonly #entitlements: Entitlements;
  readonly #tenants: Pick<Directory, 'storeById'>;

  constructor(deps: {
    readonly database: Database;
    readonly entitlements: Entitlements;
    readonly tenants: Pick<Directory, 'storeById'>;
  }) {
    this.#database = deps.database;
    this.#entitlements = deps.entitlements;
    this.#tenants = deps.tenants;
  }

  /**
   * Meters of the context's merchant on its platform, by module and limit. What is bounded per store is counted for the
   * store of the context, or without one for each store of the merchant. Limits that nobody counts are left out.
   *
   * Not inside a unit of work: stores are tenants of their own.
   */
  async all(ctx: TenantContext): Promise<readonly Meter[]> {
    if (!ctx.merchant) throw new TenantMissing({ needed: 'merchant', where: 'The usage' });
    const whole: TenantContext = { ...ctx, store: null };
    const stores = ctx.store ? [ctx] : await this.#stores(whole, ctx.merchant);
    const { limits, usage } = ctx.snapshot as SnapshotLimits;
    const counted = [...limits.values()].filter(({ code, period }) => period || usage.has(code));
    const ofMerchant = await this.#used(
      whole,
      counted.filter(({ per }) => per === 'merchant'),
    );
    const ofStores = new Map<TenantContext, ReadonlyMap<string, number>>();
    for (const store of stores)
      ofStores.set(
        store,
        await this.#used(
          store,
          counted.filter(({ per }) => per !== 'merchant'),
        ),
      );
    const meters: Meter[] = [];
    for (const limit of counted)
      for (const [place, used] of limit.per === 'merchant' ? [[whole, ofMerchant] as const] : ofStores)
        meters.push(await this.#meter(place, limit, used.get(limit.code) ?? 0));
    return meters;
  }

  /** What is used of limits at one place, in one unit of work. */
  async #used(ctx: TenantContext, limits: readonly LimitDefinition[]): Promise<ReadonlyMap<string, number>> {
    if (limits.length === 0) return new Map();
    const { usage } = ctx.snapshot as SnapshotLimits;
    // Before the unit of work: there it comes from memory.
    const month = await this.#entitlements.usageMonth(ctx);
    const used = await this.#database.unit(ctx, (inside: InTransaction) =>
      Promise.all(
        limits.map(async ({ code }): Promise<readonly [string, number]> => {
          const count = usage.get(code);
          return [code, await (count ? count(inside) : this.#entitlements.used(inside, code, month))];
        }),
      ),
    );
    return new Map(used);
  }

  async #meter(
    ctx: TenantContext,
    { code, name, per, period, plugin }: LimitDefinition & { readonly plugin: string },
    used: number,
  ): Promise<Meter> {
    const usage = await this.#entitlements.usage(ctx, code, () => Promise.resolve(used));
    const { store } = ctx;
    return {
      ...usage,
      name,
      module: plugin,
      per,
      store: store && { id: store.id, code: store.code, name: store.name },
      isOver: usage.limit !== null && usage.current > usage.limit,
      resetsAt: period ? (await this.#entitlements.usageMonth(ctx)).end : null,
    };
  }

  async #stores(ctx: TenantContext, merchant: MerchantRecord): Promise<TenantContext[]> {
    const rows = await this.#database.unit(ctx, ({ tx }) =>
      tx.query<{ id: string }>(
        'select store_id as id from core_store_platform where merchant_id = $1 and platform_id = $2 order by joined_at, store_id',
        [merchant.id, ctx.platform.id],
      ),
    );
    const found: TenantContext[] = [];
    for (const { id } of rows) {
      const store = await this.#tenants.storeById(ctx.platform, id);
      if (store) found.push({ ...ctx, store });
    }
    return found;
  }
}
