import type { Database } from '../../database/Database.js';
import type { Transaction } from '../../database/unitOfWork.js';
import { hashToken, newToken } from '../tokens.js';

/** What a token is good for, and what it carries for that. */
export interface OneTimeData {
  readonly 'password-reset': Record<never, never>;
  readonly 'email-change': { readonly email: string };
  readonly 'second-step': {
    readonly audience: 'admin' | 'store';
    readonly platformId: string;
    readonly storeId: string | null;
    readonly replaces: string | null;
  };
  readonly impersonation: {
    readonly platformId: string;
    readonly merchantId: string;
    readonly storeId: string;
    readonly memberId: string;
    readonly reason: string;
    readonly parentId: string;
  };
}
export type OneTimePurpose = keyof OneTimeData;

export interface OneTime<Purpose extends OneTimePurpose> {
  readonly userId: string;
  readonly data: OneTimeData[Purpose];
  readonly expiresAt: Date;
}

interface Row {
  user_id: string;
  data: unknown;
  expires_at: Date;
}

/** Tokens that are good once, for one purpose and one user; kept only as hashes, all within system transactions. */
export class OneTimeTokens {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  async issue<Purpose extends OneTimePurpose>(
    tx: Transaction,
    purpose: Purpose,
    given: {
      readonly userId: string;
      readonly data: OneTimeData[Purpose];
      readonly seconds: number;
      readonly now: Date;
    },
  ): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    const token = newToken();
    const expiresAt = new Date(given.now.getTime() + given.seconds * 1_000);
    await tx.query(
      `insert into core_one_time_token (token_hash, purpose, user_id, data, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
      [hashToken(token), purpose, given.userId, JSON.stringify(given.data), given.now, expiresAt],
    );
    return { token, expiresAt };
  }

  /** Looks without using it up; null: unknown, used, over, or of another purpose. */
  peek<Purpose extends OneTimePurpose>(
    purpose: Purpose,
    token: string,
    now: Date,
  ): Promise<OneTime<Purpose> | null> {
    return this.#find(
      (sql, values) => this.#database.system((tx) => tx.query<Row>(sql, values)),
      'select user_id, data, expires_at from core_one_time_token',
      '',
      { purpose, token, now },
    );
  }

  /** Uses a token up: of many that try at once, one gets it. */
  take<Purpose extends OneTimePurpose>(
    tx: Transaction,
    purpose: Purpose,
    token: string,
    now: Date,
  ): Promise<OneTime<Purpose> | null> {
    return this.#find(
      (sql, values) => tx.query<Row>(sql, values),
      'delete from core_one_time_token',
      'returning user_id, data, expires_at',
      { purpose, token, now },
    );
  }

  /** Makes all tokens of a user worthless, whatever they are for: who sets a new password shuts out who had the old one. */
  async revokeAll(tx: Transaction, userId: string): Promise<void> {
    await tx.query('delete from core_one_time_token where user_id = $1', [userId]);
  }

  /** Makes all tokens of a user for a purpose worthless. */
  async revoke(tx: Transaction, purpose: OneTimePurpose, userId: string): Promise<void> {
    await tx.query('delete from core_one_time_token where user_id = $1 and purpose = $2', [userId, purpose]);
  }

  /** Removes what is over. @returns how many */
  async purge(now: Date): Promise<number> {
    const gone = await this.#database.system((tx) =>
      tx.query('delete from core_one_time_token where expires_at <= $1 returning purpose', [now]),
    );
    return gone.length;
  }

  async #find<Purpose extends OneTimePurpose>(
    query: (sql: string, values: readonly unknown[]) => Promise<Row[]>,
    head: string,
    tail: string,
    { purpose, token, now }: { purpose: Purpose; token: string; now: Date },
  ): Promise<OneTime<Purpose> | null> {
    const hash = hashToken(token);
    if (!hash) return null;
    const [row] = await query(`${head} where token_hash = $1 and purpose = $2 and expires_at > $3 ${tail}`, [
      hash,
      purpose,
      now,
    ]);
    return row
      ? { userId: row.user_id, data: row.data as OneTimeData[Purpose], expiresAt: row.expires_at }
      : null;
  }
}
