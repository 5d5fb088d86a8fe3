import { type Audit, type Database, type InTransaction, type TenantContext, uuidv7 } from '@wizamart/core';
import { luxembourgDay } from '../invoices/luxembourgDay.js';
import type { CapacityMeasure } from './CapacityMeasure.js';
import { CapacitySnapshot, type Measured } from './CapacitySnapshot.js';

/** What was allowed and used, day by day. */
export class CapacitySnapshots {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #measure: CapacityMeasure;

  constructor(deps: {
    readonly database: Database;
    readonly audit: Audit;
    readonly capacityMeasure: CapacityMeasure;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#measure = deps.capacityMeasure;
  }

  /**
   * Measures the platform, once a day: who comes second finds the snapshot and leaves it. A day on which nobody
   * measured stays without one, since what was used then is not known any more.
   */
  async capture(ctx: TenantContext): Promise<CapacitySnapshot> {
    const known = await this.#database.unit(ctx, (inside) => ofDay(inside));
    if (known) return known;
    const measured = await this.#measure.measure(ctx);
    return this.#database.unit(ctx, async (inside) => {
      await CapacitySnapshot.in(inside).insert(rowOf(ctx, measured)).onConflict(['day']).ignore();
      return (await ofDay(inside)) as CapacitySnapshot;
    });
  }

  /** Measures the platform now, for an administrator: in place of what was measured earlier that day. */
  async captureNow(ctx: TenantContext): Promise<CapacitySnapshot> {
    const measured = await this.#measure.measure(ctx);
    return this.#database.unit(ctx, async (inside) => {
      await CapacitySnapshot.in(inside)
        .insert(rowOf(ctx, measured))
        .onConflict(['day'])
        .merge(['capturedAt', 'subscriptions', 'tiers', 'limits']);
      const kept = (await ofDay(inside)) as CapacitySnapshot;
      await this.#audit.record(inside, {
        action: 'billing.capacity.captured',
        subject: { type: 'billing.capacity', id: kept.id, name: kept.day },
      });
      return kept;
    });
  }

  /** The newest one; undefined before the first. */
  latest(ctx: TenantContext): Promise<CapacitySnapshot | undefined> {
    return this.#database.unit(ctx, (inside) => CapacitySnapshot.in(inside).orderBy('day', 'desc').first());
  }

  /** Those since a day, oldest first. @param day `yyyy-mm-dd` */
  since(ctx: TenantContext, day: string): Promise<readonly CapacitySnapshot[]> {
    return this.#database.unit(ctx, (inside) =>
      CapacitySnapshot.in(inside).where('day', '>=', day).orderBy('day'),
    );
  }
}

const ofDay = (ctx: InTransaction): Promise<CapacitySnapshot | undefined> =>
  CapacitySnapshot.in(ctx)
    .findOne({ day: luxembourgDay(ctx.now) })
    .then((row) => row as CapacitySnapshot | undefined);

const rowOf = (ctx: TenantContext, { subscriptions, tiers, limits }: Measured) => ({
  id: uuidv7(ctx.now),
  day: luxembourgDay(ctx.now),
  capturedAt: ctx.now,
  subscriptions,
  tiers,
  limits,
});
