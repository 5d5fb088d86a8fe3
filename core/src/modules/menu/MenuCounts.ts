import type { Database } from '../../database/Database.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { countPeople, type PeopleCounts } from '../../tenancy/countPeople.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import { LoadingCache } from '../entitlements/LoadingCache.js';

/** They tell roughly how much there is: nobody waits for them, and they may be a little behind. */
const TTL_MS = 10_000;

/** How much is behind entries of the administration's menu; held in memory for some seconds. */
export class MenuCounts {
  readonly #database: Pick<Database, 'directory'>;
  readonly #counts = new LoadingCache<PeopleCounts>({ max: 500, ttlMs: TTL_MS });

  constructor({ database }: { readonly database: Pick<Database, 'directory'> }) {
    this.#database = database;
  }

  /** By code of the menu item; nothing on other surfaces, and above all platforms for super admins alone. */
  async of(ctx: TenantContext): Promise<ReadonlyMap<string, number>> {
    const isGlobal = isGlobalPlatform(ctx.platform);
    if (ctx.surface !== 'admin' || ctx.actor.kind !== 'user') return NOTHING;
    if (isGlobal && !ctx.actor.isSuperAdmin) return NOTHING;
    const { merchants, stores } = await this.#counts.get(ctx.platform.id, () =>
      countPeople(this.#database, ctx, isGlobal ? null : ctx.platform.id),
    );
    return new Map([
      ['merchants', merchants],
      ['stores', stores],
      ...(isGlobal ? [] : [['modules', (ctx.snapshot as Snapshot).modules.size] as const]),
    ]);
  }
}

const NOTHING: ReadonlyMap<string, number> = new Map();
