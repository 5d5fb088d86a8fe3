import type { Database } from '../database/Database.js';
import { TooManyRequests } from '../errors/common.js';
import { addressBucket } from './addressBucket.js';
import { bucketOf, TAKE } from './LoginLimits.js';

/** Counts are forgotten after this time: the longest window there can be. */
const LONGEST_WINDOW_SECONDS = 15 * 60;

export interface RateLimit {
  /** Who or what is bounded, tenant included: `cms.form {store} {address}`; kept only as a hash. */
  readonly what: string;
  /** How often within the window. */
  readonly limit: number;
  /** At most a quarter of an hour. */
  readonly windowSeconds: number;
}

/** Bounds how often something that anybody may do is done, on all nodes together; the window slides. */
export class RateLimits {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  /**
   * Takes one of each limit, all or none.
   *
   * @throws {TooManyRequests} when one has none left
   */
  async take(limits: readonly RateLimit[], now: Date): Promise<void> {
    const tooLong = limits.find(({ windowSeconds }) => windowSeconds > LONGEST_WINDOW_SECONDS);
    if (tooLong)
      throw new RangeError(
        `counts are forgotten after ${LONGEST_WINDOW_SECONDS} seconds, before the window of '${tooLong.what}' ends`,
      );
    await this.#database.system(async (tx) => {
      // In one order, so that two that take the same do not wait for each other.
      for (const { what, limit, windowSeconds } of [...limits].sort((a, b) => (a.what < b.what ? -1 : 1))) {
        const start = new Date(now.getTime() - windowSeconds * 1_000);
        const [row] = await tx.query<{ taken: boolean; oldest: Date | null }>(TAKE, [
          bucketOf(what),
          now,
          limit,
          start,
        ]);
        if (row?.taken) continue;
        const freeAt = (row?.oldest ?? now).getTime() + windowSeconds * 1_000;
        throw new TooManyRequests({
          retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1_000)),
        });
      }
    });
  }

  /** What counts as one network address: see `addressBucket`. */
  addressOf(ip: string): string {
    return addressBucket(ip);
  }
}
