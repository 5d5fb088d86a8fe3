import objection, { type ModelOptions, type QueryContext } from 'objection';
import { TenantMissing } from '../../errors/common.js';
import { sqlBuilder } from '../builder.js';
import { TenantMismatch } from '../errors.js';
import { OpenTransaction } from '../OpenTransaction.js';
import type { InTransaction } from '../InTransaction.js';
import { compileQuery, type CompiledQuery } from './CompiledQuery.js';
import { type TenantColumn, tenantValues } from './tenantColumns.js';
import { TenantQuery, type TenantScope } from './TenantQuery.js';

/** A class of models that belong to a tenant. */
export interface TenantModelClass<M extends TenantModel> {
  new (): M;
  readonly tableName: string;
  readonly tenantColumns: readonly TenantColumn[];
}

/**
 * A row that belongs to a tenant: take `PlatformModel`, `MerchantModel` or `StoreModel`.
 *
 * Queries begin with `SomeModel.in(ctx)` inside a unit of work. They carry the tenant in their WHERE, inserts get
 * its columns, updates cannot change them. Declare columns with `declare`, and jsonb ones in `jsonAttributes`.
 */
export abstract class TenantModel extends objection.Model {
  /** Owners of a row, as they lead its primary key. */
  static readonly tenantColumns: readonly TenantColumn[] = [];
  static override idColumn: string | string[] = 'id';
  static override QueryBuilder = TenantQuery as typeof objection.QueryBuilder;
  declare QueryBuilderType: TenantQuery<this>;

  /**
   * A query over the rows of the context's tenant.
   *
   * @throws {TenantMissing} outside of a unit of work, or when the context lacks the owner
   */
  static in<M extends TenantModel>(this: TenantModelClass<M>, ctx: InTransaction): TenantQuery<M> {
    return scopedQuery(this, ctx, this.tenantColumns);
  }

  /**
   * Builds a query once, to be run by `Database.read`: `PageModel.compile('cms.page.bySlug', (q) => q.where('slug', param('slug')))`.
   *
   * @param name the statement's name in the database, unique in the installation
   */
  static compile<M extends TenantModel>(
    this: TenantModelClass<M>,
    name: string,
    build: (query: TenantQuery<M>) => objection.QueryBuilder<M, unknown>,
  ): CompiledQuery<M> {
    return compileQuery(this, name, (scope) => build(queryOf(this, scope)));
  }

  override $beforeInsert(queryContext: QueryContext): Promise<void> | void {
    const { values } = (queryContext as unknown as { tenant: TenantScope }).tenant;
    refuseOtherTenant(this, values, 'insert');
    Object.assign(this, values);
  }

  override $beforeUpdate(_options: ModelOptions, queryContext: QueryContext): Promise<void> | void {
    const { values } = (queryContext as unknown as { tenant: TenantScope }).tenant;
    refuseOtherTenant(this, values, 'update');
  }
}

/** A query of a model that is confined to the named owners. */
export function scopedQuery<M extends TenantModel>(
  model: TenantModelClass<M>,
  ctx: InTransaction,
  columns: readonly TenantColumn[],
): TenantQuery<M> {
  const where = `${model.name}.in`;
  // Types say that it is there; a context that was cast says otherwise.
  const tx = ctx.tx as InTransaction['tx'] | null;
  if (!tx) throw new TenantMissing({ needed: 'transaction', where });
  return queryOf(model, {
    tx,
    values: tenantValues(ctx, columns, where),
    valueOf: (column) => tenantValues(ctx, [column], `${where} joined`)[column] as string,
    isConfined: !(tx instanceof OpenTransaction) || tx.modelScope,
  });
}

function queryOf<M extends TenantModel>(model: TenantModelClass<M>, scope: TenantScope): TenantQuery<M> {
  const query = TenantQuery.forClass(model as never) as unknown as TenantQuery<M>;
  return (query as unknown as { knex(knex: unknown): TenantQuery<M> })
    .knex(sqlBuilder)
    .context({ tenant: scope });
}

function refuseOtherTenant(row: object, values: object, what: string): void {
  for (const [column, value] of Object.entries(values)) {
    const given = (row as Record<string, unknown>)[column];
    if (given !== undefined && given !== value) {
      throw new TenantMismatch({
        where: `${row.constructor.name} ${what}`,
        what: `${column} is another tenant's`,
      });
    }
  }
}
