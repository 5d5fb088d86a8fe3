import type { Database } from '../database/Database.js';
import type { Transaction } from '../database/unitOfWork.js';
import { uuidv7 } from '../database/uuid.js';
import type { Audience } from './audience.js';
import type { Grants } from './grants.js';
import type { LiveSession, SessionPlace } from './LiveSession.js';
import { LOOKUP, NOTE_STORE, OPEN, TOUCH, TOUCH_IN_STORE } from './sessionStatements.js';
import { sessionSettingsSchema, type SessionSettings } from './sessionSettings.js';
import { hashToken, newToken } from './tokens.js';

/** Whose session, bound to what; `platformId` counts for members and customers, the store for customers. */
export type SessionOwner =
  | { readonly audience: 'admin'; readonly userId: string }
  | {
      readonly audience: 'store';
      readonly userId: string;
      readonly platformId: string;
      /** An administrator acts as the member, in one store, for a while, as long as their own session lives. */
      readonly impersonation?: {
        readonly impersonatorId: string;
        readonly parentId: string;
        readonly storeId: string;
        readonly seconds: number;
      };
    }
  | {
      readonly audience: 'customer';
      readonly customerId: string;
      readonly platformId: string;
      readonly store: { readonly id: string; readonly merchantId: string };
    };

export interface OpenedSession {
  readonly id: string;
  /** Known to nobody but its bearer; only its hash is kept. */
  readonly token: string;
  readonly expiresAt: Date;
}

interface SessionRow {
  id: string;
  last_seen_at: Date;
  expires_at: Date;
  person_id: string;
  email: string;
  name: string;
  language: string | null;
  is_super_admin?: boolean;
  admin_of?: string[];
  admin_roles?: Record<string, string[]> | null;
  has_totp?: boolean;
  last_store_id?: string | null;
  has_choice?: boolean;
  impersonator_id?: string | null;
  impersonator_email?: string | null;
  impersonator_name?: string | null;
  owner_of?: string | null;
  member_of?: string | null;
  role_code?: string | null;
  permissions?: string[] | null;
}

const TOUCH_EVERY_MS = 60_000;
const LONGEST_USER_AGENT = 400;

/**
 * Opaque sessions, kept as hashes and looked up in the database by every request: what is revoked is gone at once,
 * on every node.
 */
export class Sessions {
  private readonly database: Database;
  private readonly settings: SessionSettings;

  constructor({
    database,
    settings = sessionSettingsSchema.parse({}) as SessionSettings,
  }: {
    database: Database;
    settings?: SessionSettings;
  }) {
    this.database = database;
    this.settings = settings;
  }

  /** Opens a session within a system transaction. */
  async open(
    tx: Transaction,
    owner: SessionOwner,
    seen: { ip: string; userAgent: string; now: Date },
  ): Promise<OpenedSession> {
    const token = newToken(),
      id = uuidv7(seen.now);
    const impersonation = owner.audience === 'store' ? owner.impersonation : undefined;
    const seconds = impersonation?.seconds ?? this.settings[owner.audience].absoluteSeconds;
    const expiresAt = new Date(seen.now.getTime() + seconds * 1_000);
    const store = owner.audience === 'customer' ? owner.store : null;
    await tx.query(OPEN, [
      id,
      hashToken(token),
      owner.audience,
      owner.audience === 'customer' ? null : owner.userId,
      owner.audience === 'customer' ? owner.customerId : null,
      owner.audience === 'admin' ? null : owner.platformId,
      store?.merchantId ?? null,
      store?.id ?? null,
      seen.now,
      expiresAt,
      seen.ip,
      seen.userAgent.slice(0, LONGEST_USER_AGENT),
      impersonation?.impersonatorId ?? null,
      impersonation?.parentId ?? null,
      impersonation?.storeId ?? null,
    ]);
    return { id, token, expiresAt };
  }

