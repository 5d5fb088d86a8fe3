import { z } from 'zod';
import { preferenceCookie } from '../../../http/preferences.js';
import { InvalidInput } from '../../../errors/common.js';
import { TotpRequired } from '../../../identity/errors.js';
import type { OpenInvitation } from '../../../identity/invitations/Acceptance.js';
import { plainName } from '../../../identity/plainName.js';
import { secondStepView } from '../../../identity/routes/secondStepPages.js';
import { signIn } from '../../../identity/routes/signIn.js';
import { isSignedIn, loginAddress, startPage } from '../../../identity/routes/places.js';
import {
  defineRoute,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { authForm, orAgain, type AuthProblem } from './authForm.js';
import { authWords } from './authWords.js';

const input = z.object({ token: z.string().max(100).default('') });
const form = input.extend({
  name: z.string().max(1_000).default(''),
  password: z.string().max(1_000).default(''),
});
const newName = plainName(120).min(1);
type Surface = 'admin' | 'store';

/** Where the link of an invitation leads: join as who is signed in, or with a name and a password. */
export const invitationPages = (parts: CoreParts): RouteDefinition[] =>
  (['admin', 'store'] as const).flatMap((surface) => {
    const common = { surface, kind: 'page', access: 'public', scope: 'both', path: '/invitation' } as const;
    return [
      defineRoute({
        ...common,
        method: 'GET',
        input: input.extend({ seen: z.string().max(5).optional() }),
        handle: (ctx, { token, seen }) =>
          orAgain(
            authWords(parts, ctx).error,
            async () => {
              const invitation = await parts.people.acceptance.open(ctx, token);
              // Once in the language of the invitation; afterwards in whatever is chosen.
              if (seen === undefined && invitation.language !== ctx.language && ctx.actor.kind !== 'user')
                return redirect(`${ctx.links.to(surface, '/invitation')}?token=${token}&seen=1`, 303, {
                  'set-cookie': preferenceCookie('language', invitation.language, ctx.request.secure),
                });
              return page(parts, ctx, surface, token, invitation);
            },
            () => gonePage(parts, ctx, surface),
          ),
      }),
      defineRoute({
        ...common,
        method: 'POST',
        input: form,
        handle: (ctx, given) => accept(parts, ctx, surface, given),
      }),
    ];
  });

async function accept(
  parts: CoreParts,
  ctx: RouteContext,
  surface: Surface,
  { token, name, password }: z.output<typeof form>,
): Promise<View | Redirect> {
  const { error, fields } = authWords(parts, ctx);
  const { acceptance } = parts.people;
  let invitation: OpenInvitation;
  try {
    invitation = await acceptance.open(ctx, token);
  } catch {
    return gonePage(parts, ctx, surface);
  }
  return orAgain(
    error,
    async () => {
      if (isSignedIn(ctx, surface)) {
        await acceptance.acceptSignedIn(ctx, token);
        return redirect(startPage(ctx, surface));
      }
      if (!invitation.hasAccount && !newName.safeParse(name).success)
        throw new InvalidInput({ errors: [{ path: 'name', message: '' }] });
      const { email } = await acceptance.accept(ctx, {
        token,
        name: name.trim(),
        password,
        ip: ctx.request.ip,
      });
      try {
        const { headers } = await signIn(parts.authentication, ctx, surface, { email, password });
        return redirect(startPage(ctx, surface), 303, headers);
      } catch (failure) {
        if (failure instanceof TotpRequired)
          return secondStepView(ctx, surface, { challenge: failure.data.challenge, next: undefined });
        throw failure;
      }
    },
    (problem) =>
      problem.status === 410
        ? gonePage(parts, ctx, surface)
        : page(parts, ctx, surface, token, invitation, { ...problem, errors: fields(problem.errors) }, name),
  );
}

function page(
  parts: CoreParts,
  ctx: RouteContext,
  surface: Surface,
  token: string,
  { email, place, invitedBy, hasAccount }: OpenInvitation,
  problem?: AuthProblem,
  name = '',
): View {
  const { t } = authWords(parts, ctx);
  const signedIn = isSignedIn(ctx, surface) && ctx.actor.kind === 'user' ? ctx.actor : null;
  const where = place ?? ctx.platform.name;
  const hidden = [{ name: 'token', value: token }];
  const facts = [
    { label: t('core.login.email'), text: email },
    { label: t('core.auth.invitation.by'), text: invitedBy },
  ];
  const title = t('core.auth.invitation.title', { place: where });
  if (signedIn && signedIn.email !== email)
    return authForm({
      title,
      text: t('core.auth.invitation.other', { email, own: signedIn.email }),
      facts,
      form: { action: ctx.links.to(surface, '/logout'), submit: t('core.login.signOut'), fields: [] },
    });
  const action = ctx.links.to(surface, '/invitation');
  if (signedIn)
    return authForm(
      { title, facts, form: { action, hidden, submit: t('core.auth.invitation.join'), fields: [] } },
      problem,
    );
  return authForm(
    {
      title,
      text: t(hasAccount ? 'core.auth.invitation.known' : 'core.auth.invitation.new'),
      facts,
      form: {
        action,
        hidden,
        submit: t('core.auth.invitation.join'),
        fields: [
          ...(hasAccount
            ? []
            : [{ name: 'name', label: t('core.profile.name'), value: name, autocomplete: 'name' }]),
          {
            name: 'password',
            type: 'password',
            label: t('core.login.password'),
            hint: hasAccount
              ? null
              : t('core.people.passwordHint', { count: parts.people.passwordPolicy.minLength }),
            autocomplete: hasAccount ? 'current-password' : 'new-password',
          },
        ],
      },
      links: hasAccount ? [{ href: ctx.links.to(surface, '/forgot'), text: t('core.auth.forgot.link') }] : [],
    },
    problem,
  );
}

function gonePage(parts: CoreParts, ctx: RouteContext, surface: Surface): View {
  const { t } = authWords(parts, ctx);
  return authForm(
    {
      title: t('core.auth.invitation.gone'),
      text: t('core.auth.invitation.goneText'),
      form: null,
      links: [{ href: loginAddress(ctx, surface), text: t('core.auth.toSignIn') }],
    },
    { text: null, errors: [], status: 410 },
  );
}
