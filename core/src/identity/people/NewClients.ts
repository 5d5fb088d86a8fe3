import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import type { Actor, Language, TenantContext } from '../../kernel/context.js';
import type { RouteContext } from '../../kernel/route.js';
import { asMerchant } from '../../tenancy/asTenant.js';
import type { Merchants } from '../../tenancy/services/Merchants.js';
import type { Stores } from '../../tenancy/services/Stores.js';
import { subdomainFault, storeCodeFault } from '../../tenancy/slugs.js';
import type { MerchantInput, StoreInput } from '../../tenancy/tenantInputs.js';
import { findAccount, findUser, type Account } from '../accounts.js';
import type { Audit } from '../audit/Audit.js';
import { normalEmail } from '../email.js';
import { InvalidCredentials } from '../errors.js';
import { inSystem } from '../inSystem.js';
import type { LoginLimits } from '../LoginLimits.js';
import type { PasswordPolicy } from '../PasswordPolicy.js';
import type { Passwords } from '../Passwords.js';
import { sessionHeaders } from '../routes/signIn.js';
import type { Sessions } from '../Sessions.js';
import type { SignInTrail } from '../SignInTrail.js';
import type { Totp } from '../totp/Totp.js';

/** Somebody who becomes a client: the ids are chosen before, so that doing it twice does it once. */
export interface NewClient {
  readonly merchantId: string;
  readonly storeId: string;
  readonly ownerId: string;
  readonly merchant: MerchantInput;
  readonly store: StoreInput;
}

/** A person who may become an owner. */
export interface NewPerson {
  /** The id of the account where one is made. */
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** From {@link NewClients.hashPassword}. */
  readonly passwordHash: string;
  readonly language: Language;
}

interface NewClientsDeps {
  readonly database: Database;
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly policy: PasswordPolicy;
  readonly limits: LoginLimits;
  readonly totp: Totp;
  readonly sessions: Sessions;
  readonly trail: SignInTrail;
  readonly merchants: Merchants;
  readonly stores: Stores;
}

/** Users are found whatever the place. */
const ABOVE = { audience: 'admin', platformId: '', store: null } as const;
const SYSTEM: Actor = { kind: 'system', name: 'core.newClient' };
const TAKEN = `select 1 as found from core_store where code = $1
  union all select 1 from core_store_platform where platform_id = $2 and subdomain = $1 limit 1`;

/**
 * Makes clients of people who sign up by themselves: an account, a merchant, its owner and its first store.
 *
 * Whoever calls it has made sure that the address belongs to the person. Nothing here tells whether an address has
 * an account, but to who knows its password.
 */
export class NewClients {
  readonly #deps: NewClientsDeps;

  constructor(deps: NewClientsDeps) {
    this.#deps = deps;
  }

  /**
   * The account of an address and its password.
   *
   * @throws {TooManyLogins} before the password is looked at
   * @throws {InvalidCredentials} unknown or closed account, or wrong password: one answer, at one cost
   */
  async prove(
    ctx: RouteContext,
    { email, password }: { readonly email: string; readonly password: string },
  ): Promise<{ readonly id: string; readonly email: string; readonly name: string }> {
    const { database, limits, passwords, trail } = this.#deps;
    const address = normalEmail(email);
    const attempt = await limits.take({ account: `user:${address}`, ip: ctx.request.ip, now: ctx.now });
    const account = await database.system((tx) => findAccount(tx, ABOVE, address));
    const fits = await passwords.verify(account?.passwordHash ?? null, password);
    if (!account || !fits || !account.isActive) {
      if (attempt.isLast) await trail.lockedOut(placeOf(ctx), account);
      throw new InvalidCredentials();
    }
    await database.system((tx) => limits.refund(tx, attempt));
    return { id: account.id, email: account.email, name: account.name };
  }

  /** A password as it is kept. @throws {InvalidInput} at `field` when it is not fit */
  async hashPassword(password: string, email: string, field: string): Promise<string> {
    this.#deps.policy.check(password, email, field);
    return this.#deps.passwords.hash(password);
  }

  /** Characters that a password has at least. */
  get leastPassword(): number {
    return this.#deps.policy.minLength;
  }

