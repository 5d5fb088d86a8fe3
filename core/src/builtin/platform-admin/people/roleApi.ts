import { GrantRefused, RoleInUse, RoleNameTaken } from '../../../identity/errors.js';
import type { CustomRoles } from '../../../identity/roles/CustomRoles.js';
import { defineRoute, type RouteDefinition } from '../../../kernel/route.js';
import { itemsOf, permissions, roleId, roleName, roleOutput, SOME_ROLE } from './peopleSchemas.js';
import { z } from 'zod';

/** Custom roles for clients: of a platform's administrators, or of a merchant's staff. */
export function roleApi(place: {
  readonly surface: 'admin' | 'store';
  readonly base: string;
  readonly view: string;
  readonly edit: string;
  readonly roles: CustomRoles;
  /** A permission for the examples. */
  readonly some: string;
}): RouteDefinition[] {
  const { surface, base, roles } = place;
  const common = { surface, kind: 'api' } as const;
  const edit = { ...common, access: place.edit } as const;
  return [
    defineRoute({
      ...common,
      access: place.view,
      method: 'GET',
      path: base,
      summary: 'Custom roles with what they hold',
      output: itemsOf(roleOutput),
      handle: async (ctx) => ({ items: await roles.list(ctx) }),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: base,
      status: 201,
      summary: 'Make a role; it can hold only what its maker holds',
      input: z.object({ name: roleName, permissions: permissions.default([]) }),
      output: roleOutput,
      example: { name: 'Editors', permissions: [place.some] },
      errors: [GrantRefused, RoleNameTaken],
      handle: (ctx, input) => roles.create(ctx, input),
    }),
    defineRoute({
      ...edit,
      method: 'PATCH',
      path: `${base}/:roleId`,
      summary: 'Rename a role, or set what it holds; what is left out stays',
      input: roleId.extend({ name: roleName.optional(), permissions: permissions.optional() }),
      output: roleOutput,
      example: { roleId: SOME_ROLE, permissions: [place.some] },
      errors: [GrantRefused, RoleNameTaken],
      handle: async (ctx, { roleId: id, name, permissions: wanted }) => {
        if (wanted) await roles.setPermissions(ctx, new Map([[id, wanted]]));
        if (name !== undefined) await roles.rename(ctx, id, name);
        return roles.get(ctx, id);
      },
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${base}/:roleId/duplicate`,
      status: 201,
      summary: 'A role like another one, under a new name',
      input: roleId.extend({ name: roleName }),
      output: roleOutput,
      example: { roleId: SOME_ROLE, name: 'Editors of Esch' },
      errors: [GrantRefused, RoleNameTaken],
      handle: (ctx, { roleId: id, name }) => roles.duplicate(ctx, id, name),
    }),
    defineRoute({
      ...edit,
      method: 'DELETE',
      path: `${base}/:roleId`,
      status: 204,
      summary: 'Delete a role that nobody holds',
      input: roleId,
      example: { roleId: SOME_ROLE },
      errors: [RoleInUse, GrantRefused],
      handle: (ctx, { roleId: id }) => roles.remove(ctx, id),
    }),
  ];
}
