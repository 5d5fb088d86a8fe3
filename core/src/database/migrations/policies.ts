import { identifier } from '../roles.js';
import type { Privilege } from '../migration.js';

/** Whose row it is. */
export type TableOwner = 'platform' | 'merchant' | 'store';
/** Whose setting a row is compared with. */
type Setting = TableOwner | 'user';

export const PRIVILEGES: readonly Privilege[] = ['select', 'insert', 'update', 'delete'];

/** The columns that lead every key of a table. */
export const tenantColumnsOf: Readonly<Record<TableOwner, readonly string[]>> = {
  platform: ['platform_id'],
  merchant: ['merchant_id'],
  store: ['merchant_id', 'store_id'],
};

/**
 * "The row is the session's own", bare: a sub-select around it would ruin plans.
 *
 * A setting that was never made is null, one whose transaction is over is ''; neither equals any row.
 */
export function ownRow(column: string, setting: Setting): string {
  return `${column} = nullif(current_setting('app.${setting}_id', true), '')::uuid`;
}

/** Platform rows are everybody's to read there, and its administrators' to write. */
export const administers = "current_setting('app.access', true) in ('admin', 'system')";

/** Where the context has a store, a row must be that store's; without one it is the merchant's owner who looks. */
export const sameStore = `nullif(current_setting('app.store_id', true), '') is null or ${ownRow('store_id', 'store')}`;

/** Switches row-level security on, for the table's owner too. */
export function secure(table: string): string[] {
  const name = identifier(table);
  return [`alter table ${name} enable row level security`, `alter table ${name} force row level security`];
}

/** Rights and policies of `app_serve` on a table of tenant rows. */
export function servePolicies(table: string, owner: TableOwner, allow: readonly Privilege[]): string[] {
  const own = owner === 'platform' ? ownRow('platform_id', 'platform') : ownRow('merchant_id', 'merchant');
  const write = owner === 'platform' ? `${own} and ${administers}` : own;
  return [
    grant(table, allow, 'app_serve'),
    ...allow.map((privilege) =>
      policy(table, 'serve', privilege, 'app_serve', privilege === 'select' ? own : write),
    ),
    ...(owner === 'store'
      ? [
          `create policy ${identifier(`${table}_same_store`)} on ${identifier(table)} as restrictive for all to app_serve using (${sameStore}) with check (${sameStore})`,
        ]
      : []),
  ];
}

/** Rights and policies of `app_serve` on a table whose rows are tenants or users themselves. */
export function rootPolicies(
  table: string,
  of: 'platform' | 'merchant' | 'user',
  allow: readonly Privilege[],
): string[] {
  const own = ownRow('id', of);
  const write = of === 'platform' ? `${own} and ${administers}` : own;
  return [
    grant(table, allow, 'app_serve'),
    ...allow.map((privilege) =>
      policy(table, 'serve', privilege, 'app_serve', privilege === 'select' ? own : write),
    ),
  ];
}

/** Rights and policies of a role that sees every row. */
export function openPolicies(
  table: string,
  role: 'app_system' | 'app_directory',
  allow: readonly Privilege[],
): string[] {
  return [
    grant(table, allow, role),
    ...allow.map((privilege) => policy(table, role.slice(4), privilege, role, 'true')),
  ];
}

function grant(table: string, privileges: readonly Privilege[], role: string): string {
  return `grant ${privileges.join(', ')} on ${identifier(table)} to ${role}`;
}

function policy(table: string, kind: string, privilege: Privilege, role: string, condition: string): string {
  const using = privilege === 'insert' ? '' : ` using (${condition})`;
  const check = privilege === 'insert' || privilege === 'update' ? ` with check (${condition})` : '';
  return `create policy ${identifier(`${table}_${kind}_${privilege}`)} on ${identifier(table)} for ${privilege} to ${role}${using}${check}`;
}
