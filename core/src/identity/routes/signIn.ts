import type { RouteContext } from '../../kernel/route.js';
import type { Audience } from '../audience.js';
import type { Authentication, SignedIn } from '../Authentication.js';
import type { LoginPlace } from '../LoginPlace.js';
import { TotpRequired } from '../errors.js';
import { sessionCookie } from './sessionCookie.js';

/** Surfaces on which people sign in, with the audience of their sessions. */
export const SIGN_IN_SURFACES = [
  { surface: 'admin', audience: 'admin' },
  { surface: 'store', audience: 'store' },
  { surface: 'storefront', audience: 'customer' },
] as const;

/**
 * Signs in at the address of a request; the session that the request came with ends.
 *
 * @throws {TotpRequired} with a challenge where the second step is set up
 */
export const signIn = async (
  authentication: Authentication,
  ctx: RouteContext,
  audience: Audience,
  { email, password }: { email: string; password: string },
): Promise<SignInAnswer> => {
  const replaces = sessionIdOf(ctx);
  const result = await authentication.login({
    ...loginPlace(ctx, audience),
    email,
    password,
    ...(replaces === undefined ? {} : { replaces }),
  });
  if (result.kind === 'second-step')
    throw new TotpRequired({ challenge: result.challenge, expiresAt: result.expiresAt.toISOString() });
  return signedIn(ctx, audience, result);
};

/** Finishes signing in with the second step. */
export const finishSignIn = async (
  authentication: Authentication,
  ctx: RouteContext,
  audience: Audience,
  { challenge, code }: { challenge: string; code: string },
): Promise<SignInAnswer> =>
  signedIn(ctx, audience, await authentication.finish(loginPlace(ctx, audience), challenge, code));

export interface SignInAnswer {
  readonly result: SignedIn;
  readonly headers: Readonly<Record<string, string>>;
}

const signedIn = (ctx: RouteContext, audience: Audience, result: SignedIn): SignInAnswer => ({
  result,
  headers: sessionHeaders(ctx, audience, result),
});

/** Headers that hand a session over to the browser. */
export const sessionHeaders = (
  ctx: RouteContext,
  audience: Audience,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: Date },
): Readonly<Record<string, string>> => ({
  'set-cookie': sessionCookie(ctx, audience).set(token, (expiresAt.getTime() - ctx.now.getTime()) / 1_000),
  'cache-control': 'no-store',
});

const loginPlace = (ctx: RouteContext, audience: Audience): LoginPlace => ({
  audience,
  platform: ctx.platform,
  store: ctx.store,
  ip: ctx.request.ip,
  userAgent: ctx.request.userAgent,
  now: ctx.now,
  requestId: ctx.requestId,
});

/** Ends the session of a request, if any, and takes the cookie back. */
export const signOut = async (
  authentication: Authentication,
  ctx: RouteContext,
  audience: Audience,
): Promise<Readonly<Record<string, string>>> => {
  const sessionId = sessionIdOf(ctx);
  const { actor } = ctx;
  if (sessionId !== undefined && actor.kind === 'user') {
    const person = { id: actor.userId, email: actor.email, name: actor.name, language: null };
    await authentication.logout(sessionId, { ...loginPlace(ctx, audience), person });
  } else if (sessionId !== undefined) await authentication.logout(sessionId);
  return { 'set-cookie': sessionCookie(ctx, audience).clear(), 'cache-control': 'no-store' };
};

const sessionIdOf = ({ actor }: RouteContext): string | undefined =>
  actor.kind === 'user' || actor.kind === 'customer' ? actor.sessionId : undefined;
