import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import type { Transaction } from '../../database/unitOfWork.js';
import { uuidv7 } from '../../database/uuid.js';
import type { Actor, Language, TenantContext } from '../../kernel/context.js';
import type { Entitlements } from '../../modules/entitlements/Entitlements.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import { findAccount, type Account } from '../accounts.js';
import type { Audit } from '../audit/Audit.js';
import { InvalidCredentials, InvitationForSomebodyElse, LinkNotValid, TeamLimitReached } from '../errors.js';
import { inSystem } from '../inSystem.js';
import type { LoginLimits } from '../LoginLimits.js';
import { userInPerson } from '../ownUser.js';
import type { PasswordPolicy } from '../PasswordPolicy.js';
import type { Passwords } from '../Passwords.js';
import { countTeam, TEAM_LIMIT } from '../people/Team.js';
import { hashToken } from '../tokens.js';
import { statusOf } from './invitation.js';

/** An invitation as whoever opened its link sees it. */
export interface OpenInvitation {
  readonly id: string;
  readonly email: string;
  readonly language: Language;
  /** What the invitee joins: the store, the merchant, or null for the platform itself. */
  readonly place: string | null;
  readonly invitedBy: string;
  /** Whether there is an account for this address: then its password is asked, else a new one. */
  readonly hasAccount: boolean;
}

interface Row {
  id: string;
  email: string;
  role: string;
  role_id: string | null;
  language: Language;
  invited_by_name: string;
  merchant_id: string | null;
  merchant_name: string | null;
  store_id: string | null;
  store_name: string | null;
  accepted_at: Date | null;
  withdrawn_at: Date | null;
  expires_at: Date;
}

const FIND = {
  admin: `select i.id, i.email, i.role, i.role_id, i.language, i.invited_by_name, null::uuid as merchant_id, null as merchant_name,
      null::uuid as store_id, null as store_name, i.accepted_at, i.withdrawn_at, i.expires_at
    from core_admin_invitation i where i.token_hash = $1 and i.platform_id = $2`,
  store: `select i.id, i.email, i.role, i.role_id, i.language, i.invited_by_name, i.merchant_id, m.display_name as merchant_name,
      i.store_id, t.name as store_name, i.accepted_at, i.withdrawn_at, i.expires_at
    from core_team_invitation i join core_merchant m on m.id = i.merchant_id
    left join core_store t on t.merchant_id = i.merchant_id and t.id = i.store_id
    where i.token_hash = $1 and i.platform_id = $2`,
} as const;

export interface AcceptanceDeps {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly policy: PasswordPolicy;
  readonly limits: LoginLimits;
  readonly entitlements: Entitlements;
  readonly audit: Audit;
}

/** How somebody accepts: signed in already, or with a name and a password of their own. */
export interface AcceptInput {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly ip: string;
}

/**
 * Turns an invitation into a role.
 *
 * The account comes first, then the role with the invitation's mark and the audit line in one transaction. What is
 * between the two is an account that may do nothing: opening the link again goes on from there.
 */
export class Acceptance {
  readonly #deps: AcceptanceDeps;

  constructor(deps: AcceptanceDeps) {
    this.#deps = deps;
  }

  /** What a link leads to. @throws {LinkNotValid} unknown, used, withdrawn, over, or of another platform */
  async open(ctx: TenantContext, token: string): Promise<OpenInvitation> {
    const row = await this.#find(ctx, token);
    const account = await this.#accountOf(row.email);
    return {
      id: row.id,
      email: row.email,
      language: row.language,
      place: row.store_name ?? row.merchant_name,
      invitedBy: row.invited_by_name,
      hasAccount: account !== null,
    };
  }

