import type { PermissionSet } from '../kernel/context.js';
import type { PermissionDefinition } from '../kernel/plugin.js';
import type { BuiltInRole, Membership } from './grants.js';

/** Permissions of the modules that are on, by name: what nobody declares, nobody holds. */
export type DeclaredPermissions = ReadonlyMap<string, PermissionDefinition>;

/** The declared permissions that a rule lets through; asks the rule on demand, so that making one costs nothing. */
export class HeldPermissions implements PermissionSet {
  constructor(
    private readonly declared: DeclaredPermissions,
    private readonly rule: (definition: PermissionDefinition, permission: string) => boolean,
  ) {}

  has(permission: string): boolean {
    const definition = this.declared.get(permission);
    return definition !== undefined && this.rule(definition, permission);
  }

  /** All held permissions, in the order of their names. */
  list(): string[] {
    return [...this.declared.keys()].filter((permission) => this.has(permission)).sort();
  }
}

/** Everything of the admin surface, above all platforms too. */
export const superAdminPermissions = (declared: DeclaredPermissions): HeldPermissions =>
  new HeldPermissions(declared, (definition) => definition.audience === 'admin');

/** Everything of one platform's admin, but nothing above platforms. */
export const platformAdminPermissions = (declared: DeclaredPermissions): HeldPermissions =>
  new HeldPermissions(
    declared,
    (definition) => definition.audience === 'admin' && definition.scope !== 'global',
  );

/** What a platform's own role lists, of its admin; nothing above platforms. */
export const customAdminPermissions = (
  declared: DeclaredPermissions,
  permissions: readonly string[],
): HeldPermissions => {
  const own = new Set(permissions);
  return new HeldPermissions(
    declared,
    (definition, permission) =>
      definition.audience === 'admin' && definition.scope !== 'global' && own.has(permission),
  );
};

/** Everything in the stores of one's own merchant. */
export const ownerPermissions = (declared: DeclaredPermissions): HeldPermissions =>
  new HeldPermissions(declared, (definition) => definition.audience === 'store');

/** What a member's role gives in one store; what concerns the whole merchant is never among it. */
export const memberPermissions = (
  declared: DeclaredPermissions,
  { roleCode, permissions }: Membership,
): HeldPermissions => {
  const own = new Set(permissions);
  return new HeldPermissions(
    declared,
    (definition, permission) =>
      definition.audience === 'store' &&
      definition.scope !== 'merchant' &&
      (own.has(permission) || (definition.roles ?? []).includes(roleCode as BuiltInRole)),
  );
};

/** Signed in, without any right: a platform's administrator above the platforms, a member before choosing a store. */
export const noPermissions = (declared: DeclaredPermissions): HeldPermissions =>
  new HeldPermissions(declared, () => false);
