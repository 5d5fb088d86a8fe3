import type { TenantContext } from '../../kernel/context.js';
import type { HealthReport } from '../../kernel/plugin.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import type { CoreParts } from '../core/CoreParts.js';

export interface ModuleReport {
  readonly module: string;
  /** Null: the module could not say. */
  readonly report: HealthReport | null;
}

/** What the modules that are on say of the platform; one that fails is noted, and keeps nobody else from speaking. */
export async function healthReports(
  { attribution }: Pick<CoreParts, 'attribution'>,
  ctx: TenantContext,
): Promise<readonly ModuleReport[]> {
  if (isGlobalPlatform(ctx.platform)) return [];
  return Promise.all(
    (ctx.snapshot as Snapshot).healthReports.map(async ({ plugin, ask }) => {
      try {
        return { module: plugin, report: await ask(ctx) };
      } catch (error) {
        attribution.report({ plugin, platform: ctx.platform.code, during: 'the health report', error });
        return { module: plugin, report: null };
      }
    }),
  );
}
