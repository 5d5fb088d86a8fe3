import type { Database } from '../database/Database.js';
import type { Transaction } from '../database/unitOfWork.js';
import { accountKey, findAccount, noteLogin, type Account } from './accounts.js';
import { normalEmail } from './email.js';
import { InvalidCredentials, NoAccessHere } from './errors.js';
import type { Person, SessionPlace } from './LiveSession.js';
import type { LoginLimits } from './LoginLimits.js';
import type { LoginPlace } from './LoginPlace.js';
import type { Passwords } from './Passwords.js';
import type { SecondStep } from './SecondStep.js';
import type { SessionOwner, Sessions } from './Sessions.js';
import type { SignInTrail } from './SignInTrail.js';
import type { StoreAccess } from './StoreAccess.js';

export interface LoginRequest extends LoginPlace {
  readonly email: string;
  readonly password: string;
  /** The session that the new one takes the place of; it ends. */
  readonly replaces?: string;
}

export interface SignedIn {
  readonly kind: 'signed-in';
  readonly token: string;
  readonly expiresAt: Date;
  readonly user: Person;
}

/** What came of a sign-in with a right password: a session, or a challenge for the second step. */
export type LoginResult =
  SignedIn | { readonly kind: 'second-step'; readonly challenge: string; readonly expiresAt: Date };

export interface AuthenticationDeps {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly limits: LoginLimits;
  readonly access: StoreAccess;
  readonly secondStep: SecondStep;
  readonly trail: SignInTrail;
}

/** Signs people in and out. Failures look and cost the same whether or not an account exists. */
export class Authentication {
  private readonly deps: AuthenticationDeps;

  constructor(deps: AuthenticationDeps) {
    this.deps = deps;
  }

  /**
   * Opens a session for an address and its password, or asks for the second step where one is set up.
   *
   * @throws {TooManyLogins} before the password is looked at
   * @throws {InvalidCredentials} unknown or closed account, or wrong password
   * @throws {NoAccessHere} right password, but no role at this place
   */
  async login(request: LoginRequest): Promise<LoginResult> {
    const { database, passwords, limits, trail } = this.deps;
    const place = placeOf(request),
      email = normalEmail(request.email),
      { now } = request;
    const attempt = await limits.take({ account: accountKey(place, email), ip: request.ip, now });
    const account = await database.system((tx) => findAccount(tx, place, email));
    // No transaction stays open while hashing.
    const fits = await passwords.verify(account?.passwordHash ?? null, request.password);
    if (!account || !fits || !account.isActive) {
      if (attempt.isLast) await trail.lockedOut(request, account);
      throw new InvalidCredentials();
    }
    const hash =
      account.passwordHash !== null && passwords.isOutdated(account.passwordHash)
        ? await passwords.hash(request.password)
        : null;
    return database.system(async (tx) => {
      await this.requireEntry(tx, account, request);
      await limits.refund(tx, attempt);
      if (request.audience !== 'customer' && (await this.deps.secondStep.isRequired(tx, account.id))) {
        const given = { ...request, audience: request.audience };
        return { kind: 'second-step' as const, ...(await this.deps.secondStep.ask(tx, account.id, given)) };
      }
      await noteLogin(tx, place, account, now, hash);
      return this.open(tx, account, request, request.replaces ?? null);
    });
  }

  /**
   * Opens the session that a challenge stands for, with a code of the app or a recovery code.
   *
   * @throws {LinkNotValid} when the challenge is over, used, or of another place
   * @throws {TooManyLogins} before the code is looked at
   * @throws {WrongCode}
   */
  async finish(place: LoginPlace, challenge: string, code: string): Promise<SignedIn> {
    const { database, secondStep } = this.deps;
    const given = await secondStep.begin(place, challenge);
    return database.system(async (tx) => {
      const { account, replaces } = await secondStep.pass(tx, place, challenge, code, given);
      await this.requireEntry(tx, account, place);
      await noteLogin(tx, placeOf(place), account, place.now, null);
      return this.open(tx, account, place, replaces);
    });
  }

  /** Ends a session. */
  async logout(sessionId: string, place?: LoginPlace & { readonly person: Person }): Promise<void> {
    if (place && place.audience !== 'customer') await this.deps.trail.signedOut(place, sessionId);
    else await this.deps.sessions.revoke(sessionId);
  }

  private async open(
    tx: Transaction,
    account: Account,
    place: LoginPlace,
    replaces: string | null,
  ): Promise<SignedIn> {
    if (replaces !== null) await tx.query('delete from core_session where id = $1', [replaces]);
    const session = await this.deps.sessions.open(tx, ownerOf(placeOf(place), account), place);
    if (place.audience !== 'customer') await this.deps.trail.signedIn(tx, place, account, session.id);
    return {
      kind: 'signed-in',
      token: session.token,
      expiresAt: session.expiresAt,
      user: { id: account.id, email: account.email, name: account.name, language: account.language },
    };
  }

  private async requireEntry(tx: Transaction, account: Account, place: LoginPlace): Promise<void> {
    if (await this.mayEnter(tx, account, place)) return;
    throw new NoAccessHere({ email: account.email, place: place.store?.name ?? place.platform.name });
  }

  private async mayEnter(
    tx: Transaction,
    account: Account,
    { audience, platform, store }: LoginPlace,
  ): Promise<boolean> {
    if (audience === 'customer') return true;
    if (audience === 'store')
      return this.deps.access.mayEnter(tx, account.id, platform.id, store?.id ?? null);
    if (account.isSuperAdmin) return true;
    // Above the platforms (no host composes that) administrators of any platform may enter.
    const rows = await tx.query(
      'select 1 as found from core_platform_admin where user_id = $1 and ($2::uuid is null or platform_id = $2) limit 1',
      [account.id, platform.host === null ? null : platform.id],
    );
    return rows.length > 0;
  }
}

const placeOf = ({ audience, platform, store }: LoginPlace): SessionPlace => {
  if (audience === 'customer' && !store) throw new TypeError('customers sign in at a store');
  return { audience, platformId: platform.id, store };
};

const ownerOf = (place: SessionPlace, account: Account): SessionOwner => {
  if (place.audience === 'admin') return { audience: 'admin', userId: account.id };
  if (place.audience === 'store')
    return { audience: 'store', userId: account.id, platformId: place.platformId };
  return { audience: 'customer', customerId: account.id, platformId: place.platformId, store: place.store! };
};
