import { z } from 'zod';
import { preferenceCookie } from '../../http/preferences.js';
import { safeNext } from '../../identity/safeNext.js';
import { LANGUAGES } from '../../kernel/context.js';
import { defineRoute, redirect, type RouteDefinition } from '../../kernel/route.js';
import { SCHEMES } from '../../render/PageFrame.js';
import type { CoreParts } from './CoreParts.js';

const preferenceForm = z.object({
  language: z.enum(LANGUAGES).optional(),
  scheme: z.enum(SCHEMES).optional(),
  next: z.string().max(2_000).optional(),
});

/**
 * Language and appearance of the dashboards, also on the sign-in page. The browser keeps both; the language becomes the
 * person's own too, so that it follows them and their mails.
 */
export const preferenceRoutes = (parts: Pick<CoreParts, 'users'>): RouteDefinition[] =>
  (['admin', 'store'] as const).map((surface) =>
    defineRoute({
      method: 'POST',
      path: '/preferences',
      surface,
      scope: 'both',
      kind: 'page',
      access: 'public',
      input: preferenceForm,
      handle: async (ctx, { language, scheme, next }) => {
        // Who acts as somebody else chooses for this browser alone.
        if (language && ctx.actor.kind === 'user' && !ctx.actor.impersonator)
          await parts.users.setLanguage(ctx.actor.userId, language);
        return redirect(safeNext(next) ?? ctx.links.to(surface, '/'), 303, {
          'Set-Cookie': [
            ...(language ? [preferenceCookie('language', language, ctx.request.secure)] : []),
            ...(scheme ? [preferenceCookie('scheme', scheme, ctx.request.secure)] : []),
          ],
        });
      },
    }),
  );
