import type { TenantContext } from '../../kernel/context.js';
import type { CustomRole } from './CustomRoles.js';
import { allOf, builtInPermissions, declaredAt, type RoleAudience } from './grantable.js';

export interface MatrixColumn {
  /** Id of a custom role; code of a built-in one. */
  readonly id: string;
  /** Name of a custom role; null for a built-in one, whose name is a translation. */
  readonly name: string | null;
  readonly holders: number | null;
}

export interface MatrixCell {
  readonly roleId: string;
  readonly isOn: boolean;
  /** Built-in roles are as they are; what one does not hold oneself, one can neither give nor take. */
  readonly isLocked: boolean;
}

export interface MatrixGroup {
  readonly module: string;
  readonly rows: readonly {
    readonly permission: string;
    /** Translation key. */
    readonly label: string;
    /** For those who hold everything alone; no role can have it. */
    readonly isReserved: boolean;
    readonly cells: readonly MatrixCell[];
  }[];
}

export interface PermissionMatrix {
  readonly columns: readonly MatrixColumn[];
  readonly groups: readonly MatrixGroup[];
}

const BUILT_IN = { admin: ['admin'], store: ['owner', 'manager', 'staff'] } as const;

/** Which role holds what, of the modules that are on: permissions as rows by module, roles as columns. */
export function permissionMatrix(
  ctx: TenantContext,
  audience: RoleAudience,
  roles: readonly CustomRole[],
): PermissionMatrix {
  const { actor } = ctx;
  const grantable = new Set(allOf(ctx, audience));
  const builtIn = BUILT_IN[audience].map((code) => ({ code, held: heldBy(ctx, code) }));
  const groups = new Map<string, MatrixGroup['rows'][number][]>();
  for (const [permission, definition] of declaredAt(ctx)) {
    if (definition.audience !== audience || definition.scope === 'global') continue;
    const isReserved = !grantable.has(permission);
    const mayGive = actor.kind === 'user' && actor.permissions.has(permission) && !isReserved;
    const module = permission.slice(0, permission.indexOf('.'));
    const rows = groups.get(module) ?? [];
    rows.push({
      permission,
      label: definition.label,
      isReserved,
      cells: [
        ...builtIn.map(({ code, held }) => ({
          roleId: code,
          isOn: held === 'everything' || held.has(permission),
          isLocked: true,
        })),
        ...roles.map((role) => ({
          roleId: role.id,
          isOn: !isReserved && role.permissions.includes(permission),
          isLocked: !mayGive,
        })),
      ],
    });
    groups.set(module, rows);
  }
  return {
    columns: [
      ...builtIn.map(({ code }) => ({ id: code, name: null, holders: null })),
      ...roles.map(({ id, name, holders }) => ({ id, name, holders })),
    ],
    groups: [...groups].map(([module, rows]) => ({ module, rows })),
  };
}

const heldBy = (ctx: TenantContext, code: string): ReadonlySet<string> | 'everything' =>
  code === 'manager' || code === 'staff' ? new Set(builtInPermissions(ctx, code)) : 'everything';
