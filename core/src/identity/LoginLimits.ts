import { createHash } from 'node:crypto';
import type { Database } from '../database/Database.js';
import type { Statement, Transaction } from '../database/unitOfWork.js';
import { TooManyLogins } from './errors.js';
import { addressBucket } from './addressBucket.js';
import { IDENTITY_SETTINGS } from './identitySettings.js';

export interface LoginLimitSettings {
  /** Failed tries per account within the window. */
  readonly perAccount: number;
  /** Failed tries per network address within the window. */
  readonly perAddress: number;
  readonly windowSeconds: number;
}

/** One try that was let through; `refund` takes it off the count again. */
export interface LoginTry {
  readonly buckets: readonly Buffer[];
  readonly at: Date;
  /** The account has no other try left within the window. */
  readonly isLast: boolean;
}

// A bucket keeps the times of its latest tries, at most as many as the limit, so that the window really slides.
// $1 bucket, $2 now, $3 limit, $4 start of the window. The n-th latest try decides; an index below 1 gives null: room.
// Tries from further ahead than any window are of a clock that has been put right since: nobody waits for them to pass.
const TRIES = `array(select t from unnest(a.tries) t where t <= $2::timestamptz + interval '15 minutes' order by t)`;
export const TAKE: Statement = {
  name: 'core_login_take',
  text: `with taken as (
      insert into core_login_attempt as a (bucket, tries, last_at) values ($1, array[$2::timestamptz], $2)
      on conflict (bucket) do update
        set tries = (${TRIES})[greatest(1, cardinality(${TRIES}) - $3::int + 2):] || $2::timestamptz, last_at = $2
        where coalesce((${TRIES})[cardinality(${TRIES}) - $3::int + 1] <= $4, true)
      returning cardinality(array(select t from unnest(a.tries) t where t > $4)) as used)
    select exists (select from taken) as taken, (select used from taken) as used,
      (select (${TRIES})[greatest(1, cardinality(${TRIES}) - $3::int + 1)] from core_login_attempt a where a.bucket = $1) as oldest`,
};

const REFUND: Statement = {
  name: 'core_login_refund',
  text: `update core_login_attempt
    set tries = tries[:array_position(tries, $2) - 1] || tries[array_position(tries, $2) + 1:]
    where bucket = any($1) and array_position(tries, $2) is not null`,
};

/**
 * Bounds how many sign-ins are evaluated per account and per address, on all nodes together.
 *
 * Accounts that do not exist are counted like those that do, so that the limit tells nothing. What is counted are
 * failures: a success gives its place back.
 */
export class LoginLimits {
  private readonly database: Database;
  private readonly settings: LoginLimitSettings;

  constructor({
    database,
    settings = IDENTITY_SETTINGS.loginLimits,
  }: {
    database: Database;
    settings?: LoginLimitSettings;
  }) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * Takes one try for an account from an address, both or none.
   *
   * @param account realm and address, e.g. `user:ann@example.org`; kept only as a hash
   * @throws {TooManyLogins} when either has none left
   */
  take({ account, ip, now }: { account: string; ip: string; now: Date }): Promise<LoginTry> {
    const accountBucket = bucketOf(`account ${account}`),
      ipBucket = bucketOf(`address ${addressBucket(ip)}`);
    // The account always comes first: one order of locks, no deadlock. A refusal undoes both.
    return this.database.system(async (tx) => {
      const used = await this.takeOne(tx, accountBucket, this.settings.perAccount, now);
      await this.takeOne(tx, ipBucket, this.settings.perAddress, now);
      return { buckets: [accountBucket, ipBucket], at: now, isLast: used === this.settings.perAccount };
    });
  }

  /** Takes a successful try off the count, within a system transaction. */
  async refund(tx: Transaction, { buckets, at }: Pick<LoginTry, 'buckets' | 'at'>): Promise<void> {
    for (const bucket of buckets) await tx.query(REFUND, [[bucket], at]);
  }

  /** Removes counts that no longer matter. @returns how many */
  async purge(now: Date): Promise<number> {
    const gone = await this.database.system((tx) =>
      tx.query('delete from core_login_attempt where last_at <= $1 returning bucket', [
        this.windowStart(now),
      ]),
    );
    return gone.length;
  }

  private async takeOne(tx: Transaction, bucket: Buffer, limit: number, now: Date): Promise<number> {
    const [row] = await tx.query<{ taken: boolean; used: number | null; oldest: Date | null }>(TAKE, [
      bucket,
      now,
      limit,
      this.windowStart(now),
    ]);
    if (row?.taken) return row.used ?? 0;
    const freeAt = (row?.oldest ?? now).getTime() + this.settings.windowSeconds * 1_000;
    throw new TooManyLogins({ retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1_000)) });
  }

  private windowStart(now: Date): Date {
    return new Date(now.getTime() - this.settings.windowSeconds * 1_000);
  }
}

export const bucketOf = (text: string): Buffer => createHash('sha256').update(text).digest();