  /** Why a store on the platform of `ctx` cannot have this code as its address; null: it can. */
  async addressFault(ctx: TenantContext, code: string): Promise<'form' | 'taken' | null> {
    if (storeCodeFault(code) !== undefined || subdomainFault(code) !== undefined) return 'form';
    const outside: TenantContext = { ...ctx, tx: null };
    const taken = await this.#deps.database.directory(outside, ({ tx }) =>
      tx.query(TAKEN, [code, ctx.platform.id]),
    );
    return taken.length > 0 ? 'taken' : null;
  }

  /**
   * The account of a person whose address is known to be theirs; made when there is none. An account that is there
   * keeps its name and password.
   *
   * @throws {InvalidCredentials} when the account is closed
   */
  async account(
    ctx: TenantContext,
    person: NewPerson,
  ): Promise<{ readonly id: string; readonly isNew: boolean }> {
    const { database, audit } = this.#deps;
    const email = normalEmail(person.email);
    return inSystem(database, { ...ctx, merchant: null, store: null }, async (inside) => {
      const made = await inside.tx.query(
        `insert into core_user (id, email, name, password_hash, language, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing returning id`,
        [person.id, email, person.name, person.passwordHash, person.language, ctx.now],
      );
      const found = await findAccount(inside.tx, ABOVE, email);
      if (!found?.isActive) throw new InvalidCredentials();
      if (made.length > 0)
        await audit.record(
          { ...inside, actor: actorOf(found) },
          {
            action: 'core.user.created',
            subject: { type: 'user', id: found.id, name: email },
            to: { name: person.name },
          },
        );
      return { id: found.id, isNew: found.id === person.id };
    });
  }

  /**
   * Opens merchant, owner and store in one transaction, once: later calls with the same ids change nothing.
   *
   * @param more what belongs into the same transaction, at the merchant as the system
   * @returns whether it was this call that opened them
   * @throws {Conflict} when the store's address has been taken; nothing is written
   */
  async open(
    ctx: TenantContext,
    client: NewClient,
    more: (
      inside: InTransaction<TenantContext & { readonly merchant: { id: string; name: string } }>,
    ) => Promise<void>,
  ): Promise<boolean> {
    const { database, audit, merchants, stores } = this.#deps;
    const { merchantId: id, ownerId, storeId } = client;
    const owner = await database.system((tx) => findUser(tx, ownerId));
    if (!owner?.isActive) throw new InvalidCredentials();
    const at = asMerchant({ ...ctx, actor: SYSTEM }, { id, name: client.merchant.displayName });
    return database.unit(at, async (inside) => {
      // Of many at once the first does it, and the others see that it is done.
      await inside.tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `core new client ${id}`,
      ]);
      const known = await inside.tx.query('select 1 as found from core_merchant where id = $1', [id]);
      if (known.length > 0) return false;
      const asOwner = { ...inside, actor: actorOf(owner) };
      await merchants.create(asOwner, client.merchant, null, id);
      await inside.tx.query(
        'insert into core_merchant_owner (merchant_id, user_id, created_at) values ($1, $2, $3)',
        [id, ownerId, ctx.now],
      );
      await audit.record(asOwner, {
        action: 'core.team.joined',
        subject: { type: 'user', id: ownerId, name: owner.email },
        to: { role: 'owner' },
      });
      await stores.create(asOwner, client.store, storeId);
      await more(inside);
      return true;
    });
  }

  /**
   * Headers that sign a person in as staff on the platform of a request; null where a second step is set up: they
   * sign in by themselves then.
   */
  async signIn(ctx: RouteContext, userId: string): Promise<Readonly<Record<string, string>> | null> {
    const { database, totp, sessions, trail } = this.#deps;
    return database.system(async (tx) => {
      const account = await findUser(tx, userId);
      if (!account?.isActive || (await totp.isRequired(tx, userId))) return null;
      const session = await sessions.open(
        tx,
        { audience: 'store', userId, platformId: ctx.platform.id },
        { ip: ctx.request.ip, userAgent: ctx.request.userAgent, now: ctx.now },
      );
      await trail.signedIn(tx, placeOf(ctx), account, session.id);
      return sessionHeaders(ctx, 'store', session);
    });
  }
}

const placeOf = (ctx: RouteContext) => ({
  audience: 'store' as const,
  platform: ctx.platform,
  store: null,
  ip: ctx.request.ip,
  userAgent: ctx.request.userAgent,
  now: ctx.now,
  requestId: ctx.requestId,
});

const actorOf = (person: Pick<Account, 'id' | 'email' | 'name'>): Actor => ({
  kind: 'user',
  userId: person.id,
  email: person.email,
  name: person.name,
  audience: 'store',
  isSuperAdmin: false,
  permissions: { has: () => false },
  sessionId: '',
});
