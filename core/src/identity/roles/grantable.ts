import type { PermissionDefinition } from '../../kernel/plugin.js';
import type { Actor, TenantContext } from '../../kernel/context.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { GrantRefused } from '../errors.js';
import type { DeclaredPermissions } from '../permissions.js';

/** Whose roles: administrators of a platform, or members of a merchant's stores. */
export type RoleAudience = 'admin' | 'store';

/** Permissions of the modules that are on at a place. */
export const declaredAt = (ctx: TenantContext): DeclaredPermissions =>
  (ctx.snapshot as Partial<Snapshot>).permissions ?? new Map<string, PermissionDefinition>();

/** Whether a role may hold a permission at all: what stands above the platform or the store stays with built-in roles. */
export const isForRoles = (definition: PermissionDefinition, audience: RoleAudience): boolean =>
  definition.audience === audience && definition.scope !== 'global' && definition.scope !== 'merchant';

/** Everything that a role of this kind could hold here. */
export const allOf = (ctx: TenantContext, audience: RoleAudience): string[] =>
  [...declaredAt(ctx)].filter(([, one]) => isForRoles(one, audience)).map(([name]) => name);

/** What a built-in role of stores holds. */
export const builtInPermissions = (ctx: TenantContext, role: 'manager' | 'staff'): string[] =>
  [...declaredAt(ctx)]
    .filter(([, one]) => isForRoles(one, 'store') && one.roles?.includes(role))
    .map(([name]) => name);

/**
 * Makes sure that who acts holds everything they are about to give or take.
 *
 * What modules bring that are off is held by nobody now, but would be later: only who holds all there is may pass it on.
 *
 * @throws {GrantRefused} naming what is missing
 */
export function requireGrantable(
  ctx: TenantContext,
  audience: RoleAudience,
  permissions: readonly string[],
): void {
  const { actor } = ctx;
  if (actor.kind === 'system') return;
  const declared = declaredAt(ctx);
  const missing = permissions.filter((name) =>
    declared.has(name) ? !holds(actor, name) : !allOf(ctx, audience).every((one) => holds(actor, one)),
  );
  if (missing.length > 0) throw new GrantRefused({ permissions: missing });
}

const holds = (actor: Actor, permission: string): boolean =>
  actor.kind === 'user' && actor.permissions.has(permission);
