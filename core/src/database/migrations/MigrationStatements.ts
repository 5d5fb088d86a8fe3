import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import knex from 'knex';
import type {
  IndexAcrossTenants,
  Migration,
  MigrationBuilder,
  Privilege,
  RootTable,
  TenantReference,
  TenantTable,
} from '../migration.js';
import { identifier } from '../roles.js';
import {
  openPolicies,
  PRIVILEGES,
  rootPolicies,
  secure,
  servePolicies,
  type TableOwner,
  tenantColumnsOf,
} from './policies.js';

/** Names stand as they are written: migrations speak of columns as the database knows them. */
const ddl = knex({ client: 'pg' });

/** Names of policies are longer by up to 17 characters. */
const longestName = 46;

const ownerComments: Readonly<Record<string, string>> = {
  platform_id: 'Platform that owns the row.',
  merchant_id: 'Merchant that owns the row.',
  store_id: 'Store that owns the row.',
};

/** The statements of one migration, in order; always the same for the same migration. */
export function statementsOf(migration: Migration): string[] {
  const builder = new MigrationStatements();
  migration.up(builder);
  return builder.statements;
}

class MigrationStatements implements MigrationBuilder {
  readonly statements: string[] = [];

  platformTable(name: string, table: TenantTable): void {
    this.#tenantTable('platform', name, table);
  }

  merchantTable(name: string, table: TenantTable): void {
    this.#tenantTable('merchant', name, table);
  }

  storeTable(name: string, table: TenantTable): void {
    this.#tenantTable('store', name, table);
  }

  rootTable(
    of: 'platform' | 'merchant' | 'user',
    name: string,
    { comment, columns, allow = ['select'] }: RootTable,
  ): void {
    this.#create(name, (table) => {
      table.comment(comment);
      idColumn(table);
      columns(table);
      table.primary(['id'], { constraintName: indexName(name, [], 'pkey') });
    });
    this.#add(...secure(name), ...rootPolicies(name, of, allow));
  }

  systemTable(
    name: string,
    {
      comment,
      columns,
      allow = PRIVILEGES,
    }: { comment: string; columns: (table: Knex.CreateTableBuilder) => void; allow?: readonly Privilege[] },
  ): void {
    this.#create(name, (table) => {
      table.comment(comment);
      columns(table);
    });
    this.#add(...secure(name), ...openPolicies(name, 'app_system', allow));
  }

  grantSystem(table: string, privileges: readonly Privilege[]): void {
    this.#add(...openPolicies(table, 'app_system', privileges));
  }

  grantDirectory(table: string): void {
    this.#add(...openPolicies(table, 'app_directory', ['select']));
  }

  alter(name: string, change: (table: Knex.AlterTableBuilder) => void): void {
    this.#add(...compiled(ddl.schema.alterTable(name, change)));
  }

  sql(statement: string): void {
    this.#add(statement);
  }

  data(tables: readonly string[], statement: string): void {
    // The owner is held by the policies too, so that a slip elsewhere changes nothing.
    const each = (words: string): string[] =>
      tables.map((table) => `alter table ${identifier(table)} ${words} row level security`);
    this.#add(...each('no force'), statement, ...each('force'));
  }

  #tenantTable(owner: TableOwner, name: string, table: TenantTable): void {
    const tenant = tenantColumnsOf[owner];
    const key = table.key ?? ['id'];
    this.#create(name, (columns) => {
      columns.comment(table.comment);
      for (const column of tenant)
        columns
          .uuid(column)
          .notNullable()
          .comment(ownerComments[column] as string);
      if (key.includes('id')) idColumn(columns);
      table.columns(columns);
      columns.primary([...tenant, ...key], { constraintName: indexName(name, [], 'pkey') });
      for (const unique of table.unique ?? []) {
        columns.unique([...tenant, ...unique], { indexName: indexName(name, unique, 'key') });
      }
    });
    for (const index of table.indexes ?? []) {
      this.#add(
        `create index ${identifier(indexName(name, index, 'idx'))} on ${identifier(name)} (${list([...tenant, ...index])})`,
      );
    }
    for (const index of table.uniqueAcrossTenants ?? [])
      this.#indexAcrossTenants(name, 'unique index', 'across_key', index);
    for (const index of table.indexesAcrossTenants ?? [])
      this.#indexAcrossTenants(name, 'index', 'across_idx', index);
    for (const reference of table.references ?? []) this.#reference(owner, name, reference);
    this.#add(...secure(name), ...servePolicies(name, owner, table.allow ?? PRIVILEGES));
  }

  #indexAcrossTenants(
    table: string,
    kind: string,
    suffix: string,
    { columns, why, where }: IndexAcrossTenants,
  ): void {
    const index = identifier(indexName(table, columns, suffix));
    this.#add(
      `create ${kind} ${index} on ${identifier(table)} (${list(columns)})${where ? ` where ${where}` : ''}`,
      `comment on index ${index} is ${literal(`Across tenants: ${why}`)}`,
    );
  }

  #reference(
    owner: TableOwner,
    name: string,
    { columns, table, target = ['id'], onDelete = 'restrict', of = owner }: TenantReference,
  ): void {
    const tenant = of === 'root' ? [] : tenantColumnsOf[of];
    // A new key is checked by a query, which the policies of the table it points to would stop.
    this.data(
      [table],
      `alter table ${identifier(name)} add constraint ${identifier(indexName(name, columns.length > 0 ? columns : [table], 'fkey'))} ` +
        `foreign key (${list([...tenant, ...columns])}) references ${identifier(table)} (${list([...tenant, ...target])}) on delete ${onDelete}`,
    );
  }

  #create(name: string, columns: (table: Knex.CreateTableBuilder) => void): void {
    if (name.length > longestName)
      throw new TypeError(`the table name '${name}' is longer than ${longestName} characters`);
    this.#add(...compiled(ddl.schema.createTable(name, columns)));
  }

  #add(...statements: string[]): void {
    this.statements.push(...statements.map((statement) => statement.trim()));
  }
}

function idColumn(table: Knex.CreateTableBuilder): void {
  table.uuid('id').notNullable().comment('uuid version 7, made by the application.');
}

/** knex puts the comment of a table into the SQL as it is, with the apostrophe that would end it. */
function compiled(schema: Knex.SchemaBuilder): string[] {
  return (schema.toSQL() as unknown as { sql: string }[]).map(({ sql }) =>
    sql.replace(
      /^(comment on table .*? is )'(.*)'$/s,
      (_all, head: string, text: string) => `${head}${literal(text)}`,
    ),
  );
}

/** `table_columns_kind`; what PostgreSQL would cut off is replaced by a hash, so that names stay apart. */
function indexName(table: string, columns: readonly string[], kind: string): string {
  const name = [table, ...columns, kind].join('_');
  if (name.length <= 63) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, 53 - kind.length)}_${hash}_${kind}`;
}

function list(columns: readonly string[]): string {
  return columns.map(identifier).join(', ');
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
