import type { Knex } from 'knex';
import objection, { type Model, type Page } from 'objection';
import { sqlBuilder } from '../builder.js';
import { QueryRefused } from '../errors.js';
import { bound } from '../OpenTransaction.js';
import type { Transaction } from '../unitOfWork.js';
import { confine } from './confine.js';
import { refusedMethods } from './refusedMethods.js';
import type { TenantColumn, TenantValues } from './tenantColumns.js';

/** What a query of a tenant model belongs to. */
export interface TenantScope {
  /** Null where SQL is only compiled. */
  readonly tx: Transaction | null;
  readonly values: TenantValues;
  /** Ids of tenants that a joined model may be owned by; a missing one is an error there. */
  readonly valueOf: (column: TenantColumn) => string;
  /** False only in tests that want row-level security alone. */
  readonly isConfined: boolean;
}

/** A model class, as far as a join needs it. */
interface Joinable {
  readonly tableName: string;
  readonly tenantColumns: readonly TenantColumn[];
}

/**
 * A query builder that stays with one tenant: the WHERE is added when the SQL is built, around everything the
 * caller wrote, so that neither `orWhere` nor `clearWhere` gets past it.
 */
export class TenantQuery<M extends Model, R = M[]> extends objection.QueryBuilder<M, R> {
  declare ArrayQueryBuilderType: TenantQuery<M>;
  declare SingleQueryBuilderType: TenantQuery<M, M>;
  declare MaybeSingleQueryBuilderType: TenantQuery<M, M | undefined>;
  declare NumberQueryBuilderType: TenantQuery<M, number>;
  declare PageQueryBuilderType: TenantQuery<M, Page<M>>;

  /**
   * Joins rows of another model of the same tenant.
   *
   * @param on own column → column of the other model; the tenant's columns are compared by themselves
   */
  joinTenant(other: Joinable, on: Readonly<Record<string, string>>): this {
    return join(this, 'join', other, on);
  }

  /** As `joinTenant`, and keeps rows without a partner. */
  leftJoinTenant(other: Joinable, on: Readonly<Record<string, string>>): this {
    return join(this, 'leftJoin', other, on);
  }

  /** Fails with PostgreSQL's own error (`code`, `constraint`), as raw queries do. */
  override async execute(): Promise<R> {
    try {
      return await super.execute();
    } catch (error) {
      throw (error as { nativeError?: Error }).nativeError ?? error;
    }
  }

  override async resultSize(): Promise<number> {
    const counted = this.clone().clear(/orderBy|offset|limit/);
    const { tx } = scopeOf(this);
    const count: Knex.QueryBuilder = sqlBuilder.queryBuilder();
    const rows = (inner: Knex.QueryBuilder): void => void internals(counted).toKnexQuery(inner).as('counted');
    count.count('* as count').from(rows as never);
    const [row] = (await (tx ? bound(count, tx) : count)) as { count: number }[];
    return Number(row?.count ?? 0);
  }

  /** objection's last step from operations to SQL, for queries, sub-queries and counts alike. */
  executeOnBuildKnex(query: Knex.QueryBuilder): Knex.QueryBuilder {
    const built = original.executeOnBuildKnex.call(this, query);
    // A callback's piece of a WHERE: the whole query has the tenant around it.
    if (internals(this).isPartial()) return built;
    const scope = scopeOf(this);
    if (scope.isConfined && !this.isInsert()) confine(built, internals(this).tableRef(), scope.values);
    return scope.tx ? bound(built, scope.tx) : built;
  }
}

/** The tenant of a query. */
function scopeOf(query: { context(): object }): TenantScope {
  const scope = (query.context() as { tenant?: TenantScope }).tenant;
  if (!scope) throw new QueryRefused({ method: 'query', instead: "begin with the model's in(ctx)" });
  return scope;
}

/** Methods of objection that its types leave out, or that are refused to callers. */
interface Internals {
  executeOnBuildKnex(query: Knex.QueryBuilder): Knex.QueryBuilder;
  toKnexQuery(query: Knex.QueryBuilder): Knex.QueryBuilder;
  isPartial(): boolean;
  tableRef(): string;
  onConflict(columns?: readonly string[]): unknown;
  join(table: string, on: (clause: Knex.JoinClause) => void): unknown;
  leftJoin(table: string, on: (clause: Knex.JoinClause) => void): unknown;
  transacting(knex: unknown): unknown;
}
const original = objection.QueryBuilder.prototype as unknown as Internals;

function internals(query: object): Internals {
  return query as Internals;
}

function join<Query extends { context(): object }>(
  query: Query,
  method: 'join' | 'leftJoin',
  other: Joinable,
  on: Readonly<Record<string, string>>,
): Query {
  const scope = scopeOf(query);
  const own = internals(query).tableRef();
  original[method].call(query, other.tableName, (clause) => {
    for (const column of scope.isConfined ? other.tenantColumns : []) {
      if (column in scope.values) clause.on(`${own}.${column}`, `${other.tableName}.${column}`);
      else clause.onVal(`${other.tableName}.${column}`, scope.valueOf(column));
    }
    for (const [mine, theirs] of Object.entries(on))
      clause.on(`${own}.${mine}`, `${other.tableName}.${theirs}`);
  });
  return query;
}

// Unique keys are led by the tenant, so what is named here is too.
define(
  'onConflict',
  function onConflict(this: TenantQuery<Model>, columns?: string | readonly string[] | true) {
    if (columns === undefined || columns === true) return original.onConflict.call(this);
    const named = [columns].flat();
    const tenant = Object.keys(scopeOf(this).values).filter((column) => !named.includes(column));
    return original.onConflict.call(this, [...tenant, ...named]);
  },
);

// objection calls it itself, without a transaction.
define('transacting', function transacting(this: TenantQuery<Model>, knex: unknown) {
  if (knex)
    throw new QueryRefused({ method: 'transacting', instead: 'the unit of work is that of the context' });
  return this;
});

for (const [method, instead] of Object.entries(refusedMethods)) {
  define(method, () => {
    throw new QueryRefused({ method, instead });
  });
}

function define(method: string, value: unknown): void {
  Object.defineProperty(TenantQuery.prototype, method, { configurable: true, writable: true, value });
}
