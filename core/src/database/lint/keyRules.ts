import { tenantColumnsOf } from '../migrations/policies.js';
import type { ForeignKey, Table } from './facts.js';
import type { Finding } from './Finding.js';
import { type Classified, isLedBy, primaryKeyOf, type TableClass } from './ownership.js';

const acrossTenants = 'Across tenants: ';

/** Keys of tenant tables are led by the tenant. */
export function keyFindings(
  { table, kind }: Classified,
  classes: ReadonlyMap<string, TableClass | undefined>,
): Finding[] {
  if (kind !== 'platform' && kind !== 'merchant' && kind !== 'store') return [];
  const tenant = tenantColumnsOf[kind];
  return [
    ...misplacedStore(table, kind),
    ...indexes(table, tenant),
    ...table.foreignKeys.flatMap((key) => foreignKey(table, key, classes)),
  ];
}

/** Rows that surely have a store belong to it, not to its merchant as a whole. */
function misplacedStore(table: Table, kind: TableClass): Finding[] {
  const needs = (name: string): boolean =>
    table.columns.some((column) => column.name === name && column.notNull);
  if (kind === 'store' || !needs('merchant_id') || !needs('store_id')) return [];
  return [
    {
      table: table.name,
      what: `every row has a merchant and a store, but the primary key ${describe(primaryKeyOf(table)?.columns ?? [])} is not led by merchant_id, store_id`,
      howToMend: 'declare it with storeTable, or let store_id be null where it is only noted',
    },
  ];
}

function indexes(table: Table, tenant: readonly string[]): Finding[] {
  return table.indexes.flatMap((index) => {
    if (index.isPrimary || index.comment?.startsWith(acrossTenants)) return [];
    const wanted = index.isUnique ? tenant : tenant.slice(0, 1);
    if (isLedBy(index.columns, wanted)) return [];
    const kind = index.isUnique ? 'unique index' : 'index';
    return [
      {
        table: table.name,
        what: `the ${kind} ${index.name} ${describe(index.columns)} is not led by ${wanted.join(', ')}`,
        howToMend: `declare it in ${index.isUnique ? 'unique' : 'indexes'}, or with its reason in ${index.isUnique ? 'uniqueAcrossTenants' : 'indexesAcrossTenants'}`,
      },
    ];
  });
}

function foreignKey(
  table: Table,
  key: ForeignKey,
  classes: ReadonlyMap<string, TableClass | undefined>,
): Finding[] {
  const target = classes.get(key.target);
  if (target === 'root' || target === 'system') return [];
  const shared = target ? tenantColumnsOf[target] : [];
  if (target && isLedBy(key.columns, shared) && isLedBy(key.targetColumns, shared)) return [];
  return [
    {
      table: table.name,
      what: `the foreign key ${key.name} ${describe(key.columns)} → ${key.target} ${describe(key.targetColumns)} may lead to another tenant's row`,
      howToMend: `let both sides begin with ${shared.join(', ') || 'the tenant key'}: declare it in references`,
    },
  ];
}

function describe(columns: readonly (string | null)[]): string {
  return `(${columns.map((column) => column ?? 'an expression').join(', ')})`;
}
