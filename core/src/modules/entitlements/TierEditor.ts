import { createHash } from 'node:crypto';
import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import type { Audit } from '../../identity/audit/Audit.js';
import type { TenantContext } from '../../kernel/context.js';
import type { EntitlementStore } from './EntitlementStore.js';
import { TierExists, TierInUse, TierNotFound, TiersChanged } from './errors.js';
import type { Tier } from './Tier.js';

/** What a change of the matrix says of one tier; what is not named stays as it is. */
export interface TierChange {
  readonly code: string;
  /** Feature code → whether the tier includes it. */
  readonly features: Readonly<Record<string, boolean>>;
  /** Limit code → number; null: unlimited. */
  readonly limits: Readonly<Record<string, number | null>>;
}

interface TierEditorDependencies {
  readonly database: Database;
  readonly store: EntitlementStore;
  readonly audit: Audit;
}

/** What administrators do with the tiers of the context's platform. Each change is one transaction with its audit rows. */
export class TierEditor {
  constructor(private readonly deps: TierEditorDependencies) {}

  /** How many merchants of the context's platform have each tier; without one they count under null. */
  async holders(ctx: TenantContext): Promise<ReadonlyMap<string | null, number>> {
    const rows = await this.deps.database.directory(ctx, ({ tx }) =>
      tx.query<{ code: string | null; count: number }>(
        'select tier_code as code, count(*)::int as count from core_merchant_platform where platform_id = $1 group by tier_code',
        [ctx.platform.id],
      ),
    );
    return new Map(rows.map(({ code, count }) => [code, count]));
  }

  /** @throws {TierNotFound} */
  async get(ctx: TenantContext, code: string): Promise<Tier> {
    return find(await this.deps.store.tiersOf(ctx), code);
  }

  /** Adds a tier above the others; `like` names one whose features and limits it starts with. */
  async create(
    ctx: TenantContext,
    { code, name, like }: { readonly code: string; readonly name: string; readonly like?: string | null },
  ): Promise<void> {
    await this.#change(ctx, async (inside, tiers) => {
      if (tiers.some((tier) => tier.code === code)) throw new TierExists({ code });
      const model = like ? find(tiers, like) : undefined;
      const to = {
        name,
        position: Math.max(0, ...tiers.map(({ position }) => position)) + 10,
        features: [...(model?.features ?? [])],
        limits: model?.limits ?? {},
      };
      await inside.tx.query(
        'insert into core_tier (platform_id, code, name, position, features, limits) values ($1, $2, $3, $4, $5, $6)',
        [ctx.platform.id, code, name, to.position, to.features, JSON.stringify(to.limits)],
      );
      await this.#record(inside, 'core.tier.created', { code, name }, undefined, to);
    });
  }

  async rename(ctx: TenantContext, code: string, name: string): Promise<void> {
    await this.#one(ctx, code, 'core.tier.renamed', { name }, ({ name: from }) => ({ name: from }));
  }

  /** Changes places with the next lower or higher tier; at the end nothing happens. */
  async move(ctx: TenantContext, code: string, to: 'down' | 'up'): Promise<void> {
    await this.#change(ctx, async (inside, tiers) => {
      const tier = find(tiers, code);
      const at = tiers.indexOf(tier);
      const other = tiers[at + (to === 'up' ? 1 : -1)];
      if (!other) return;
      const order = tiers.map((one) => (one === tier ? other : one === other ? tier : one));
      // Written for all: positions that were equal would stay in the order of their codes.
      for (const [index, one] of order.entries())
        await inside.tx.query('update core_tier set position = $3 where platform_id = $1 and code = $2', [
          ctx.platform.id,
          one.code,
          (index + 1) * 10,
        ]);
      await this.#record(
        inside,
        'core.tier.moved',
        tier,
        { order: tiers.map((one) => one.code) },
        { order: order.map((one) => one.code) },
      );
    });
  }

  /** The tier that merchants without one have; null: what the host says. */
  async makeDefault(ctx: TenantContext, code: string | null): Promise<void> {
    await this.#change(ctx, async (inside, tiers) => {
      const before = tiers.find((tier) => tier.isDefault);
      const tier = code === null ? undefined : find(tiers, code);
      if (tier?.archivedAt) throw new TierNotFound({ code: tier.code, known: offered(tiers) });
      await inside.tx.query('update core_tier set is_default = false where platform_id = $1 and is_default', [
        ctx.platform.id,
      ]);
      if (tier)
        await inside.tx.query('update core_tier set is_default = true where platform_id = $1 and code = $2', [
          ctx.platform.id,
          tier.code,
        ]);
      await this.deps.audit.record(inside, {
        action: 'core.tier.defaulted',
        subject: { type: 'platform', id: ctx.platform.id, name: ctx.platform.name },
        from: { defaultTier: before?.code ?? null },
        to: { defaultTier: code },
      });
    });
  }

  /** Offers a tier no more; who has it keeps it. @throws {TierInUse} for the default one */
  async archive(ctx: TenantContext, code: string): Promise<void> {
    await this.#one(ctx, code, 'core.tier.archived', { archived_at: ctx.now }, (tier) => {
      if (tier.isDefault) throw new TierInUse({ code, merchants: 0, isDefault: true });
      return { archivedAt: tier.archivedAt };
    });
  }

  async restore(ctx: TenantContext, code: string): Promise<void> {
    await this.#one(ctx, code, 'core.tier.restored', { archived_at: null }, ({ archivedAt }) => ({
      archivedAt,
    }));
  }

  /** Deletes a tier that nobody has. @throws {TierInUse} with the number of merchants that have it */
  async remove(ctx: TenantContext, code: string): Promise<void> {
    await this.#change(ctx, async (inside, tiers) => {
      const tier = find(tiers, code);
      // Counted under the lock on the tier, which whoever gives it to a merchant shares.
      const merchants = (await this.holders({ ...ctx, tx: null })).get(code) ?? 0;
      if (merchants > 0 || tier.isDefault)
        throw new TierInUse({ code, merchants, isDefault: tier.isDefault });
      await inside.tx.query('delete from core_tier where platform_id = $1 and code = $2', [
        ctx.platform.id,
        code,
      ]);
      await this.#record(inside, 'core.tier.deleted', tier, plain(tier), undefined);
    });
  }

  /**
   * Changes what tiers include and bound, all of it or nothing.
   *
   * @param fingerprint of the tiers that the change was made on, see {@link fingerprintOf}
   * @returns codes of the tiers that changed
   * @throws {TiersChanged} when somebody else changed them since
   */
  async saveMatrix(
    ctx: TenantContext,
    { fingerprint, changes }: { readonly fingerprint: string; readonly changes: readonly TierChange[] },
  ): Promise<readonly string[]> {
    const changed: string[] = [];
    await this.#change(ctx, async (inside, tiers) => {
      if (fingerprintOf(tiers) !== fingerprint) throw new TiersChanged();
      for (const change of changes) {
        const tier = find(tiers, change.code);
        const after = changedBy(tier, change);
        if (!after) continue;
        await inside.tx.query(
          'update core_tier set features = $3, limits = $4 where platform_id = $1 and code = $2',
          [ctx.platform.id, tier.code, after.features, JSON.stringify(after.limits)],
        );
        await this.#record(
          inside,
          'core.tier.saved',
          tier,
          whatChanged(plain(tier), after),
          whatChanged(after, plain(tier)),
        );
        changed.push(tier.code);
      }
    });
    return changed;
  }

  async #one(
    ctx: TenantContext,
    code: string,
    action: string,
    change: Readonly<Record<'name', string> | Record<'archived_at', Date | null>>,
    before: (tier: Tier) => object,
  ): Promise<void> {
    await this.#change(ctx, async (inside, tiers) => {
      const tier = find(tiers, code);
      const from = before(tier);
      const [[column, value]] = Object.entries(change) as [['name' | 'archived_at', unknown]];
      await inside.tx.query(`update core_tier set ${column} = $3 where platform_id = $1 and code = $2`, [
        ctx.platform.id,
        code,
        value,
      ]);
      await this.#record(inside, action, tier, from, column === 'name' ? change : { archivedAt: value });
    });
  }

  /** Under a lock on all tiers of the platform: changes wait for each other. */
  async #change(
    ctx: TenantContext,
    work: (inside: InTransaction, tiers: readonly Tier[]) => Promise<void>,
  ): Promise<void> {
    await this.deps.database.unit(ctx, async (inside) => {
      await inside.tx.query('select 1 from core_tier where platform_id = $1 order by code for update', [
        ctx.platform.id,
      ]);
      await work(inside, await this.deps.store.tiersOf(inside));
      await this.deps.store.tiersChanged(inside.tx, ctx.platform.id);
    });
  }

  #record(
    ctx: InTransaction,
    action: string,
    { code, name }: Pick<Tier, 'code' | 'name'>,
    from: unknown,
    to: unknown,
  ): Promise<void> {
    return this.deps.audit.record(ctx, { action, subject: { type: 'tier', id: code, name }, from, to });
  }
}

