import { createHash } from 'node:crypto';
import { type InTransaction, TooManyRequests, uuidv7 } from '@wizamart/core';

const DAY_MS = 86_400_000;
/** Codes that one address is mailed on one day, whoever asks and from wherever. */
const MOST_PER_DAY = 20;

/** Counts the codes that an address is mailed on a day: tries add up over codes, and nobody's mailbox is flooded. */
export class SignUpCodeCounts {
  /** Takes one in the transaction that mails it. @throws {TooManyRequests} when the day's are used up */
  async take({ tx, platform, now }: InTransaction, email: string): Promise<void> {
    const [taken] = await tx.query<{ codes: number }>(
      `insert into billing_sign_up_code_count as c (id, platform_id, address_hash, day, codes) values ($5, $1, $2, $3, 1)
       on conflict (platform_id, address_hash, day) do update set codes = c.codes + 1 where c.codes < $4
       returning codes`,
      [platform.id, createHash('sha256').update(email).digest(), dayOf(now), MOST_PER_DAY, uuidv7(now)],
    );
    if (taken) return;
    const left = DAY_MS - (now.getTime() % DAY_MS);
    throw new TooManyRequests({ retryAfterSeconds: Math.ceil(left / 1_000) });
  }

  /** Forgets the days before yesterday. */
  async clean({ tx, platform, now }: InTransaction): Promise<void> {
    await tx.query('delete from billing_sign_up_code_count where platform_id = $1 and day < $2', [
      platform.id,
      dayOf(new Date(now.getTime() - DAY_MS)),
    ]);
  }
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
