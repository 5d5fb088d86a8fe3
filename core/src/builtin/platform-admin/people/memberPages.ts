import { z } from 'zod';
import { refuseImpersonation } from '../../../identity/ownUser.js';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../../kernel/route.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { orForm } from '../../views/adminForm.js';
import { memberPage } from './memberView.js';
import { BASE, done, edit, own, see } from './teamPlace.js';

const one = z.object({ userId: z.uuid() });
const role = z.union([z.enum(['manager', 'staff']), z.uuid()]);

/** One member of a store: role, sessions, and taking them off. */
export function memberPages(parts: CoreParts): RouteDefinition[] {
  const { team, sessionList } = parts.people;
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
      (problem) => memberPage(parts, ctx, userId, problem),
    );
  /** Sessions on this platform; whoever works elsewhere too signs in again there. */
  const sessionsOf = (ctx: RouteContext, userId: string) => ({
    userId,
    audience: 'store' as const,
    platformId: ctx.platform.id,
  });
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/:userId`,
      input: one,
      handle: (ctx, { userId }) => memberPage(parts, ctx, userId),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/:userId/role`,
      input: one.extend({ role }),
      handle: (ctx, { userId, role: wanted }) =>
        change(ctx, userId, 'core.people.saved', () => team.setRole(ctx, userId, wanted)),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/:userId/remove`,
      input: one,
      handle: (ctx, { userId }) =>
        change(ctx, userId, 'core.team.removed', () => team.remove(ctx, userId), ''),
    }),
    defineRoute({
      ...own,
      method: 'POST',
      path: `${BASE}/:userId/sessions/end`,
      input: one,
      handle: (ctx, { userId }) =>
        change(ctx, userId, 'core.sessions.allEnded', async () => {
          await team.member(ctx, userId);
          refuseImpersonation(ctx);
          await sessionList.endAll(ctx, sessionsOf(ctx, userId));
        }),
    }),
    defineRoute({
      ...own,
      method: 'POST',
      path: `${BASE}/:userId/sessions/:sessionId/end`,
      input: one.extend({ sessionId: z.uuid() }),
      handle: (ctx, { userId, sessionId }) =>
        change(ctx, userId, 'core.sessions.ended', async () => {
          await team.member(ctx, userId);
          refuseImpersonation(ctx);
          await sessionList.end(
            ctx,
            { ...sessionsOf(ctx, userId), merchantId: ctx.merchant?.id ?? '' },
            sessionId,
          );
        }),
    }),
  ];
}
