import { type TableOwner, tenantColumnsOf } from '../migrations/policies.js';
import type { Index, Table } from './facts.js';
import { comparesOwn } from './expressions.js';

/** Whose rows a table holds, as the facts show it; `system` is what no tenant's role may read. */
export type TableClass = TableOwner | 'root' | 'system';

export interface Classified {
  readonly table: Table;
  /** Undefined where the facts fit no class. */
  readonly kind: TableClass | undefined;
}

/** What `app_serve` may do, directly or as everybody. */
export function servedPrivileges(table: Table): string[] {
  return [
    ...new Set(
      table.grants
        .filter(({ role }) => role === 'app_serve' || role === 'public')
        .map(({ privilege }) => privilege),
    ),
  ];
}

export function primaryKeyOf(table: Table): Index | undefined {
  return table.indexes.find((index) => index.isPrimary);
}

export function isLedBy(columns: readonly (string | null)[], tenant: readonly string[]): boolean {
  return tenant.every((column, place) => columns[place] === column);
}

/** The class of a table: by who may touch it, then by what leads its primary key. */
export function classOf(table: Table): TableClass | undefined {
  const served = servedPrivileges(table);
  // A tenant may add to the outbox, but not look into it.
  const mayRead = served.some((privilege) => privilege !== 'insert');
  const key = primaryKeyOf(table)?.columns ?? [];
  const owner = (['store', 'merchant', 'platform'] as const).find((each) =>
    isLedBy(key, tenantColumnsOf[each]),
  );
  if (served.length === 0) return 'system';
  if (owner) return owner;
  if (
    key.length === 1 &&
    table.policies.some((policy) =>
      (['platform', 'merchant', 'user'] as const).some((of) => comparesOwn(policy.using, 'id', of)),
    )
  )
    return 'root';
  return mayRead ? undefined : 'system';
}
