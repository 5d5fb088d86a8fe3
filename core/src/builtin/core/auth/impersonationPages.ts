import { z } from 'zod';
import { NotFound } from '../../../errors/common.js';
import { sessionHeaders } from '../../../identity/routes/signIn.js';
import { sessionCookie } from '../../../identity/routes/sessionCookie.js';
import { loginAddress } from '../../../identity/routes/places.js';
import type { StoreRecord } from '../../../kernel/context.js';
import { defineRoute, redirect, type RouteContext, type RouteDefinition } from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { authForm, orAgain } from './authForm.js';
import { authWords } from './authWords.js';

const input = z.object({ token: z.string().max(100).default('') });

/** Where an administrator begins and stops acting as a member of a store. */
export const impersonationPages = (parts: CoreParts): RouteDefinition[] => {
  const common = { surface: 'store', kind: 'page', access: 'public' } as const;
  const gone = (ctx: RouteContext) => {
    const { t } = authWords(parts, ctx);
    return authForm(
      {
        title: t('core.auth.gone.title'),
        text: t('core.impersonation.gone'),
        form: null,
        links: [{ href: loginAddress(ctx, 'store'), text: t('core.auth.toSignIn') }],
      },
      { text: null, errors: [], status: 410 },
    );
  };
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path: '/impersonation',
      input,
      handle: (ctx, { token }) =>
        orAgain(
          authWords(parts, ctx).error,
          async () => {
            const { t } = authWords(parts, ctx);
            const found = await parts.people.impersonation.look(inStore(ctx), token);
            return authForm({
              title: t('core.impersonation.title', { name: found.member.name }),
              text: t('core.impersonation.text'),
              facts: [
                { label: t('core.impersonation.member'), text: found.member.email },
                { label: t('core.impersonation.admin'), text: found.impersonator.email },
                { label: t('core.impersonation.reason'), text: found.reason },
              ],
              form: {
                action: ctx.links.to('store', '/impersonation'),
                submit: t('core.impersonation.start'),
                hidden: [{ name: 'token', value: token }],
                fields: [],
              },
            });
          },
          () => gone(ctx),
        ),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/impersonation',
      input,
      handle: (ctx, { token }) =>
        orAgain(
          authWords(parts, ctx).error,
          async () => {
            const { ip, userAgent } = ctx.request;
            const session = await parts.people.impersonation.start(inStore(ctx), token, { ip, userAgent });
            return redirect(ctx.links.to('store', '/dashboard'), 303, sessionHeaders(ctx, 'store', session));
          },
          () => gone(ctx),
        ),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/impersonation/stop',
      access: 'signed-in',
      handle: async (ctx) => {
        await parts.people.impersonation.stop(ctx);
        return redirect(ctx.links.to('admin', '/'), 303, {
          'set-cookie': sessionCookie(ctx, 'store').clear(),
          'cache-control': 'no-store',
        });
      },
    }),
  ];
};

function inStore(ctx: RouteContext): RouteContext & { readonly store: StoreRecord } {
  if (!ctx.store) throw new NotFound({});
  return ctx as RouteContext & { readonly store: StoreRecord };
}
