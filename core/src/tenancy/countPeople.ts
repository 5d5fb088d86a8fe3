import type { Database } from '../database/Database.js';
import type { TenantContext } from '../kernel/context.js';

/** Merchants, and stores that are active. */
export interface PeopleCounts {
  readonly merchants: number;
  readonly stores: number;
}

const COUNT = `select
  (select count(*)::int from core_merchant m where $1::uuid is null
    or exists (select 1 from core_merchant_platform p where p.merchant_id = m.id and p.platform_id = $1)) as merchants,
  (select count(distinct store_id)::int from core_store_platform where is_active and ($1::uuid is null or platform_id = $1)) as stores`;

/** Counts across tenants. @param platformId null: of the whole installation */
export async function countPeople(
  database: Pick<Database, 'directory'>,
  ctx: TenantContext,
  platformId: string | null,
): Promise<PeopleCounts> {
  const [row] = await database.directory(ctx, ({ tx }) =>
    tx.query<PeopleCounts & object>(COUNT, [platformId]),
  );
  return row ?? { merchants: 0, stores: 0 };
}
