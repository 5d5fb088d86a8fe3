import type { Actor } from '../../kernel/context.js';

const BUILT_IN: readonly string[] = ['super_admin', 'admin', 'owner', 'manager', 'staff'];

/** The columns `role` and `role_id` of a role as it is chosen. */
export const roleColumns = (role: string): [code: string, id: string | null] =>
  BUILT_IN.includes(role) ? [role, null] : ['custom', role];

/** Who invites, as it is noted. */
export const inviterOf = (actor: Actor): { readonly id: string | null; readonly name: string } => {
  if (actor.kind === 'user') return { id: actor.userId, name: actor.name };
  return { id: null, name: actor.kind === 'system' ? actor.name : '' };
};
