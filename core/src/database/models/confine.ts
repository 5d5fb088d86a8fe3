import type { Knex } from 'knex';
import type { TenantValues } from './tenantColumns.js';

/** A piece of a query as knex keeps it. */
interface Clause {
  readonly grouping: string;
  readonly type: string;
  readonly bool?: string;
}

/** Plain comparisons joined by AND may stand beside the tenant's; all else goes into brackets. */
const plain = new Set(['whereBasic', 'whereIn', 'whereNull', 'whereBetween', 'whereExists', 'whereWrapped']);

/** Adds the tenant's WHERE around what a finished knex query has as its own. */
export function confine(query: Knex.QueryBuilder, table: string, tenant: TenantValues): void {
  const own = clausesOf(query).filter((clause) => clause.grouping === 'where');
  query.clearWhere();
  for (const [column, value] of Object.entries(tenant)) query.where(`${table}.${column}`, value);
  if (own.length === 0) return;
  if (own.every((clause) => clause.bool === 'and' && plain.has(clause.type))) clausesOf(query).push(...own);
  else query.where((group) => void clausesOf(group).push(...own));
}

function clausesOf(query: object): Clause[] {
  return (query as { _statements: Clause[] })._statements;
}
