import type { RouteContext } from '../../../kernel/route.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { moduleChangeOf } from '../../core/trail/moduleChange.js';
import { trailLines, type TrailLine } from '../../core/trail/trailLines.js';

/** One change of modules or their settings, in words. */
export interface ModuleChangeView extends TrailLine {
  /** The revision it led to; null where it is not known. */
  readonly revision: number | null;
}

/** Beginning of the actions that are about modules. */
export const MODULE_ACTIONS = 'core.module';

/** The latest changes of the platform's modules, newest first. */
export async function recentChanges(
  parts: CoreParts,
  ctx: RouteContext,
  count = 6,
): Promise<ModuleChangeView[]> {
  const { items } = await parts.audit.list(ctx, { actionOf: MODULE_ACTIONS, perPage: count });
  const lines = await trailLines(parts, ctx, items);
  return lines.map((line, index) => ({
    ...line,
    revision: moduleChangeOf(items[index] ?? { from: null, to: null }).revision,
  }));
}
