import { TenantMissing } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';

/** The column that names the owner of a row, as a property. */
export type TenantColumn = 'platformId' | 'merchantId' | 'storeId';

export type TenantValues = Readonly<Partial<Record<TenantColumn, string>>>;

/**
 * The tenant's ids of a context, as far as a model is owned by them.
 *
 * @throws {TenantMissing} when the context lacks one: never "all rows"
 */
export function tenantValues(
  ctx: TenantContext,
  columns: readonly TenantColumn[],
  where: string,
): TenantValues {
  return Object.fromEntries(columns.map((column) => [column, valueOf(ctx, column, where)]));
}

function valueOf(ctx: TenantContext, column: TenantColumn, where: string): string {
  if (column === 'platformId') return ctx.platform.id;
  const needed = column === 'merchantId' ? 'merchant' : 'store';
  const owner = ctx[needed];
  if (!owner) throw new TenantMissing({ needed, where });
  return owner.id;
}
