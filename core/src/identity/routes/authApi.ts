import { NotSignedIn } from '../../errors/common.js';
import { defineRoute, raw, type RouteDefinition } from '../../kernel/route.js';
import type { Authentication } from '../Authentication.js';
import {
  InvalidCredentials,
  LinkNotValid,
  NoAccessHere,
  TooManyLogins,
  TotpRequired,
  WrongCode,
} from '../errors.js';
import { HeldPermissions } from '../permissions.js';
import { credentialsSchema, loginOutputSchema, meOutputSchema, secondStepSchema } from './schemas.js';
import { finishSignIn, SIGN_IN_SURFACES, signIn, signOut } from './signIn.js';

/** `/auth/login`, `/auth/logout` and `/auth/me` for each audience. */
export const authApiRoutes = ({ authentication }: { authentication: Authentication }): RouteDefinition[] =>
  SIGN_IN_SURFACES.flatMap(({ surface, audience }) => [
    defineRoute({
      method: 'POST',
      path: '/auth/login',
      surface,
      kind: 'api',
      access: 'public',
      scope: 'both',
      summary: 'Sign in; sets the session cookie and hands out the token',
      input: credentialsSchema,
      output: loginOutputSchema,
      example: { email: 'ann@example.org', password: 'correct horse battery staple' },
      errors: [
        InvalidCredentials,
        NoAccessHere,
        TooManyLogins,
        ...(audience === 'customer' ? [] : [TotpRequired]),
      ],
      handle: async (ctx, input) => {
        const {
          result: { token, expiresAt, user },
          headers,
        } = await signIn(authentication, ctx, audience, input);
        return raw({ token, expiresAt: expiresAt.toISOString(), user }, { headers });
      },
    }),
    ...(audience === 'customer' ? [] : [secondStepRoute(authentication, surface, audience)]),
    defineRoute({
      method: 'POST',
      path: '/auth/logout',
      surface,
      kind: 'api',
      access: 'public',
      scope: 'both',
      status: 204,
      summary: 'End this session; without one it does nothing',
      handle: async (ctx) =>
        raw(null, { status: 204, headers: await signOut(authentication, ctx, audience) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/auth/me',
      surface,
      kind: 'api',
      access: audience === 'customer' ? 'customer' : 'signed-in',
      scope: 'both',
      summary: 'Who is signed in, with which permissions here',
      output: meOutputSchema,
      handle: ({ actor }) => {
        if (actor.kind === 'customer') {
          return {
            user: { id: actor.customerId, email: actor.email, name: actor.name },
            audience,
            isSuperAdmin: false,
            permissions: [],
          };
        }
        if (actor.kind !== 'user') throw new NotSignedIn();
        return {
          user: { id: actor.userId, email: actor.email, name: actor.name },
          audience,
          isSuperAdmin: actor.isSuperAdmin,
          permissions: actor.permissions instanceof HeldPermissions ? actor.permissions.list() : [],
        };
      },
    }),
  ]);

const secondStepRoute = (
  authentication: Authentication,
  surface: 'admin' | 'store' | 'storefront',
  audience: 'admin' | 'store',
): RouteDefinition =>
  defineRoute({
    method: 'POST',
    path: '/auth/totp',
    surface,
    kind: 'api',
    access: 'public',
    scope: 'both',
    summary: 'Second step of signing in: the challenge with a code of the app, or a recovery code',
    input: secondStepSchema,
    output: loginOutputSchema,
    example: { challenge: `wz_${'A'.repeat(43)}`, code: '492039' },
    errors: [LinkNotValid, WrongCode, TooManyLogins, NoAccessHere],
    handle: async (ctx, input) => {
      const {
        result: { token, expiresAt, user },
        headers,
      } = await finishSignIn(authentication, ctx, audience, input);
      return raw({ token, expiresAt: expiresAt.toISOString(), user }, { headers });
    },
  });
