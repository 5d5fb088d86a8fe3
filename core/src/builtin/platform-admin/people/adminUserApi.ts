import { z } from 'zod';
import { AlreadyMember, GrantRefused, LastSuperAdmin } from '../../../identity/errors.js';
import { defineRoute, type RouteDefinition } from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { sessionOutput } from '../../core/account/accountApi.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { searchInput } from '../../listInput.js';
import {
  invitationId,
  invitationOutput,
  inviteBase,
  itemsOf,
  listOf,
  SOME_INVITATION,
  SOME_SESSION,
  SOMEBODY,
  userId,
} from './peopleSchemas.js';

const adminUser = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  isSuperAdmin: z.boolean(),
  isActive: z.boolean(),
  hasTotp: z.boolean(),
  lastLoginAt: z.date().nullable(),
  createdAt: z.date(),
  roles: z.array(
    z.object({ platformId: z.uuid(), platform: z.string(), role: z.string(), name: z.string().nullable() }),
  ),
});
const role = z.union([z.literal('admin'), z.uuid()]);
const BASE = '/admin-users';
const common = { surface: 'admin', kind: 'api', scope: 'both' } as const;
const see = { ...common, access: 'platform-admin.admin_users.view' } as const;
const edit = { ...common, access: 'platform-admin.admin_users.edit' } as const;
const above = { ...edit, scope: 'global' } as const;

/** Administrators for clients. */
export function adminUserApi({ people }: CoreParts): RouteDefinition[] {
  const { adminUsers, adminInvitations, sessionList } = people;
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: BASE,
      summary: 'Who administers',
      input: searchInput,
      output: listOf(adminUser),
      example: { q: 'ann', page: 1, perPage: 20 },
      handle: (ctx, query) => adminUsers.list(ctx, query),
    }),
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/invitations`,
      summary: 'Invitations that are open',
      input: searchInput,
      output: listOf(invitationOutput),
      example: { q: 'ann', page: 1, perPage: 20 },
      handle: (ctx, query) => adminInvitations.list(ctx, query),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/invitations`,
      status: 201,
      summary:
        'Invite an administrator by mail: on a platform with a role, above the platforms a super admin',
      input: inviteBase.extend({ role: role.optional() }),
      output: invitationOutput,
      example: { email: 'ann@example.org', language: 'fr', role: 'admin' },
      errors: [AlreadyMember, GrantRefused],
      handle: (ctx, { role: wanted, ...input }) =>
        adminInvitations.invite(ctx, {
          ...input,
          role: wanted ?? (isGlobalPlatform(ctx.platform) ? 'super_admin' : 'admin'),
        }),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/invitations/:invitationId/resend`,
      summary: 'Send a new link; the old one ends',
      input: invitationId,
      output: invitationOutput,
      example: { invitationId: SOME_INVITATION },
      handle: (ctx, { invitationId: id }) => adminInvitations.resend(ctx, id),
    }),
    defineRoute({
      ...edit,
      method: 'DELETE',
      path: `${BASE}/invitations/:invitationId`,
      status: 204,
      summary: 'Withdraw an invitation',
      input: invitationId,
      example: { invitationId: SOME_INVITATION },
      handle: (ctx, { invitationId: id }) => adminInvitations.withdraw(ctx, id),
    }),
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/:userId`,
      summary: 'One administrator',
      input: userId,
      output: adminUser,
      example: { userId: SOMEBODY },
      handle: (ctx, { userId: id }) => adminUsers.get(ctx, id),
    }),
    defineRoute({
      ...edit,
      scope: 'platform',
      method: 'PUT',
      path: `${BASE}/:userId/role`,
      status: 204,
      summary: 'Give an administrator another role on the platform',
      input: userId.extend({ role }),
      example: { userId: SOMEBODY, role: 'admin' },
      errors: [GrantRefused],
      handle: (ctx, { userId: id, role: wanted }) => adminUsers.setRole(ctx, id, wanted),
    }),
    defineRoute({
      ...edit,
      scope: 'platform',
      method: 'DELETE',
      path: `${BASE}/:userId`,
      status: 204,
      summary: 'Take an administrator off the platform',
      input: userId,
      example: { userId: SOMEBODY },
      errors: [GrantRefused],
      handle: (ctx, { userId: id }) => adminUsers.remove(ctx, id),
    }),
    defineRoute({
      ...above,
      method: 'PATCH',
      path: `${BASE}/:userId`,
      summary: 'Close or open an account, make it a super admin’s or no longer one',
      input: userId.extend({ isActive: z.boolean().optional(), isSuperAdmin: z.boolean().optional() }),
      output: adminUser,
      example: { userId: SOMEBODY, isActive: false },
      errors: [LastSuperAdmin],
      handle: async (ctx, { userId: id, isActive, isSuperAdmin }) => {
        if (isActive !== undefined) await adminUsers.setActive(ctx, id, isActive);
        const before = await adminUsers.get(ctx, id);
        if (isSuperAdmin === undefined || isSuperAdmin === before.isSuperAdmin) return before;
        await adminUsers.setSuperAdmin(ctx, id, isSuperAdmin);
        return { ...before, isSuperAdmin };
      },
    }),
    defineRoute({
      ...above,
      method: 'GET',
      path: `${BASE}/:userId/sessions`,
      summary: 'Where an administrator is signed in',
      input: userId,
      output: itemsOf(sessionOutput),
      example: { userId: SOMEBODY },
      handle: async (ctx, { userId: id }) => {
        await adminUsers.get(ctx, id);
        return { items: await sessionList.list({ userId: id, audience: 'admin' }, ctx.now) };
      },
    }),
    defineRoute({
      ...above,
      method: 'DELETE',
      path: `${BASE}/:userId/sessions`,
      summary: 'End all sessions of an administrator',
      input: userId,
      output: z.object({ ended: z.int() }),
      example: { userId: SOMEBODY },
      handle: async (ctx, { userId: id }) => {
        await adminUsers.get(ctx, id);
        return { ended: await sessionList.endAll(ctx, { userId: id, audience: 'admin' }) };
      },
    }),
    defineRoute({
      ...above,
      method: 'DELETE',
      path: `${BASE}/:userId/sessions/:sessionId`,
      status: 204,
      summary: 'End one session of an administrator',
      input: userId.extend({ sessionId: z.uuid() }),
      example: { userId: SOMEBODY, sessionId: SOME_SESSION },
      handle: async (ctx, { userId: id, sessionId }) => {
        await adminUsers.get(ctx, id);
        await sessionList.end(ctx, { userId: id, audience: 'admin' }, sessionId);
      },
    }),
  ];
}
