import type { Database, Meter, TenantContext, UsageMeters } from '@wizamart/core';
import { asProvider, atMerchant } from '../asProvider.js';
import { merchantsWith } from '../jobs/eachMerchant.js';
import type { LimitCapacity, Measured, TierShare } from './CapacitySnapshot.js';

/** Subscriptions that give what was bought. */
const ENTITLED = "s.status IN ('trialing', 'active', 'past_due')";
/** Merchants measured at the same time: enough to keep the database busy, few enough to leave it to others. */
const AT_ONCE = 4;

/** Adds up what merchants with a subscription may use, and what they use. */
export class CapacityMeasure {
  readonly #database: Database;
  readonly #usage: UsageMeters;

  constructor(deps: { readonly database: Database; readonly usage: UsageMeters }) {
    this.#database = deps.database;
    this.#usage = deps.usage;
  }

  /** As of now. Fails as a whole: a sum that lacks a merchant would be wrong. */
  async measure(ctx: TenantContext): Promise<Measured> {
    const merchants = await merchantsWith(this.#database, ctx, ENTITLED);
    const found: (readonly Meter[])[] = [];
    for (let first = 0; first < merchants.length; first += AT_ONCE)
      found.push(
        ...(await Promise.all(
          merchants
            .slice(first, first + AT_ONCE)
            .map((merchant) => this.#usage.all(asProvider(atMerchant(ctx, merchant)))),
        )),
      );
    return { subscriptions: merchants.length, tiers: await this.#tiers(ctx), limits: added(found) };
  }

  async #tiers(ctx: TenantContext): Promise<readonly TierShare[]> {
    return this.#database.directory(ctx, ({ tx }) =>
      tx.query<TierShare & object>(
        `SELECT v.code, max(v.name) AS name, count(*)::int AS subscriptions FROM billing_subscription s
           JOIN billing_product_version v ON v.platform_id = s.platform_id AND v.id = s.version_id
         WHERE s.platform_id = $1 AND ${ENTITLED} GROUP BY v.code ORDER BY count(*) DESC, v.code`,
        [ctx.platform.id],
      ),
    );
  }
}

/** @param found the meters of each merchant */
function added(found: readonly (readonly Meter[])[]): readonly LimitCapacity[] {
  const limits = new Map<string, LimitCapacity>();
  for (const meters of found)
    for (const code of new Set(meters.map((meter) => meter.code))) {
      const own = meters.filter((meter) => meter.code === code);
      limits.set(code, plus(limits.get(code) ?? none(own[0] as Meter), own));
    }
  return [...limits.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

const none = ({ code, name, module, resetsAt }: Meter): LimitCapacity => ({
  code,
  name,
  module,
  isMonthly: resetsAt !== null,
  theoretical: 0,
  used: 0,
  merchants: 0,
  over: 0,
  unlimited: { merchants: 0, used: 0 },
});

/** @param own the meters of one merchant for the limit: one, or one per store */
function plus(sum: LimitCapacity, own: readonly Meter[]): LimitCapacity {
  const used = own.reduce((total, { current }) => total + current, 0);
  if (own.some(({ limit }) => limit === null))
    return {
      ...sum,
      unlimited: { merchants: sum.unlimited.merchants + 1, used: sum.unlimited.used + used },
    };
  return {
    ...sum,
    theoretical: sum.theoretical + own.reduce((total, { limit }) => total + (limit ?? 0), 0),
    used: sum.used + used,
    merchants: sum.merchants + 1,
    over: sum.over + (own.some(({ isOver }) => isOver) ? 1 : 0),
  };
}
