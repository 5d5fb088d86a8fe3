import type { RouteContext } from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { may } from '../../views/words.js';
import type { CoreParts } from '../CoreParts.js';
import { trailLines, type TrailLine } from '../trail/trailLines.js';

const COUNT = 7;

/** The latest lines of the audit trail that the person may read here. */
export async function overviewRecent(parts: CoreParts, ctx: RouteContext): Promise<TrailLine[]> {
  if (!may(ctx, 'platform-admin.audit.view')) return [];
  const { items } = isGlobalPlatform(ctx.platform)
    ? await parts.audit.listAcross(ctx, { perPage: COUNT })
    : await parts.audit.list(ctx, { perPage: COUNT });
  return trailLines(parts, ctx, items);
}