  /**
   * Accepts with a password: a new one with a name where there is no account, else that of the account.
   *
   * @returns the address and place to sign in with
   * @throws {LinkNotValid} also for all but one of many that accept at once
   * @throws {InvalidInput} password not fit; @throws {InvalidCredentials} {@link TooManyLogins} wrong password
   * @throws {TeamLimitReached} nothing is written but the account
   */
  async accept(ctx: TenantContext, input: AcceptInput): Promise<{ readonly email: string }> {
    const row = await this.#find(ctx, input.token);
    const account = (await this.#accountOf(row.email)) ?? (await this.#create(ctx, row, input));
    if (account.isNew !== true) await this.#checkPassword(ctx, account, input);
    await this.#join(ctx, row, account);
    return { email: account.email };
  }

  /** Accepts as who is signed in. @throws {InvitationForSomebodyElse} {@link LinkNotValid} {@link TeamLimitReached} */
  async acceptSignedIn(ctx: TenantContext, token: string): Promise<{ readonly email: string }> {
    const { email } = userInPerson(ctx);
    const row = await this.#find(ctx, token);
    if (row.email !== email) throw new InvitationForSomebodyElse({ email: row.email });
    const account = await this.#accountOf(email);
    if (!account) throw new LinkNotValid();
    await this.#join(ctx, row, account);
    return { email };
  }

  async #find(ctx: TenantContext, token: string): Promise<Row> {
    const hash = hashToken(token);
    const surface = ctx.surface === 'admin' ? 'admin' : 'store';
    const [row] = hash
      ? await this.#deps.database.system((tx) => tx.query<Row>(FIND[surface], [hash, ctx.platform.id]))
      : [];
    if (!row || statusOf(row, ctx.now) !== 'open') throw new LinkNotValid();
    return row;
  }

