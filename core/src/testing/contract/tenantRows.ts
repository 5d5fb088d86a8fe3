import { ownTables } from './ownTables.js';
import type { ContractWorld, Side } from './world.js';

/** Whose rows a table holds, by its columns; what has none of the tenants' columns is everybody's. */
type Owner = 'store' | 'merchant' | 'platform' | 'none';

export interface TenantRow {
  readonly table: string;
  readonly owner: Owner;
  /** Whether it also says on which platform it stands. */
  readonly isOnPlatform: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The rows of a store, of its merchant and of its platform in the plugin's tables. */
export async function tenantRows(
  { plugin, server }: ContractWorld,
  { platform, store }: Side,
): Promise<TenantRow[]> {
  const rows: TenantRow[] = [];
  for (const table of ownTables(plugin)) {
    const columns = new Set(
      (
        await server.database.owner<{ name: string }>(
          'select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped',
          [table],
        )
      ).map(({ name }) => name),
    );
    const owner: Owner = columns.has('store_id')
      ? 'store'
      : columns.has('merchant_id')
        ? 'merchant'
        : columns.has('platform_id')
          ? 'platform'
          : 'none';
    const isOnPlatform = columns.has('platform_id');
    const id = { store: store.id, merchant: store.merchantId, platform: platform.id, none: '' }[owner];
    const where = [
      owner === 'none' ? `$1 = ''` : `${owner}_id = $1`,
      // Without a platform a row is its owner's on all of them.
      ...(isOnPlatform ? [`(platform_id = '${platform.id}' or platform_id is null)`] : []),
    ].join(' and ');
    const found = await server.database.everything<Record<string, unknown>>(
      `select * from ${table} where ${where}`,
      [id],
    );
    rows.push(
      ...found.map((values) => ({
        table,
        owner,
        isOnPlatform: isOnPlatform && values['platform_id'] !== null,
        values,
      })),
    );
  }
  return rows;
}

const TENANT_COLUMNS = new Set(['platform_id', 'merchant_id', 'store_id']);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids that stand in rows, but for those of tenants; the first few. */
export function idsIn(rows: readonly TenantRow[], most = 8): string[] {
  const ids = rows.flatMap(({ values }) =>
    Object.entries(values).flatMap(([name, value]) =>
      !TENANT_COLUMNS.has(name) && typeof value === 'string' && UUID.test(value) ? [value] : [],
    ),
  );
  return [...new Set(ids)].slice(0, most);
}
