import type { Database } from '../../database/Database.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import { LoadingCache } from '../entitlements/LoadingCache.js';

interface Counts {
  readonly merchants: number;
  readonly stores: number;
}

const COUNT = `select
  (select count(*)::int from core_merchant m where $1::uuid is null
    or exists (select 1 from core_merchant_platform p where p.merchant_id = m.id and p.platform_id = $1)) as merchants,
  (select count(distinct store_id)::int from core_store_platform where is_active and ($1::uuid is null or platform_id = $1)) as stores`;
/** They tell roughly how much there is: nobody waits for them, and they may be a little behind. */
const TTL_MS = 10_000;

/** How much is behind entries of the administration's menu; held in memory for some seconds. */
export class MenuCounts {
  readonly #database: Pick<Database, 'directory'>;
  readonly #counts = new LoadingCache<Counts>({ max: 500, ttlMs: TTL_MS });

  constructor({ database }: { readonly database: Pick<Database, 'directory'> }) {
    this.#database = database;
  }

  /** By code of the menu item; nothing on other surfaces, and above all platforms for super admins alone. */
  async of(ctx: TenantContext): Promise<ReadonlyMap<string, number>> {
    const isGlobal = isGlobalPlatform(ctx.platform);
    if (ctx.surface !== 'admin' || ctx.actor.kind !== 'user') return NOTHING;
    if (isGlobal && !ctx.actor.isSuperAdmin) return NOTHING;
    const { merchants, stores } = await this.#counts.get(ctx.platform.id, async () => {
      const [row] = await this.#database.directory(ctx, ({ tx }) =>
        tx.query<Counts & object>(COUNT, [isGlobal ? null : ctx.platform.id]),
      );
      return row ?? { merchants: 0, stores: 0 };
    });
    return new Map([
      ['merchants', merchants],
      ['stores', stores],
      ...(isGlobal ? [] : [['modules', (ctx.snapshot as Snapshot).modules.size] as const]),
    ]);
  }
}

const NOTHING: ReadonlyMap<string, number> = new Map();
