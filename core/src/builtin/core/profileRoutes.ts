import { z } from 'zod';
import { NotSignedIn } from '../../errors/common.js';
import type { FieldError } from '../../errors/defineError.js';
import { LANGUAGES } from '../../kernel/context.js';
import {
  defineRoute,
  redirect,
  view,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { LANGUAGE_NAMES } from '../../render/PageFrame.js';
import type { CoreParts } from './CoreParts.js';

const profileForm = z.object({
  name: z.string().trim().min(1).max(120),
  language: z.union([z.enum(LANGUAGES), z.literal('')]).transform((language) => language || null),
});

/** The signed-in person's own page in a store's dashboard. */
export const profileRoutes = ({ users }: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/profile',
    surface: 'store',
    kind: 'page',
    access: 'signed-in',
    menu: 'profile',
    handle: async (ctx) => {
      const [user] = await users.byIds([userId(ctx)]);
      if (!user) throw new NotSignedIn();
      return profileView(ctx, { name: user.name, email: user.email, language: user.language ?? '' });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/profile',
    surface: 'store',
    kind: 'page',
    access: 'signed-in',
    menu: 'profile',
    input: profileForm,
    handle: async (ctx, input) => {
      await users.setProfile(userId(ctx), input);
      return redirect(ctx.links.to('store', '/profile'));
    },
    invalid: (ctx, values, errors) =>
      profileView(
        ctx,
        {
          name: String(values['name'] ?? ''),
          email: ctx.actor.kind === 'user' ? ctx.actor.email : '',
          language: String(values['language'] ?? ''),
        },
        errors,
      ),
  }),
];

function userId({ actor }: RouteContext): string {
  if (actor.kind !== 'user') throw new NotSignedIn();
  return actor.userId;
}

function profileView(
  ctx: RouteContext,
  profile: { name: string; email: string; language: string },
  errors: readonly FieldError[] = [],
): View {
  return view(
    'core/profile',
    {
      profile,
      action: ctx.links.to('store', '/profile'),
      passwordAction: null,
      problem: null,
      languageOptions: [
        { value: '', label: '–' },
        ...LANGUAGES.map((code) => ({ value: code, label: LANGUAGE_NAMES[code] })),
      ],
      errors: Object.fromEntries(errors.map(({ path, message }) => [path, message])),
    },
    errors.length > 0 ? { status: 422 } : {},
  );
}
