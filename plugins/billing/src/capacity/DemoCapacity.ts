import { type Database, type TenantContext, uuidv7 } from '@wizamart/core';
import { addDays, luxembourgDay } from '../invoices/luxembourgDay.js';
import { CapacitySnapshot, type LimitCapacity } from './CapacitySnapshot.js';
import type { CapacitySnapshots } from './CapacitySnapshots.js';

/** Days of the past that the demo pretends to have measured. */
const DAYS = 75;

/** A past for the demo, so that there are trends to look at: what is used today, with growth that led there. */
export class DemoCapacity {
  readonly #database: Database;
  readonly #snapshots: CapacitySnapshots;

  constructor(deps: { readonly database: Database; readonly capacitySnapshots: CapacitySnapshots }) {
    this.#database = deps.database;
    this.#snapshots = deps.capacitySnapshots;
  }

  /** May be run any number of times: a platform with snapshots keeps them. */
  async fill(ctx: TenantContext): Promise<void> {
    if (await this.#snapshots.latest(ctx)) return;
    const { capturedAt, subscriptions, tiers, limits } = await this.#snapshots.capture(ctx);
    if (subscriptions === 0) return;
    const rows = Array.from({ length: DAYS }, (_, index) => index + 1).map((ago) => {
      const at = new Date(capturedAt.getTime() - ago * 86_400_000);
      return {
        id: uuidv7(at),
        day: addDays(luxembourgDay(ctx.now), -ago),
        capturedAt: at,
        subscriptions,
        tiers,
        limits: limits.map((limit) => earlier(limit, ago)),
      };
    });
    await this.#database.unit(ctx, async (inside) => {
      await CapacitySnapshot.in(inside).insert(rows).onConflict(['day']).ignore();
    });
  }
}

/** Grows to today's value, a little more on some days of the week than on others. */
function earlier(limit: LimitCapacity, ago: number): LimitCapacity {
  const share = (1 - (0.6 * ago) / DAYS) * (1 + 0.03 * Math.sin((2 * Math.PI * ago) / 7));
  const before = (used: number): number => Math.max(0, Math.round(used * share));
  return {
    ...limit,
    used: before(limit.used),
    over: 0,
    unlimited: { ...limit.unlimited, used: before(limit.unlimited.used) },
  };
}
