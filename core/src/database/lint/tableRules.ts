import type { Table } from './facts.js';
import type { Finding } from './Finding.js';
import type { Classified } from './ownership.js';

/** Written by its owner, who migrates. */
const ledger = 'core_migration';
/** Names that say everything. */
const selfExplaining = new Set([
  'id',
  'platform_id',
  'merchant_id',
  'store_id',
  'user_id',
  'created_at',
  'updated_at',
]);
const appRoles = new Set(['app_serve', 'app_system', 'app_directory']);
const privileges = new Set(['select', 'insert', 'update', 'delete']);

/** What holds for every table, whosever rows it has. */
export function tableFindings({ table, kind }: Classified): Finding[] {
  const found = (what: string, howToMend: string): Finding => ({ table: table.name, what, howToMend });
  return [
    ...(kind
      ? []
      : [
          found(
            'app_serve may touch it, but no tenant key leads its primary key',
            'declare it with platformTable, merchantTable, storeTable or rootTable, or take the rights away',
          ),
        ]),
    ...(table.rowSecurity
      ? []
      : [found('row-level security is off', `alter table ${table.name} enable row level security`)]),
    ...(table.isForced || table.name === ledger
      ? []
      : [
          found(
            'row-level security does not hold its owner',
            `alter table ${table.name} force row level security`,
          ),
        ]),
    ...grants(table, found),
    ...comments(table, found),
  ];
}

type Found = (what: string, howToMend: string) => Finding;

function grants(table: Table, found: Found): Finding[] {
  return table.grants.flatMap(({ role, privilege }) => {
    if (role === table.owner) return [];
    const revoke = `revoke ${privilege} on ${table.name} from ${role}`;
    if (!appRoles.has(role)) return [found(`${role} may ${privilege}`, revoke)];
    // Row-level security says nothing about these.
    if (!privileges.has(privilege))
      return [found(`${role} may ${privilege}, which row-level security does not limit`, revoke)];
    if (role === 'app_directory' && privilege !== 'select')
      return [found(`app_directory may ${privilege}, but is for reading`, revoke)];
    return [];
  });
}

function comments(table: Table, found: Found): Finding[] {
  return [
    ...(table.comment ? [] : [found('the table has no comment', 'say in comment what a row is')]),
    ...table.columns
      .filter((column) => !column.comment && !selfExplaining.has(column.name))
      .map((column) =>
        found(
          `the column ${column.name} has no comment`,
          'say with .comment() what types cannot: unit, range, what null means',
        ),
      ),
  ];
}
