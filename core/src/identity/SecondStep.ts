import type { Database } from '../database/Database.js';
import type { Transaction } from '../database/unitOfWork.js';
import { findUser, type Account } from './accounts.js';
import type { LoginPlace } from './LoginPlace.js';
import { LinkNotValid, WrongCode } from './errors.js';
import type { LoginLimits, LoginTry } from './LoginLimits.js';
import type { OneTime, OneTimeTokens } from './oneTime/OneTimeTokens.js';
import type { Totp } from './totp/Totp.js';

/** How long after the password the code may be given. */
const CHALLENGE_SECONDS = 5 * 60;

/** A challenge that was looked at, with the try that it took. */
export interface BegunStep {
  readonly userId: string;
  readonly attempt: LoginTry;
}

/** The second step of signing in, between a right password and a session. */
export class SecondStep {
  readonly #deps: {
    readonly database: Database;
    readonly tokens: OneTimeTokens;
    readonly totp: Totp;
    readonly limits: LoginLimits;
  };

  /** @param deps.limits its own, beside those of passwords */
  constructor(deps: {
    readonly database: Database;
    readonly tokens: OneTimeTokens;
    readonly totp: Totp;
    readonly limits: LoginLimits;
  }) {
    this.#deps = deps;
  }

  isRequired(tx: Transaction, userId: string): Promise<boolean> {
    return this.#deps.totp.isRequired(tx, userId);
  }

  /** Hands out a challenge, good for this place and a few minutes. */
  async ask(
    tx: Transaction,
    userId: string,
    place: LoginPlace & { readonly audience: 'admin' | 'store'; readonly replaces?: string },
  ): Promise<{ readonly challenge: string; readonly expiresAt: Date }> {
    const { token, expiresAt } = await this.#deps.tokens.issue(tx, 'second-step', {
      userId,
      data: {
        audience: place.audience,
        platformId: place.platform.id,
        storeId: place.store?.id ?? null,
        replaces: place.replaces ?? null,
      },
      seconds: CHALLENGE_SECONDS,
      now: place.now,
    });
    return { challenge: token, expiresAt };
  }

  /** Counts a try for the account of a challenge. @throws {LinkNotValid} {@link TooManyLogins} */
  async begin(place: LoginPlace, challenge: string): Promise<BegunStep> {
    const given = await this.#deps.tokens.peek('second-step', challenge, place.now);
    if (!given || !isHere(given, place)) throw new LinkNotValid();
    const attempt = await this.#deps.limits.take({
      account: `second-step:${given.userId}`,
      ip: place.ip,
      now: place.now,
    });
    return { userId: given.userId, attempt };
  }

  /** Takes the code and uses the challenge up. A wrong code leaves it, for another try. */
  async pass(
    tx: Transaction,
    place: LoginPlace,
    challenge: string,
    code: string,
    { userId, attempt }: BegunStep,
  ): Promise<{ readonly account: Account; readonly replaces: string | null }> {
    const { tokens, totp, limits } = this.#deps;
    // First: who comes second with the same challenge does not use up a code.
    const taken = await tokens.take(tx, 'second-step', challenge, place.now);
    if (!taken) throw new LinkNotValid();
    if (!(await totp.take(tx, userId, code, place.now))) throw new WrongCode();
    const account = await findUser(tx, userId);
    if (!account?.isActive) throw new LinkNotValid();
    await limits.refund(tx, attempt);
    return { account, replaces: taken.data.replaces };
  }
}

const isHere = ({ data }: OneTime<'second-step'>, { audience, platform, store }: LoginPlace): boolean =>
  data.audience === audience && data.platformId === platform.id && data.storeId === (store?.id ?? null);
