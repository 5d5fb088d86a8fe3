import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { NotFound } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Audit } from '../audit/Audit.js';
import { inSystem } from '../inSystem.js';

/** A place where somebody is signed in. */
export interface SessionListing {
  readonly id: string;
  readonly audience: 'admin' | 'store';
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly ip: string;
  readonly userAgent: string;
  readonly platformId: string | null;
  /** The administrator who acts as the person in it. */
  readonly impersonator: string | null;
}

/** Which sessions of a user are meant; all fields narrow. */
export interface SessionScope {
  readonly userId: string;
  readonly audience?: 'admin' | 'store';
  readonly platformId?: string;
  /** Those last used in a store of this merchant. */
  readonly merchantId?: string;
}

const WHERE = `user_id = $1 and ($2::text is null or audience = $2) and ($3::uuid is null or platform_id = $3)
  and ($4::uuid is null or last_store_id in (select t.id from core_store t where t.merchant_id = $4))`;

const values = ({ userId, audience, platformId, merchantId }: SessionScope): unknown[] => [
  userId,
  audience ?? null,
  platformId ?? null,
  merchantId ?? null,
];

/** Shows and ends sessions. What ended counts nowhere any more: every request looks its session up. */
export class SessionList {
  readonly #deps: { readonly database: Database; readonly audit: Audit };

  constructor(deps: { readonly database: Database; readonly audit: Audit }) {
    this.#deps = deps;
  }

  /** Those that are not over, the latest first. */
  async list(scope: SessionScope, now: Date): Promise<SessionListing[]> {
    return this.#deps.database.system((tx) =>
      tx.query<SessionListing & object>(
        `select id, audience, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt", ip,
          user_agent as "userAgent", platform_id as "platformId",
          (select i.email from core_user i where i.id = impersonator_id) as impersonator
         from core_session where ${WHERE} and expires_at > $5 order by last_seen_at desc, id desc limit 200`,
        [...values(scope), now],
      ),
    );
  }

  /** Ends one. @throws {NotFound} when it is not among those that `scope` means */
  async end(ctx: TenantContext, scope: SessionScope, sessionId: string): Promise<void> {
    await inSystem(this.#deps.database, ctx, async (inside) => {
      const gone = await inside.tx.query(`delete from core_session where ${WHERE} and id = $5 returning id`, [
        ...values(scope),
        sessionId,
      ]);
      if (gone.length === 0) throw new NotFound({ what: 'This session' });
      await this.#record(inside, scope.userId, 1);
    });
  }

  /** Ends all but `keep`. @returns how many */
  async endAll(ctx: TenantContext, scope: SessionScope, keep?: string): Promise<number> {
    return inSystem(this.#deps.database, ctx, async (inside) => {
      const gone = await inside.tx.query(
        `delete from core_session where ${WHERE} and ($5::uuid is null or id <> $5) returning id`,
        [...values(scope), keep ?? null],
      );
      if (gone.length > 0) await this.#record(inside, scope.userId, gone.length);
      return gone.length;
    });
  }

  async #record(ctx: InTransaction, userId: string, count: number): Promise<void> {
    const [user] = await ctx.tx.query<{ email: string }>('select email from core_user where id = $1', [
      userId,
    ]);
    await this.#deps.audit.record(ctx, {
      action: 'core.session.revoked',
      subject: { type: 'user', id: userId, ...(user ? { name: user.email } : {}) },
      to: { sessions: count },
    });
  }
}
