import type { Database } from '../database/Database.js';
import type { Transaction } from '../database/unitOfWork.js';
import type { Account } from './accounts.js';
import type { Audit, AuditContext } from './audit/Audit.js';
import type { LoginPlace } from './LoginPlace.js';
import type { Person } from './LiveSession.js';

/** Stands in the trail for addresses without an account: what was typed may be anything, a password too. */
const NOBODY = { id: 'unknown' };

/** Audit lines of signing in and out, of administrators and members; where a store is known, in its merchant's trail. */
export class SignInTrail {
  readonly #deps: { readonly database: Database; readonly audit: Audit };

  constructor(deps: { readonly database: Database; readonly audit: Audit }) {
    this.#deps = deps;
  }

  async signedIn(tx: Transaction, place: LoginPlace, person: Person, sessionId: string): Promise<void> {
    await this.#deps.audit.record(contextOf(tx, place, person, sessionId), {
      action: 'core.session.opened',
      subject: { type: 'user', id: person.id, name: person.email },
      to: { ip: place.ip, userAgent: place.userAgent.slice(0, 400) },
    });
  }

  /** Ends a session with its line. */
  async signedOut(place: LoginPlace & { readonly person: Person }, sessionId: string): Promise<void> {
    const { person } = place;
    await this.#deps.database.system(async (tx) => {
      const gone = await tx.query('delete from core_session where id = $1 returning id', [sessionId]);
      if (gone.length === 0) return;
      await this.#deps.audit.record(contextOf(tx, place, person, sessionId), {
        action: 'core.session.closed',
        subject: { type: 'user', id: person.id, name: person.email },
      });
    });
  }

  /** The last try within the window failed. Written for accounts that do not exist as well, at the same cost. */
  async lockedOut(place: LoginPlace, account: Account | null): Promise<void> {
    if (place.audience === 'customer') return;
    await this.#deps.database.system((tx) =>
      this.#deps.audit.record(contextOf(tx, place, null, ''), {
        action: 'core.session.locked_out',
        subject: {
          type: 'user',
          ...(account ? { id: account.id, name: account.email } : NOBODY),
        },
        to: { ip: place.ip },
      }),
    );
  }
}

const contextOf = (
  tx: Transaction,
  place: LoginPlace,
  person: Person | null,
  sessionId: string,
): AuditContext => ({
  platform: place.platform,
  merchant: place.store ? { id: place.store.merchantId } : null,
  store: place.store,
  actor: person
    ? {
        kind: 'user',
        userId: person.id,
        email: person.email,
        name: person.name,
        audience: place.audience === 'admin' ? 'admin' : 'store',
        isSuperAdmin: false,
        permissions: NOTHING,
        sessionId,
      }
    : { kind: 'anonymous' },
  now: place.now,
  requestId: place.requestId ?? '',
  tx,
});

const NOTHING = { has: () => false };