  /**
   * The session of a token, when it is alive and bound to this place; its person must be active.
   *
   * Being seen is written at most once a minute, so an idle session may end up to a minute early.
   */
  async lookup(token: string, place: SessionPlace, now: Date): Promise<LiveSession | null> {
    const hash = hashToken(token);
    if (!hash) return null;
    const idleSince = new Date(now.getTime() - this.settings[place.audience].idleSeconds * 1_000);
    const bound =
      place.audience === 'admin'
        ? []
        : [place.platformId, place.store?.merchantId ?? null, place.store?.id ?? null];
    const [row] = await this.database.readSystem<SessionRow>(LOOKUP[place.audience], [
      hash,
      now,
      idleSince,
      ...bound,
    ]);
    if (!row) return null;
    const hasChoice = await this.touch(
      row,
      now,
      place.audience === 'store' ? (place.store?.id ?? null) : null,
    );
    return {
      id: row.id,
      audience: place.audience,
      lastSeenAt: row.last_seen_at,
      expiresAt: row.expires_at,
      person: { id: row.person_id, email: row.email, name: row.name, language: row.language },
      grants: grantsOf(row),
      ...(row.has_totp === undefined ? {} : { hasTotp: row.has_totp }),
      ...(hasChoice === undefined ? {} : { hasChoice }),
      ...(row.impersonator_id
        ? {
            impersonator: {
              userId: row.impersonator_id,
              email: row.impersonator_email ?? '',
              name: row.impersonator_name ?? '',
            },
          }
        : {}),
    };
  }

  /** Ends one session. Ending one that is gone already is no error. */
  async revoke(sessionId: string): Promise<void> {
    await this.database.system((tx) => tx.query('delete from core_session where id = $1', [sessionId]));
  }

  /** Ends all sessions of a user, but for `except` (the one that asks). @returns how many ended */
  revokeAllOfUser(
    userId: string,
    options: { except?: string; audience?: Exclude<Audience, 'customer'> } = {},
  ): Promise<number> {
    return this.revokeWhere('user_id', userId, options);
  }

  /** Ends all sessions of a customer, but for `except`. @returns how many ended */
  revokeAllOfCustomer(customerId: string, options: { except?: string } = {}): Promise<number> {
    return this.revokeWhere('customer_id', customerId, options);
  }

  /** Removes the rows of sessions that are over. @returns how many */
  async purge(now: Date): Promise<number> {
    const ended = await this.database.system((tx) =>
      tx.query('delete from core_session where expires_at <= $1 returning id', [now]),
    );
    return ended.length;
  }

  private async revokeWhere(
    column: 'user_id' | 'customer_id',
    id: string,
    { except, audience }: { except?: string; audience?: Audience },
  ): Promise<number> {
    const ended = await this.database.system((tx) =>
      tx.query(
        `delete from core_session where ${column} = $1 and ($2::uuid is null or id <> $2) and ($3::text is null or audience = $3) returning id`,
        [id, except ?? null, audience ?? null],
      ),
    );
    return ended.length;
  }

  /** @returns whether there is another store to work in, as of now where that was looked up */
  private async touch(row: SessionRow, now: Date, storeId: string | null): Promise<boolean | undefined> {
    const due = new Date(now.getTime() - TOUCH_EVERY_MS);
    const elsewhere = storeId !== null && row.last_store_id !== storeId;
    if (row.last_seen_at > due && !elsewhere) return row.has_choice;
    return this.database.system(async (tx) => {
      if (storeId === null) {
        await tx.query(TOUCH, [row.id, now, due]);
        return row.has_choice;
      }
      const [session] = await tx.query<{
        user_id: string;
        platform_id: string;
        impersonator_id: string | null;
        has_choice: boolean;
      }>(TOUCH_IN_STORE, [row.id, now, due, storeId]);
      // Where an administrator looks says nothing about where the member works.
      if (session && session.impersonator_id === null)
        await tx.query(NOTE_STORE, [session.user_id, session.platform_id, storeId, now]);
      return session?.has_choice ?? row.has_choice;
    });
  }
}

const grantsOf = (row: SessionRow): Grants => ({
  isSuperAdmin: row.is_super_admin ?? false,
  adminOf: row.admin_of ?? [],
  ...(row.admin_roles ? { adminRoles: row.admin_roles } : {}),
  ownerOf: row.owner_of ? [row.owner_of] : [],
  membership:
    row.member_of && row.role_code
      ? { storeId: row.member_of, roleCode: row.role_code, permissions: row.permissions ?? [] }
      : null,
});
