import type { RouteContext } from '../../../kernel/route.js';
import type { Meter } from '../../../modules/entitlements/UsageMeters.js';
import type { Snapshot } from '../../../kernel/snapshot/Snapshot.js';
import { amountText } from '../../platform-admin/limitAmounts.js';
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
    readonly used: string;
    readonly limit: string;
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
  const { limits } = ctx.snapshot as Snapshot;
  const nameOf = (code: string | null): string | null => all.find((tier) => tier.code === code)?.name ?? null;
  return {
    tier: nameOf(ctx.store?.tierCode ?? null),
    meters: meters
      .filter(isNear)
      .sort((a, b) => fullness(b) - fullness(a))
      .map(({ code, current, limit, upgradeTo }) => {
        const bounds = limits.get(code);
        const said = (amount: number): string => amountText(ctx.language, bounds ?? {}, amount);
        return {
          label: texts.limit(bounds?.plugin ?? 'core', code),
          used: said(current),
          limit: said(limit ?? 0),
          isFull: current >= (limit ?? 0),
          upgradeTo: nameOf(upgradeTo),
        };
      }),
  };
}

const fullness = ({ current, limit }: Meter): number => current / Math.max(1, limit ?? 1);

/** A limit of nothing is no use that could grow: its feature is locked where it would be used. */
const isNear = ({ limit, current }: Meter): boolean => limit !== null && limit > 0 && current / limit >= NEAR;
