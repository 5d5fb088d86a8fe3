import { DomainError } from '../../errors/defineError.js';
import {
  defineRoute,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import type { Audience } from '../audience.js';
import type { Authentication } from '../Authentication.js';
import { demoLogins } from '../demo/demoLogins.js';
import { InvalidCredentials, TotpRequired } from '../errors.js';
import { safeNext } from '../safeNext.js';
import { loginView, type LoginView } from './loginView.js';
import { BASE, isSignedIn, loginAddress, START, startPage } from './places.js';
import { secondStepView } from './secondStepPages.js';
import { nextSchema, signInFormSchema } from './schemas.js';
import { SIGN_IN_SURFACES, signIn, signOut } from './signIn.js';

export interface SignInParts {
  readonly authentication: Authentication;
  /** Whether demo accounts were made, to be shown where they may sign in. */
  readonly config: { readonly demo: boolean; readonly environment: 'development' | 'test' | 'production' };
}

/** Sign-in and sign-out as plain forms, for each audience. */
export const signInPages = (parts: SignInParts): RouteDefinition[] =>
  SIGN_IN_SURFACES.flatMap(({ surface, audience }) => [
    defineRoute({
      method: 'GET',
      path: `${BASE[surface]}/login`,
      surface,
      kind: 'page',
      access: 'public',
      scope: 'both',
      input: nextSchema,
      handle: (ctx, { next }) =>
        isSignedIn(ctx, audience)
          ? redirect(safeNext(next) ?? startPage(ctx, surface))
          : signInPage(parts, ctx, surface, { next }),
    }),
    defineRoute({
      method: 'POST',
      path: `${BASE[surface]}/login`,
      surface,
      kind: 'page',
      access: 'public',
      scope: 'both',
      input: signInFormSchema,
      handle: (ctx, form) => signInByForm(parts, ctx, { surface, audience }, form),
    }),
    defineRoute({
      method: 'POST',
      path: `${BASE[surface]}/logout`,
      surface,
      kind: 'page',
      access: 'public',
      scope: 'both',
      handle: async (ctx) => {
        const headers = await signOut(parts.authentication, ctx, audience);
        return redirect(
          surface === 'storefront'
            ? ctx.links.to('storefront', START.storefront)
            : loginAddress(ctx, surface),
          303,
          headers,
        );
      },
    }),
  ]);

const signInPage = (
  { config }: SignInParts,
  ctx: RouteContext,
  surface: LoginView['surface'],
  form: { next: string | undefined; email?: string; failure?: DomainError },
): View =>
  loginView(ctx, surface, loginAddress(ctx, surface), {
    ...form,
    demo: config.demo && config.environment !== 'production' ? demoLogins(ctx, surface) : undefined,
  });

const signInByForm = async (
  parts: SignInParts,
  ctx: RouteContext,
  { surface, audience }: { surface: LoginView['surface']; audience: Audience },
  { email, password, next }: { email: string; password: string; next?: string | undefined },
): Promise<View | Redirect> => {
  const again = (failure: DomainError) => signInPage(parts, ctx, surface, { next, email, failure });
  if (email.trim() === '' || password === '') return again(new InvalidCredentials());
  try {
    const { headers } = await signIn(parts.authentication, ctx, audience, { email, password });
    return redirect(safeNext(next) ?? startPage(ctx, surface), 303, headers);
  } catch (error) {
    if (error instanceof TotpRequired && surface !== 'storefront')
      return secondStepView(ctx, surface, { challenge: error.data.challenge, next });
    if (error instanceof DomainError && error.status < 500) return again(error);
    throw error;
  }
};
