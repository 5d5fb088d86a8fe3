import type { Model } from 'objection';
import type { Knex } from 'knex';
import type { QueryResultRow } from 'pg';
import type { TenantContext } from '../../kernel/context.js';
import { camelCaseKeys } from '../builder.js';
import type { Statement } from '../unitOfWork.js';
import { type TenantColumn, tenantValues } from './tenantColumns.js';
import type { TenantScope } from './TenantQuery.js';

const mark = '\u0001param:';
const tenantMark = '\u0001tenant:';

/** A value to be named when a compiled query runs; stands where the value would. Not for `limit` and `offset`. */
export function param(name: string): string {
  return mark + name;
}

/** A query of a tenant model whose SQL was built once; rows have camelCase keys. */
export interface CompiledQuery<M extends Model = Model> extends Statement {
  /**
   * The values to run it with: the tenant's of the context, the others by the names given to `param`.
   *
   * @throws {TenantMissing} when the context lacks the owner
   */
  values(ctx: TenantContext, params?: Readonly<Record<string, unknown>>): unknown[];
  readonly mapRow: (row: QueryResultRow) => QueryResultRow;
  /** Only for its type. */
  readonly model?: M;
}

/** Builds the SQL of a query whose tenant and parameters are filled in later. */
export function compileQuery<M extends Model>(
  model: { readonly name: string; readonly tenantColumns: readonly TenantColumn[] },
  name: string,
  build: (scope: TenantScope) => object,
): CompiledQuery<M> {
  const scope: TenantScope = {
    tx: null,
    isConfined: true,
    values: Object.fromEntries(model.tenantColumns.map((column) => [column, tenantMark + column])),
    valueOf: (column) => tenantMark + column,
  };
  const { sql, bindings } = (build(scope) as { toKnexQuery(): Knex.QueryBuilder })
    .toKnexQuery()
    .toSQL()
    .toNative();
  const fillers = bindings.map((binding) => fillerOf(binding, `${model.name} '${name}'`));
  return Object.freeze({
    name,
    text: sql,
    mapRow: camelCaseKeys,
    values: (ctx: TenantContext, params: Readonly<Record<string, unknown>> = {}) =>
      fillers.map((fill) => fill(ctx, params)),
  });
}

type Filler = (ctx: TenantContext, params: Readonly<Record<string, unknown>>) => unknown;

function fillerOf(binding: unknown, where: string): Filler {
  if (typeof binding === 'string' && binding.startsWith(tenantMark)) {
    const column = binding.slice(tenantMark.length) as TenantColumn;
    return (ctx) => tenantValues(ctx, [column], where)[column];
  }
  if (typeof binding === 'string' && binding.startsWith(mark)) {
    const name = binding.slice(mark.length);
    return (_ctx, params) => {
      if (params[name] === undefined) throw new TypeError(`${where} needs a value for '${name}'`);
      return params[name];
    };
  }
  return () => binding;
}
