import { NotSignedIn } from '../errors/common.js';
import type { Actor } from '../kernel/context.js';
import { NotWhileImpersonating } from './errors.js';

type UserActor = Extract<Actor, { kind: 'user' }>;

/** The signed-in user. @throws {NotSignedIn} */
export const signedInUser = ({ actor }: { readonly actor: Actor }): UserActor => {
  if (actor.kind !== 'user') throw new NotSignedIn();
  return actor;
};

/**
 * The signed-in user, in person: for what an administrator who acts as them must not touch.
 *
 * @throws {NotSignedIn}
 * @throws {NotWhileImpersonating}
 */
export const userInPerson = (ctx: { readonly actor: Actor }): UserActor => {
  const actor = signedInUser(ctx);
  if (actor.impersonator) throw new NotWhileImpersonating();
  return actor;
};

/** Lets jobs and commands pass; people only when they act for themselves. @throws {NotWhileImpersonating} */
export const refuseImpersonation = ({ actor }: { readonly actor: Actor }): void => {
  if (actor.kind === 'user' && actor.impersonator) throw new NotWhileImpersonating();
};
