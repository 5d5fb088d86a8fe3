import type { Database } from '../../database/Database.js';
import { NotFound } from '../../errors/common.js';
import type { StoreRecord, TenantContext } from '../../kernel/context.js';
import { findUser } from '../accounts.js';
import type { Audit } from '../audit/Audit.js';
import { LinkNotValid } from '../errors.js';
import { inSystem } from '../inSystem.js';
import type { Person } from '../LiveSession.js';
import type { OneTimeTokens } from '../oneTime/OneTimeTokens.js';
import { signedInUser, userInPerson } from '../ownUser.js';
import type { OpenedSession, Sessions } from '../Sessions.js';
import type { StoreAccess } from '../StoreAccess.js';

/** How long the way from the administration to the store's side may take. */
const HANDOVER_SECONDS = 120;

export interface Handover {
  /** Good once, for the store it was made for. */
  readonly token: string;
  readonly member: Person;
}

/** What the store's side shows before it begins. */
export interface PendingImpersonation {
  readonly member: { readonly name: string; readonly email: string };
  readonly impersonator: { readonly name: string; readonly email: string };
  readonly reason: string;
}

export interface ImpersonationDeps {
  readonly database: Database;
  readonly tokens: OneTimeTokens;
  readonly sessions: Sessions;
  readonly access: StoreAccess;
  readonly audit: Audit;
  readonly seconds: number;
}

/**
 * Lets administrators act as a member of a store: with a reason, for a while, in that store only.
 *
 * The session is the member's, marked with who acts; it ends with the administrator's own. Every audit line of it
 * names both. Passwords, second step, sessions and roles are out of reach: see `refuseImpersonation`.
 */
export class Impersonation {
  readonly #deps: ImpersonationDeps;

  constructor(deps: ImpersonationDeps) {
    this.#deps = deps;
  }

  /**
   * Asks to act as somebody who may enter the store; the permission is the route's to check.
   *
   * @throws {NotFound} when nobody of that id works in the store
   */
  async begin(
    ctx: TenantContext,
    {
      store,
      memberId,
      reason,
    }: { readonly store: StoreRecord; readonly memberId: string; readonly reason: string },
  ): Promise<Handover> {
    const admin = userInPerson(ctx);
    return inSystem(this.#deps.database, ctx, async (inside) => {
      const member = await findUser(inside.tx, memberId);
      const enters =
        member?.isActive === true &&
        (await this.#deps.access.mayEnter(inside.tx, memberId, ctx.platform.id, store.id));
      if (!enters) throw new NotFound({ what: 'This member' });
      const { token } = await this.#deps.tokens.issue(inside.tx, 'impersonation', {
        userId: admin.userId,
        data: {
          platformId: ctx.platform.id,
          merchantId: store.merchantId,
          storeId: store.id,
          memberId,
          reason,
          parentId: admin.sessionId,
        },
        seconds: HANDOVER_SECONDS,
        now: ctx.now,
      });
      await this.#deps.audit.record(
        { ...inside, merchant: { id: store.merchantId }, store },
        {
          action: 'core.impersonation.requested',
          subject: { type: 'user', id: memberId, name: member.email },
          to: { reason },
        },
      );
      return { token, member };
    });
  }

  /** What a hand-over leads to. @throws {LinkNotValid} */
  async look(
    ctx: TenantContext & { readonly store: StoreRecord },
    token: string,
  ): Promise<PendingImpersonation> {
    const given = await this.#deps.tokens.peek('impersonation', token, ctx.now);
    if (!given || given.data.storeId !== ctx.store.id || given.data.platformId !== ctx.platform.id)
      throw new LinkNotValid();
    const [impersonator, member] = await this.#deps.database.system(async (tx) => [
      await findUser(tx, given.userId),
      await findUser(tx, given.data.memberId),
    ]);
    if (!impersonator || !member) throw new LinkNotValid();
    return { impersonator, member, reason: given.data.reason };
  }

  /** Opens the session. @throws {LinkNotValid} also when the administrator has signed out meanwhile */
  async start(
    ctx: TenantContext & { readonly store: StoreRecord },
    token: string,
    seen: { readonly ip: string; readonly userAgent: string },
  ): Promise<OpenedSession> {
    const { database, tokens, sessions, audit, seconds } = this.#deps;
    return inSystem(database, ctx, async (inside) => {
      const given = await tokens.take(inside.tx, 'impersonation', token, ctx.now);
      if (!given || given.data.storeId !== ctx.store.id || given.data.platformId !== ctx.platform.id)
        throw new LinkNotValid();
      const { memberId, parentId, storeId, reason } = given.data;
      const [parent] = await inside.tx.query<{ id: string }>(
        `select id from core_session where id = $1 and user_id = $2 and expires_at > $3 for share`,
        [parentId, given.userId, ctx.now],
      );
      const impersonator = await findUser(inside.tx, given.userId);
      const member = await findUser(inside.tx, memberId);
      if (!parent || !impersonator?.isActive || !member?.isActive) throw new LinkNotValid();
      const session = await sessions.open(
        inside.tx,
        {
          audience: 'store',
          userId: memberId,
          platformId: ctx.platform.id,
          impersonation: { impersonatorId: given.userId, parentId, storeId, seconds },
        },
        { ...seen, now: ctx.now },
      );
      await audit.record(
        { ...inside, actor: actorOf(member, impersonator, session.id) },
        {
          action: 'core.impersonation.started',
          subject: { type: 'user', id: memberId, name: member.email },
          to: { reason, expiresAt: session.expiresAt },
        },
      );
      return session;
    });
  }

  /** Ends the session that somebody acts in. No error where nobody acts as somebody else. */
  async stop(ctx: TenantContext): Promise<void> {
    const actor = signedInUser(ctx);
    if (!actor.impersonator) return;
    await inSystem(this.#deps.database, ctx, async (inside) => {
      const gone = await inside.tx.query('delete from core_session where id = $1 returning id', [
        actor.sessionId,
      ]);
      if (gone.length === 0) return;
      await this.#deps.audit.record(inside, {
        action: 'core.impersonation.stopped',
        subject: { type: 'user', id: actor.userId, name: actor.email },
      });
    });
  }
}

const actorOf = (
  member: Person,
  impersonator: Person,
  sessionId: string,
): Extract<TenantContext['actor'], { kind: 'user' }> => ({
  kind: 'user',
  userId: member.id,
  email: member.email,
  name: member.name,
  audience: 'store',
  isSuperAdmin: false,
  permissions: { has: () => false },
  sessionId,
  impersonator: { userId: impersonator.id, email: impersonator.email, name: impersonator.name },
});
