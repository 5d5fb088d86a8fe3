import { z } from 'zod';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../../kernel/route.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { orForm } from '../../views/adminForm.js';
import { BASE, done, edit, see } from './adminPlace.js';
import { adminUserView } from './adminUserView.js';

const one = z.object({ userId: z.uuid() });
const role = z.union([z.literal('admin'), z.uuid()]);

/** One administrator: role, account, sessions. */
export function adminUserDetailPages(parts: CoreParts): RouteDefinition[] {
  const { adminUsers, sessionList } = parts.people;
  /** A change of one person; what cannot be is said on their page. */
  const change = (
    ctx: RouteContext,
    userId: string,
    key: string,
    work: () => Promise<unknown>,
    path = `/${userId}`,
  ) =>
    orForm(
      async () => {
        await work();
        return done(ctx, key, path);
      },
      (problem) => adminUserView(parts, ctx, userId, problem),
    );
  const sessionsOf = (userId: string) => ({ userId, audience: 'admin' as const });
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/:userId`,
      input: one,
      handle: (ctx, { userId }) => adminUserView(parts, ctx, userId),
    }),
    defineRoute({
      ...edit,
      scope: 'platform',
      method: 'POST',
      path: `${BASE}/:userId/role`,
      input: one.extend({ role }),
      handle: (ctx, { userId, role: wanted }) =>
        change(ctx, userId, 'core.people.saved', () => adminUsers.setRole(ctx, userId, wanted)),
    }),
    defineRoute({
      ...edit,
      scope: 'platform',
      method: 'POST',
      path: `${BASE}/:userId/remove`,
      input: one,
      handle: (ctx, { userId }) =>
        change(ctx, userId, 'core.team.removed', () => adminUsers.remove(ctx, userId), ''),
    }),
    ...(
      [
        ['suspend', 'core.adminUsers.wasSuspended', (ctx, id) => adminUsers.setActive(ctx, id, false)],
        ['reopen', 'core.adminUsers.wasReopened', (ctx, id) => adminUsers.setActive(ctx, id, true)],
        ['super-admin', 'core.people.saved', (ctx, id) => adminUsers.setSuperAdmin(ctx, id, true)],
        ['no-super-admin', 'core.people.saved', (ctx, id) => adminUsers.setSuperAdmin(ctx, id, false)],
        ['sessions/end', 'core.sessions.allEnded', (ctx, id) => sessionList.endAll(ctx, sessionsOf(id))],
      ] as readonly (readonly [string, string, (ctx: RouteContext, userId: string) => Promise<unknown>])[]
    ).map(([path, key, work]) =>
      defineRoute({
        ...edit,
        scope: 'global',
        method: 'POST',
        path: `${BASE}/:userId/${path}`,
        input: one,
        handle: (ctx, { userId }) =>
          change(
            ctx,
            userId,
            key,
            async () => {
              // Not of somebody who administers nothing: those are no business of this page.
              await adminUsers.get(ctx, userId);
              await work(ctx, userId);
            },
            path === 'no-super-admin' ? '' : `/${userId}`,
          ),
      }),
    ),
    defineRoute({
      ...edit,
      scope: 'global',
      method: 'POST',
      path: `${BASE}/:userId/sessions/:sessionId/end`,
      input: one.extend({ sessionId: z.uuid() }),
      handle: (ctx, { userId, sessionId }) =>
        change(ctx, userId, 'core.sessions.ended', async () => {
          await adminUsers.get(ctx, userId);
          await sessionList.end(ctx, sessionsOf(userId), sessionId);
        }),
    }),
  ];
}
