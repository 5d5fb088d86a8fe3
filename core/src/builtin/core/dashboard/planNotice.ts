import type { RouteContext } from '../../../kernel/route.js';
import type { Meter } from '../../../modules/entitlements/UsageMeters.js';
import { moduleTexts } from '../../platform-admin/modules/moduleTexts.js';
import type { CoreParts } from '../CoreParts.js';

/** From here on people are told that a limit is near. */
const NEAR = 0.8;

export interface PlanNotice {
  /** Name of the merchant's tier; null where it has none. */
  readonly tier: string | null;
  /** Limits that are nearly or wholly used up, the fullest first. */
  readonly meters: readonly {
    readonly label: string;
    readonly used: number;
    readonly limit: number;
    readonly isFull: boolean;
    /** Name of the tier that allows more; null where none does. */
    readonly upgradeTo: string | null;
  }[];
}

/** The plan of the store's merchant, and what of it is nearly used up. */
export async function planNotice(parts: CoreParts, ctx: RouteContext): Promise<PlanNotice> {
  const { usage, tiers } = parts;
  const texts = moduleTexts(parts, ctx);
  const [meters, all] = [await usage.all(ctx), await tiers.list(ctx)];
  const nameOf = (code: string | null): string | null => all.find((tier) => tier.code === code)?.name ?? null;
  return {
    tier: nameOf(ctx.store?.tierCode ?? null),
    meters: meters
      .filter(isNear)
      .map((meter) => ({
        label: texts.limit(ctx.snapshot.limits?.get(meter.code)?.plugin ?? 'core', meter.code),
        used: meter.current,
        limit: meter.limit ?? 0,
        isFull: meter.current >= (meter.limit ?? 0),
        upgradeTo: nameOf(meter.upgradeTo),
      }))
      .sort((a, b) => b.used / Math.max(1, b.limit) - a.used / Math.max(1, a.limit)),
  };
}

/** A limit of nothing is no use that could grow: its feature is locked where it would be used. */
const isNear = ({ limit, current }: Meter): boolean => limit !== null && limit > 0 && current / limit >= NEAR;