/** Changes whenever a tier is added, goes, or includes or bounds something else. */
export const fingerprintOf = (tiers: readonly Tier[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        tiers.map(({ code, features, limits }) => [
          code,
          [...features].sort(),
          Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1)),
        ]),
      ),
    )
    .digest('hex')
    .slice(0, 16);

const offered = (tiers: readonly Tier[]): string[] =>
  tiers.filter(({ archivedAt }) => archivedAt === null).map(({ code }) => code);

function find(tiers: readonly Tier[], code: string): Tier {
  const tier = tiers.find((one) => one.code === code);
  if (!tier) throw new TierNotFound({ code, known: tiers.map((one) => one.code) });
  return tier;
}

interface PlainTier {
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

const plain = ({ features, limits }: Tier): PlainTier => ({ features: [...features].sort(), limits });

/** The tier's features and limits after a change; undefined where nothing is another. */
function changedBy(tier: Tier, { features, limits }: TierChange): PlainTier | undefined {
  const included = new Set(tier.features);
  for (const [feature, isIn] of Object.entries(features)) {
    if (isIn) included.add(feature);
    else included.delete(feature);
  }
  const bounds = new Map(Object.entries(tier.limits));
  for (const [limit, value] of Object.entries(limits)) {
    if (value === null) bounds.delete(limit);
    else bounds.set(limit, value);
  }
  const after = { ...tier, features: included, limits: Object.fromEntries(bounds) };
  return fingerprintOf([after]) === fingerprintOf([tier]) ? undefined : plain(after);
}

/** What of `of` is not in `other`: the audit row says what came and what went, not all that stayed. */
const whatChanged = (of: PlainTier, other: PlainTier): object => ({
  features: of.features.filter((feature) => !other.features.includes(feature)),
  limits: Object.fromEntries(
    Object.keys({ ...of.limits, ...other.limits })
      .filter((limit) => of.limits[limit] !== other.limits[limit])
      .map((limit) => [limit, of.limits[limit] ?? null]),
  ),
});