  async #accountOf(email: string): Promise<(Account & { isNew?: boolean }) | null> {
    return this.#deps.database.system((tx) => findAccount(tx, ABOVE, email));
  }

  async #create(
    ctx: TenantContext,
    row: Row,
    { name, password }: AcceptInput,
  ): Promise<Account & { isNew?: boolean }> {
    this.#deps.policy.check(password, row.email, 'password');
    const hash = await this.#deps.passwords.hash(password);
    const created = await inSystem(this.#deps.database, ctx, async (inside) => {
      const id = uuidv7(ctx.now);
      const made = await inside.tx.query(
        `insert into core_user (id, email, name, password_hash, language, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (email) do nothing returning id`,
        [id, row.email, name, hash, row.language, ctx.now],
      );
      if (made.length === 0) return null;
      await this.#deps.audit.record(
        { ...inside, actor: actorOf({ id, email: row.email, name }, ctx) },
        { action: 'core.user.created', subject: { type: 'user', id, name: row.email }, to: { name } },
      );
      return id;
    });
    const account = await this.#accountOf(row.email);
    if (!account) throw new LinkNotValid();
    // Somebody was faster, with the same link: their password is the account's.
    return created === null ? account : { ...account, isNew: true };
  }

  async #checkPassword(ctx: TenantContext, account: Account, { password, ip }: AcceptInput): Promise<void> {
    const { limits, passwords, database } = this.#deps;
    const attempt = await limits.take({ account: `user:${account.email}`, ip, now: ctx.now });
    const fits = await passwords.verify(account.passwordHash, password);
    if (!fits || !account.isActive) throw new InvalidCredentials();
    await database.system((tx) => limits.refund(tx, attempt));
  }

  #join(ctx: TenantContext, row: Row, account: Account): Promise<void> {
    if (!account.isActive) throw new LinkNotValid();
    return row.merchant_id === null
      ? this.#joinAdmins(ctx, row, account)
      : this.#joinTeam(ctx, row, account, row.merchant_id);
  }

  async #joinAdmins(ctx: TenantContext, row: Row, account: Account): Promise<void> {
    const { database } = this.#deps;
    const join = async (inside: InTransaction): Promise<void> => {
      await claim(inside.tx, 'core_admin_invitation', row.id, account.id, ctx.now);
      if (row.role === 'super_admin')
        await inside.tx.query('update core_user set is_super_admin = true where id = $1', [account.id]);
      else
        await inside.tx.query(
          `insert into core_platform_admin (platform_id, user_id, role, role_id, created_at) values ($1, $2, $3, $4, $5)
           on conflict (platform_id, user_id) do update set role = $3, role_id = $4`,
          [ctx.platform.id, account.id, row.role, row.role_id, ctx.now],
        );
      await this.#record(inside, ctx, 'core.admin_user.joined', row, account);
    };
    const above = isGlobalPlatform(ctx.platform);
    const asSystem = { ...ctx, actor: SYSTEM, merchant: null, store: null };
    // Users stand above tenants: only there may one become super admin.
    await (above ? inSystem(database, asSystem, join) : database.unit(asSystem, join));
  }

  async #joinTeam(ctx: TenantContext, row: Row, account: Account, merchantId: string): Promise<void> {
    const { database, entitlements } = this.#deps;
    const at = {
      ...ctx,
      actor: SYSTEM,
      merchant: { id: merchantId, name: row.merchant_name ?? '' },
      store: null,
    };
    await database.unit(at, async (inside) => {
      await claim(inside.tx, 'core_team_invitation', row.id, account.id, ctx.now);
      if (row.store_id === null) {
        await inside.tx.query(
          'insert into core_merchant_owner (merchant_id, user_id, created_at) values ($1, $2, $3) on conflict do nothing',
          [merchantId, account.id, ctx.now],
        );
      } else {
        const known = await inside.tx.query(
          'select 1 as found from core_store_member where merchant_id = $1 and user_id = $2',
          [merchantId, account.id],
        );
        // Who works in another store of the merchant is counted there.
        if (known.length === 0)
          await entitlements.claim(inside, TEAM_LIMIT, () => countTeam(inside, false), {
            error: TeamLimitReached,
          });
        await inside.tx.query(
          `insert into core_store_member (merchant_id, store_id, user_id, role_code, role_id, created_at) values ($1, $2, $3, $4, $5, $6)
           on conflict (merchant_id, store_id, user_id) do update set role_code = $4, role_id = $5`,
          [merchantId, row.store_id, account.id, row.role, row.role_id, ctx.now],
        );
      }
      await this.#record(inside, ctx, 'core.team.joined', row, account);
    });
  }

  /** In the trail it is the invitee who acts, in the store they join. */
  async #record(
    inside: InTransaction,
    ctx: TenantContext,
    action: string,
    row: Row,
    account: Account,
  ): Promise<void> {
    await this.#deps.audit.record(
      {
        ...inside,
        store: row.store_id === null ? null : { id: row.store_id },
        actor: actorOf(account, ctx),
      },
      {
        action,
        subject: { type: 'user', id: account.id, name: account.email },
        to: { role: row.role_id ?? row.role, invitation: row.id },
      },
    );
  }
}

const SYSTEM: Actor = { kind: 'system', name: 'core.invitation' };
/** Users are found whatever the place. */
const ABOVE = { audience: 'admin', platformId: '', store: null } as const;

/** Of many that accept at once, one gets it. @throws {LinkNotValid} */
async function claim(
  tx: Transaction,
  table: 'core_admin_invitation' | 'core_team_invitation',
  id: string,
  userId: string,
  now: Date,
): Promise<void> {
  const claimed = await tx.query(
    `update ${table} set accepted_at = $2, accepted_by = $3
     where id = $1 and accepted_at is null and withdrawn_at is null and expires_at > $2 returning id`,
    [id, now, userId],
  );
  if (claimed.length === 0) throw new LinkNotValid();
}

const actorOf = (
  person: { readonly id: string; readonly email: string; readonly name: string },
  { surface }: TenantContext,
): Actor => ({
  kind: 'user',
  userId: person.id,
  email: person.email,
  name: person.name,
  audience: surface === 'admin' ? 'admin' : 'store',
  isSuperAdmin: false,
  permissions: { has: () => false },
  sessionId: '',
});
