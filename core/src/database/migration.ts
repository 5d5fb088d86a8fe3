import type { Knex } from 'knex';

/** One step of a plugin's schema. Pure: the same input always gives the same statements, whose checksum is kept. */
export interface Migration {
  /** `yyyymmdd_what`, unique within the plugin; runs in the order of the names. */
  readonly name: string;
  readonly up: (m: MigrationBuilder) => void;
}

export const defineMigration = (name: string, up: (m: MigrationBuilder) => void): Migration => {
  if (!/^\d{8}_[a-z0-9_]+$/.test(name))
    throw new TypeError(`migration name '${name}' must read yyyymmdd_what`);
  return Object.freeze({ name, up });
};

/** How a table of tenant rows is declared; the builder adds the tenant columns, keys, policies and grants. */
export interface TenantTable {
  /** What a row is; becomes the table's comment. */
  readonly comment: string;
  /** Declares the table's own columns; the tenant columns are already there. */
  readonly columns: (table: Knex.CreateTableBuilder) => void;
  /** Columns after the tenant's that make the primary key; default `['id']` (a uuid column the builder adds). */
  readonly key?: readonly string[];
  /** Unique keys; the tenant columns are put in front. */
  readonly unique?: readonly (readonly string[])[];
  /** Indexes; the tenant columns are put in front. */
  readonly indexes?: readonly (readonly string[])[];
  /** Composite foreign keys within the same tenant; the tenant columns are put in front on both sides. */
  readonly references?: readonly TenantReference[];
  /** Unique over all tenants, such as a domain; `why` says what for, since others learn that a value is taken. */
  readonly uniqueAcrossTenants?: readonly IndexAcrossTenants[];
  /** Indexes without the tenant's columns, for look-ups by `app_system` or the directory. */
  readonly indexesAcrossTenants?: readonly IndexAcrossTenants[];
  /** What a session may do with rows of its own tenant; default all four. */
  readonly allow?: readonly Privilege[];
}

export interface IndexAcrossTenants {
  readonly columns: readonly string[];
  /** Ends the sentence "across tenants: …"; becomes the index's comment. */
  readonly why: string;
  /** SQL condition of a partial index. */
  readonly where?: string;
}

/** How a table is declared whose rows are tenants themselves, or persons: each row is its own owner. */
export interface RootTable {
  readonly comment: string;
  /** Declares the table's own columns; `id` is already there and is the primary key. */
  readonly columns: (table: Knex.CreateTableBuilder) => void;
  /** What a session may do with the row that is its own platform, merchant or user; default select. */
  readonly allow?: readonly Privilege[];
}

export interface TenantReference {
  readonly columns: readonly string[];
  readonly table: string;
  /** Referenced columns after the tenant's; default: those of `columns`' target primary key, `['id']`. */
  readonly target?: readonly string[];
  /**
   * Owner of the referenced table's rows, when it is not that of this table: a store's row may point to one of its
   * `merchant`; `root` points to a platform, merchant or user itself, and gets no tenant columns.
   */
  readonly of?: 'platform' | 'merchant' | 'store' | 'root';
  readonly onDelete?: 'cascade' | 'restrict';
}

export type Privilege = 'select' | 'insert' | 'update' | 'delete';

/** Collects the statements of one migration. */
export interface MigrationBuilder {
  /** A table whose rows belong to a platform: `platform_id` leads; readable in that platform, written by its admins. */
  platformTable(name: string, table: TenantTable): void;
  /** A table whose rows belong to a merchant: `merchant_id` leads. */
  merchantTable(name: string, table: TenantTable): void;
  /** A table whose rows belong to a store: `merchant_id`, `store_id` lead; a second, restrictive policy keeps stores apart. */
  storeTable(name: string, table: TenantTable): void;
  /** A table whose rows are platforms, merchants or users: a session sees its own; give `app_system` more with `grantSystem`. */
  rootTable(of: 'platform' | 'merchant' | 'user', name: string, table: RootTable): void;
  /** A table for what comes before a tenant is known: only `app_system` may touch it. */
  systemTable(
    name: string,
    table: {
      readonly comment: string;
      readonly columns: (table: Knex.CreateTableBuilder) => void;
      readonly allow?: readonly Privilege[];
    },
  ): void;
  /** Lets `app_system` do the named things with every row of a table. */
  grantSystem(table: string, privileges: readonly Privilege[]): void;
  /** Lets the cross-tenant read role of administrators read every row of a table. */
  grantDirectory(table: string): void;
  /** Changes a table: `alter('cms_store_page', (t) => t.integer('views')…)`. */
  alter(name: string, change: (table: Knex.AlterTableBuilder) => void): void;
  /** One plain SQL statement. It sees no rows of tenant tables, and fails when it would need them: see `data`. */
  sql(statement: string): void;
  /** A statement that changes rows of all tenants in the named tables, such as filling a new column. */
  data(tables: readonly string[], statement: string): void;
}
