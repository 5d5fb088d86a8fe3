import { z } from 'zod';
import { DomainError } from '../../errors/defineError.js';
import {
  defineRoute,
  redirect,
  view,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import type { Authentication } from '../Authentication.js';
import { safeNext } from '../safeNext.js';
import { startPage } from './places.js';
import { finishSignIn } from './signIn.js';

const form = z.object({
  challenge: z.string().max(100).default(''),
  code: z.string().max(60).default(''),
  next: z.string().max(2_000).optional(),
});

/** What the template `core/login-code` needs. */
export interface SecondStepView {
  readonly form: {
    readonly action: string;
    readonly challenge: string;
    readonly error: { readonly code: string; readonly message: string } | null;
  };
  readonly next: string | undefined;
  readonly title: string;
  /** Where one begins again. */
  readonly backHref: string;
}

/** Asks for the code of the app, between the password and the session. */
export function secondStepView(
  ctx: RouteContext,
  surface: 'admin' | 'store',
  { challenge, next, failure }: { challenge: string; next: string | undefined; failure?: DomainError },
): View {
  const data: SecondStepView = {
    form: {
      action: ctx.links.to(surface, '/login/code'),
      challenge,
      error: failure ? { code: failure.code, message: failure.message } : null,
    },
    next: safeNext(next),
    title: ctx.store?.name ?? ctx.platform.name,
    backHref: ctx.links.to(surface, '/login'),
  };
  const retryAfter = failure?.retryAfterSeconds;
  return view(
    'core/login-code',
    { ...data },
    {
      ...(failure ? { status: failure.status } : {}),
      headers: {
        'cache-control': 'no-store',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      },
    },
  );
}

/** The second step as a form, for administrators and members. */
export const secondStepPages = ({
  authentication,
}: {
  readonly authentication: Authentication;
}): RouteDefinition[] =>
  (['admin', 'store'] as const).map((surface) =>
    defineRoute({
      method: 'POST',
      path: '/login/code',
      surface,
      kind: 'page',
      access: 'public',
      scope: 'both',
      input: form,
      handle: async (ctx, { challenge, code, next }) => {
        try {
          const { headers } = await finishSignIn(authentication, ctx, surface, { challenge, code });
          return redirect(safeNext(next) ?? startPage(ctx, surface), 303, headers);
        } catch (error) {
          if (!(error instanceof DomainError) || error.status >= 500) throw error;
          return secondStepView(ctx, surface, { challenge, next, failure: error });
        }
      },
    }),
  );
