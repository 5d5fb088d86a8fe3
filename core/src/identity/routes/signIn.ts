import type { RouteContext } from '../../kernel/route.js';
import type { Audience } from '../audience.js';
import type { Authentication, LoginResult } from '../Authentication.js';
import { sessionCookie } from './sessionCookie.js';

/** Surfaces on which people sign in, with the audience of their sessions. */
export const SIGN_IN_SURFACES = [
  { surface: 'admin', audience: 'admin' },
  { surface: 'store', audience: 'store' },
  { surface: 'storefront', audience: 'customer' },
] as const;

/** Signs in at the address of a request; the session that the request came with ends. */
export const signIn = async (
  authentication: Authentication,
  ctx: RouteContext,
  audience: Audience,
  { email, password }: { email: string; password: string },
): Promise<{ result: LoginResult; headers: Readonly<Record<string, string>> }> => {
  const replaces = sessionIdOf(ctx);
  const result = await authentication.login({
    audience,
    platform: ctx.platform,
    store: ctx.store,
    email,
    password,
    ip: ctx.request.ip,
    userAgent: ctx.request.userAgent,
    now: ctx.now,
    ...(replaces === undefined ? {} : { replaces }),
  });
  const seconds = (result.expiresAt.getTime() - ctx.now.getTime()) / 1_000;
  return {
    result,
    headers: {
      'set-cookie': sessionCookie(ctx, audience).set(result.token, seconds),
      'cache-control': 'no-store',
    },
  };
};

/** Ends the session of a request, if any, and takes the cookie back. */
export const signOut = async (
  authentication: Authentication,
  ctx: RouteContext,
  audience: Audience,
): Promise<Readonly<Record<string, string>>> => {
  const sessionId = sessionIdOf(ctx);
  if (sessionId !== undefined) await authentication.logout(sessionId);
  return { 'set-cookie': sessionCookie(ctx, audience).clear(), 'cache-control': 'no-store' };
};

const sessionIdOf = ({ actor }: RouteContext): string | undefined =>
  actor.kind === 'user' || actor.kind === 'customer' ? actor.sessionId : undefined;
