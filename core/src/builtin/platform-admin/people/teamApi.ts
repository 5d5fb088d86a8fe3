import { z } from 'zod';
import { AlreadyMember, GrantRefused, LastOwner, TeamLimitReached } from '../../../identity/errors.js';
import type { NewInvitation } from '../../../identity/invitations/invitation.js';
import { refuseImpersonation } from '../../../identity/ownUser.js';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../../kernel/route.js';
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

const owner = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  isActive: z.boolean(),
  hasTotp: z.boolean(),
  lastLoginAt: z.date().nullable(),
  joinedAt: z.date(),
});
const member = owner.extend({ role: z.string(), roleName: z.string().nullable() });
const role = z.union([z.enum(['manager', 'staff']), z.uuid()]);
const common = { surface: 'store', kind: 'api' } as const;
const see = { ...common, access: 'platform-admin.team.view' } as const;
const edit = { ...common, access: 'platform-admin.team.edit' } as const;
const own = { ...common, access: 'platform-admin.owners.edit' } as const;

/** A store's team for clients. */
export function teamApi({ people }: CoreParts): RouteDefinition[] {
  const { team, teamInvitations, sessionList } = people;
  const asOwners = (ctx: RouteContext): RouteContext => ({ ...ctx, store: null });
  const scope = (ctx: RouteContext, id: string) => ({
    userId: id,
    audience: 'store' as const,
    platformId: ctx.platform.id,
  });
  const seen = (ctx: RouteContext, id: string) => ({ ...scope(ctx, id), merchantId: ctx.merchant?.id ?? '' });
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: '/team',
      summary: 'Members of the store',
      input: searchInput,
      output: listOf(member),
      example: { q: 'ann', page: 1, perPage: 20 },
      handle: (ctx, query) => team.members(ctx, query),
    }),
    defineRoute({
      ...see,
      method: 'GET',
      path: '/team/usage',
      summary: 'How many members the team has, beside what the tier allows',
      output: z.object({
        code: z.string(),
        limit: z.int().nullable(),
        current: z.int(),
        remaining: z.int().nullable(),
        upgradeTo: z.string().nullable(),
      }),
      handle: (ctx) => team.usage(ctx),
    }),
    defineRoute({
      ...see,
      method: 'GET',
      path: '/team/owners',
      summary: 'Owners of the merchant',
      input: searchInput,
      output: listOf(owner),
      example: { q: 'ann', page: 1, perPage: 20 },
      handle: (ctx, query) => team.ownerList(ctx, query),
    }),
    defineRoute({
      ...own,
      method: 'DELETE',
      path: '/team/owners/:userId',
      status: 204,
      summary: 'Take an owner off the merchant; never the last one',
      input: userId,
      example: { userId: SOMEBODY },
      errors: [LastOwner],
      handle: (ctx, { userId: id }) => team.removeOwner(ctx, id),
    }),
    ...(
      [
        [
          see,
          edit,
          '/team',
          'a member',
          inviteBase.extend({ role }),
          { role: 'staff' },
          (ctx: RouteContext) => ctx,
        ],
        [
          own,
          own,
          '/team/owners',
          'an owner',
          inviteBase.extend({ role: z.literal('owner').default('owner') }),
          {},
          asOwners,
        ],
      ] as const
    ).flatMap(([list, access, base, whom, input, example, at]) => [
      defineRoute({
        ...list,
        method: 'GET',
        path: `${base}/invitations`,
        summary: `Open invitations of ${whom === 'a member' ? 'members' : 'owners'}`,
        input: searchInput,
        output: listOf(invitationOutput),
        example: { q: 'ann', page: 1, perPage: 20 },
        handle: (ctx, query) => teamInvitations.list(at(ctx), query),
      }),
      defineRoute({
        ...access,
        method: 'POST',
        path: `${base}/invitations`,
        status: 201,
        summary: `Invite ${whom} by mail`,
        input: input as z.ZodObject,
        output: invitationOutput,
        example: { email: 'ann@example.org', language: 'fr', ...example },
        errors: [AlreadyMember, GrantRefused, TeamLimitReached],
        handle: (ctx, given) => teamInvitations.invite(at(ctx), given as unknown as NewInvitation),
      }),
      defineRoute({
        ...access,
        method: 'POST',
        path: `${base}/invitations/:invitationId/resend`,
        summary: 'Send a new link; the old one ends',
        input: invitationId,
        output: invitationOutput,
        example: { invitationId: SOME_INVITATION },
        errors: [TeamLimitReached],
        handle: (ctx, { invitationId: id }) => teamInvitations.resend(at(ctx), id),
      }),
      defineRoute({
        ...access,
        method: 'DELETE',
        path: `${base}/invitations/:invitationId`,
        status: 204,
        summary: 'Withdraw an invitation',
        input: invitationId,
        example: { invitationId: SOME_INVITATION },
        handle: (ctx, { invitationId: id }) => teamInvitations.withdraw(at(ctx), id),
      }),
    ]),
    defineRoute({
      ...see,
      method: 'GET',
      path: '/team/:userId',
      summary: 'One member',
      input: userId,
      output: member,
      example: { userId: SOMEBODY },
      handle: (ctx, { userId: id }) => team.member(ctx, id),
    }),
    defineRoute({
      ...edit,
      method: 'PUT',
      path: '/team/:userId/role',
      status: 204,
      summary: 'Give a member another role',
      input: userId.extend({ role }),
      example: { userId: SOMEBODY, role: 'manager' },
      errors: [GrantRefused],
      handle: (ctx, { userId: id, role: wanted }) => team.setRole(ctx, id, wanted),
    }),
    defineRoute({
      ...edit,
      method: 'DELETE',
      path: '/team/:userId',
      status: 204,
      summary: 'Take a member off the store',
      input: userId,
      example: { userId: SOMEBODY },
      errors: [GrantRefused],
      handle: (ctx, { userId: id }) => team.remove(ctx, id),
    }),
    defineRoute({
      ...own,
      method: 'GET',
      path: '/team/:userId/sessions',
      summary: 'Sessions of a member that were last used in the merchant’s stores',
      input: userId,
      output: itemsOf(sessionOutput),
      example: { userId: SOMEBODY },
      handle: async (ctx, { userId: id }) => {
        await team.member(ctx, id);
        return { items: await sessionList.list(seen(ctx, id), ctx.now) };
      },
    }),
    defineRoute({
      ...own,
      method: 'DELETE',
      path: '/team/:userId/sessions',
      summary: 'End all sessions of a member on this platform',
      input: userId,
      output: z.object({ ended: z.int() }),
      example: { userId: SOMEBODY },
      handle: async (ctx, { userId: id }) => {
        refuseImpersonation(ctx);
        await team.member(ctx, id);
        return { ended: await sessionList.endAll(ctx, scope(ctx, id)) };
      },
    }),
    defineRoute({
      ...own,
      method: 'DELETE',
      path: '/team/:userId/sessions/:sessionId',
      status: 204,
      summary: 'End one session of a member',
      input: userId.extend({ sessionId: z.uuid() }),
      example: { userId: SOMEBODY, sessionId: SOME_SESSION },
      handle: async (ctx, { userId: id, sessionId }) => {
        refuseImpersonation(ctx);
        await team.member(ctx, id);
        await sessionList.end(ctx, seen(ctx, id), sessionId);
      },
    }),
  ];
}
