import type { Database } from '../database/Database.js';
import type { Transaction } from '../database/unitOfWork.js';
import type { PlatformRecord, StoreRecord } from '../kernel/context.js';
import { accountKey, findAccount, noteLogin, type Account } from './accounts.js';
import type { Audience } from './audience.js';
import { normalEmail } from './email.js';
import { InvalidCredentials, NoAccessHere } from './errors.js';
import type { Person, SessionPlace } from './LiveSession.js';
import type { LoginLimits } from './LoginLimits.js';
import type { Passwords } from './Passwords.js';
import type { SessionOwner, Sessions } from './Sessions.js';
import type { StoreAccess } from './StoreAccess.js';

export interface LoginRequest {
  readonly audience: Audience;
  readonly platform: Pick<PlatformRecord, 'id' | 'name' | 'host'>;
  /** Needed for customers; members may sign in above stores. */
  readonly store: Pick<StoreRecord, 'id' | 'merchantId' | 'name'> | null;
  readonly email: string;
  readonly password: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly now: Date;
  /** The session that the new one takes the place of; it ends. */
  readonly replaces?: string;
}

/** What came of a sign-in with a right password. */
export type LoginResult = {
  readonly kind: 'signed-in';
  readonly token: string;
  readonly expiresAt: Date;
  readonly user: Person;
};

/** Signs people in and out. Failures look and cost the same whether or not an account exists. */
export class Authentication {
  private readonly deps: {
    database: Database;
    passwords: Passwords;
    sessions: Sessions;
    limits: LoginLimits;
    access: StoreAccess;
  };

  constructor(deps: {
    database: Database;
    passwords: Passwords;
    sessions: Sessions;
    limits: LoginLimits;
    access: StoreAccess;
  }) {
    this.deps = deps;
  }

  /**
   * Opens a session for an address and its password.
   *
   * @throws {TooManyLogins} before the password is looked at
   * @throws {InvalidCredentials} unknown or closed account, or wrong password
   * @throws {NoAccessHere} right password, but no role at this place
   */
  async login(request: LoginRequest): Promise<LoginResult> {
    const { database, passwords, limits, sessions } = this.deps;
    const place = placeOf(request),
      email = normalEmail(request.email),
      { now } = request;
    const attempt = await limits.take({ account: accountKey(place, email), ip: request.ip, now });
    const account = await database.system((tx) => findAccount(tx, place, email));
    // No transaction stays open while hashing.
    const fits = await passwords.verify(account?.passwordHash ?? null, request.password);
    if (!account || !fits || !account.isActive) throw new InvalidCredentials();
    const hash =
      account.passwordHash !== null && passwords.isOutdated(account.passwordHash)
        ? await passwords.hash(request.password)
        : null;
    return database.system(async (tx) => {
      if (!(await this.mayEnter(tx, account, request))) {
        throw new NoAccessHere({ email: account.email, place: request.store?.name ?? request.platform.name });
      }
      await limits.refund(tx, attempt);
      await noteLogin(tx, place, account, now, hash);
      if (request.replaces !== undefined)
        await tx.query('delete from core_session where id = $1', [request.replaces]);
      const session = await sessions.open(tx, ownerOf(place, account), request);
      return {
        kind: 'signed-in' as const,
        token: session.token,
        expiresAt: session.expiresAt,
        user: { id: account.id, email: account.email, name: account.name, language: account.language },
      };
    });
  }

  /** Ends a session. */
  async logout(sessionId: string): Promise<void> {
    await this.deps.sessions.revoke(sessionId);
  }

  private async mayEnter(
    tx: Transaction,
    account: Account,
    { audience, platform, store }: LoginRequest,
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

const placeOf = ({ audience, platform, store }: LoginRequest): SessionPlace => {
  if (audience === 'customer' && !store) throw new TypeError('customers sign in at a store');
  return { audience, platformId: platform.id, store };
};

const ownerOf = (place: SessionPlace, account: Account): SessionOwner => {
  if (place.audience === 'admin') return { audience: 'admin', userId: account.id };
  if (place.audience === 'store')
    return { audience: 'store', userId: account.id, platformId: place.platformId };
  return { audience: 'customer', customerId: account.id, platformId: place.platformId, store: place.store! };
};
