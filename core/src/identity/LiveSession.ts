import type { Audience } from './audience.js';
import type { Grants } from './grants.js';

/** Where a request stands: what a session must be bound to in order to count. */
export interface SessionPlace {
  readonly audience: Audience;
  readonly platformId: string;
  /** Needed for customers; for members it decides whose role is looked up. */
  readonly store: { readonly id: string; readonly merchantId: string } | null;
}

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
}

/** A session that counts at the place it was looked up for, with its person and what they may do there. */
export interface LiveSession {
  readonly id: string;
  readonly audience: Audience;
  readonly person: Person;
  /** Empty for customers. */
  readonly grants: Grants;
  /** Whether the second step of signing in is set up; said for administrators only. */
  readonly hasTotp?: boolean;
  /** The administrator who acts as this person; left out: the person themselves. */
  readonly impersonator?: { readonly userId: string; readonly email: string; readonly name: string };
  /** Whether a member could work in another store of the platform too. */
  readonly hasChoice?: boolean;
  readonly lastSeenAt: Date;
  /** End in any case; it may end earlier when idle. */
  readonly expiresAt: Date;
}
