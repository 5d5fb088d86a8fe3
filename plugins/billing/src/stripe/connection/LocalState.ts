import type { Database } from '@wizamart/core';
import type { StateStore, StoredObject } from '../../testing/state/StateStore.js';

/** Any number that nothing else locks. */
const LOCK = 7_410_632_210;

const NEWS = `SELECT account, kind, id, data, revision::float8 AS revision FROM billing_local_stripe_object WHERE revision > $1 ORDER BY revision`;
const WRITE = `
  INSERT INTO billing_local_stripe_object (account, kind, id, revision, data)
  SELECT account, kind, id, $1, data FROM jsonb_to_recordset($2::jsonb) AS written(account text, kind text, id text, data jsonb)
  ON CONFLICT (account, kind, id) DO UPDATE SET revision = excluded.revision, data = excluded.data`;

interface Row extends StoredObject {
  readonly revision: number;
}

/**
 * Keeps the local server's objects in the database of the installation: what they belong to is there too, several
 * processes share them, and a process that dies leaves either all of a request or nothing.
 */
export class LocalState implements StateStore {
  readonly #database: Database;
  #known = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  async exclusive<Result>(
    work: (news: readonly StoredObject[]) => {
      readonly result: Result;
      readonly writes: readonly StoredObject[];
    },
  ): Promise<Result> {
    const done = await this.#database.system(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      const rows = await tx.query<Row>(NEWS, [this.#known]);
      const seen = rows.at(-1)?.revision ?? this.#known;
      const { result, writes } = work(
        rows.map(({ account, kind, id, data }) => ({ account, kind, id, data })),
      );
      if (writes.length === 0) return { result, revision: seen };
      await tx.query(WRITE, [seen + 1, JSON.stringify(writes)]);
      return { result, revision: seen + 1 };
    });
    this.#known = done.revision;
    return done.result;
  }
}
