import { randomUUID } from 'node:crypto';
import { identifier } from '../../database/roles.js';

/** A column as the catalogue knows it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** Not null, and nothing fills it in. */
  readonly isRequired: boolean;
  readonly isGenerated: boolean;
  readonly enumLabel: string | null;
}

/** Makes up rows of a table that no constraint but its types and keys has to accept. */
export class RowMaker {
  constructor(
    private readonly table: string,
    private readonly columns: readonly Column[],
  ) {}

  /** A column that an update may write to itself. */
  get anyColumn(): string {
    return (
      this.columns.find(({ isGenerated, name }) => !isGenerated && !name.endsWith('_id') && name !== 'id') ??
      (this.columns[0] as Column)
    ).name;
  }

  /** The statement that adds a row of a tenant. @param tenant values of tenant columns, also where they may be null */
  insert(tenant: object): string {
    const values = new Map<string, string>();
    for (const column of this.columns) {
      const own = (tenant as Record<string, string | undefined>)[column.name];
      if (own !== undefined) values.set(column.name, `'${own}'`);
      else if (column.isRequired && !column.isGenerated) values.set(column.name, valueOf(column));
    }
    return `insert into ${identifier(this.table)} (${[...values.keys()].map(identifier).join(', ')}) values (${[...values.values()].join(', ')})`;
  }
}

function valueOf({ type, enumLabel }: Column): string {
  if (enumLabel !== null) return `'${enumLabel}'`;
  if (type.endsWith('[]')) return "'{}'";
  switch (type) {
    case 'uuid':
      return `'${randomUUID()}'`;
    case 'jsonb':
    case 'json':
      return "'{}'";
    case 'boolean':
      return 'false';
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
    case 'real':
    case 'double precision':
      return '1';
    case 'bytea':
      return String.raw`'\x00'`;
    case 'date':
    case 'timestamp with time zone':
    case 'timestamp without time zone':
      return "'2026-03-02'";
    case 'time without time zone':
      return "'08:00'";
    case 'interval':
      return "'1 day'";
    case 'inet':
      return "'127.0.0.1'";
    case 'daterange':
    case 'tstzrange':
    case 'int4range':
      return "'empty'";
    default:
      // Text of any kind; different every time, since it may be a key.
      return `'${randomUUID().slice(0, 8)}'`;
  }
}
