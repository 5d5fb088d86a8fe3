import type { Actor, PlatformRecord, StoreRecord } from '../kernel/context.js';
import type { DomainError } from '../errors/defineError.js';
import { actorFor } from './actorFor.js';
import type { Audience } from './audience.js';
import { NoAccessHere } from './errors.js';
import { noPermissions, type DeclaredPermissions } from './permissions.js';
import type { Sessions } from './Sessions.js';

export interface IdentityQuestion {
  /** From the cookie or the Authorization header; undefined: none came. */
  readonly token: string | undefined;
  readonly audience: Audience;
  readonly platform: Pick<PlatformRecord, 'id' | 'name' | 'host'>;
  readonly store: Pick<StoreRecord, 'id' | 'merchantId' | 'name'> | null;
  /** Permissions of the modules that are on for the platform. */
  readonly declared: DeclaredPermissions;
  readonly now: Date;
}

export interface IdentityAnswer {
  readonly actor: Actor;
  /**
   * Set when the session is good but its person has no business at this place: the actor is anonymous then. What is
   * public still answers; everything else fails with this instead of "sign in".
   */
  readonly refused: DomainError | null;
  /** Language that the person chose for dashboards. */
  readonly language: string | null;
}

const ANONYMOUS: IdentityAnswer = { actor: { kind: 'anonymous' }, refused: null, language: null };

/** Says who a request comes from. */
export class Identity {
  private readonly sessions: Sessions;
  private readonly requireTotp: boolean;

  /** @param deps.requireTotp super admins hold nothing until the second step is set up */
  constructor({ sessions, requireTotp = false }: { sessions: Sessions; requireTotp?: boolean }) {
    this.sessions = sessions;
    this.requireTotp = requireTotp;
  }

  /** Who acts at this place with this token; one statement, none without a token. */
  async identify({
    token,
    audience,
    platform,
    store,
    declared,
    now,
  }: IdentityQuestion): Promise<IdentityAnswer> {
    if (token === undefined || (audience === 'customer' && !store)) return ANONYMOUS;
    const session = await this.sessions.lookup(token, { audience, platformId: platform.id, store }, now);
    if (!session) return ANONYMOUS;
    const actor = actorFor(session, declared, platform, store);
    if (actor?.kind === 'user' && this.requireTotp && actor.isSuperAdmin && !session.hasTotp) {
      const limited = { ...actor, isSuperAdmin: false, permissions: noPermissions(declared) };
      return {
        actor: { ...limited, mustSetUpTotp: true },
        refused: null,
        language: session.person.language,
      };
    }
    if (actor) return { actor, refused: null, language: session.person.language };
    return {
      ...ANONYMOUS,
      refused: new NoAccessHere({ email: session.person.email, place: store?.name ?? platform.name }),
    };
  }
}
