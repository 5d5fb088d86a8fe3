import type { Knex } from 'knex';
import type { QueryResultRow } from 'pg';
import { sqlBuilder } from './builder.js';
import type { GuardedClient } from './GuardedClient.js';
import type { Statement, Transaction, TransactionClient } from './unitOfWork.js';

/** Group roles, as far as a transaction may take them on. */
export type TransactionRole = 'app_serve' | 'app_system' | 'app_directory';

/** What a transaction knows of itself; `tenant` is compared when another unit of work wants to join. */
interface TransactionFacts {
  readonly role: TransactionRole;
  readonly tenant: string;
  /** False only in tests that want row-level security alone. */
  readonly modelScope: boolean;
}

/** The transaction of one unit of work. */
export class OpenTransaction implements Transaction, TransactionFacts {
  readonly client: TransactionClient;
  readonly role: TransactionRole;
  readonly tenant: string;
  readonly modelScope: boolean;
  readonly afterwards: (() => void | Promise<void>)[] = [];

  constructor(client: GuardedClient, facts: TransactionFacts) {
    this.client = client;
    this.role = facts.role;
    this.tenant = facts.tenant;
    this.modelScope = facts.modelScope;
  }

  table(name: string): Knex.QueryBuilder {
    return bound(sqlBuilder(name), this);
  }

  async query<Row extends QueryResultRow>(
    statement: Statement | string,
    values?: readonly unknown[],
  ): Promise<Row[]> {
    const isText = typeof statement === 'string';
    const { rows } = await this.client.query<Row>({
      ...(isText ? { text: statement } : { text: statement.text, name: statement.name }),
      ...(values && { values: values as unknown[] }),
    });
    return isText || !statement.mapRow ? rows : (rows.map(statement.mapRow) as Row[]);
  }

  afterCommit(work: () => void | Promise<void>): void {
    this.afterwards.push(work);
  }
}

/** Makes a builder send its query through a transaction. */
export function bound<Builder extends Knex.QueryBuilder>(builder: Builder, tx: Transaction): Builder {
  return builder.connection(tx.client) as Builder;
}
