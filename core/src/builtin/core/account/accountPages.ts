import { z } from 'zod';
import { InvalidInput } from '../../../errors/common.js';
import { flash } from '../../../http/flash/flash.js';
import { emailSchema } from '../../../identity/email.js';
import { signedInUser, userInPerson } from '../../../identity/ownUser.js';
import { plainName } from '../../../identity/plainName.js';
import { qrCode } from '../../../identity/totp/qrCode.js';
import { LANGUAGES } from '../../../kernel/context.js';
import {
  defineRoute,
  redirect,
  view,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { orForm, refused } from '../../views/adminForm.js';
import type { CoreParts } from '../CoreParts.js';
import { authWords } from '../auth/authWords.js';
import { profileView, securityView, type DashboardSurface, type SecurityProblem } from './accountView.js';

const password = z.string().max(1_000).default('');
const profileForm = z.object({
  name: plainName(120).min(1),
  email: z.string().optional(),
  language: z.union([z.enum(LANGUAGES), z.literal('')]).transform((language) => language || null),
});

/** The signed-in person's own pages, in the administration and in a store's dashboard. */
export const accountPages = (parts: CoreParts): RouteDefinition[] =>
  (['admin', 'store'] as const).flatMap((surface) => pagesOf(parts, surface));

function pagesOf(parts: CoreParts, surface: DashboardSurface): RouteDefinition[] {
  const { account, totp, sessionList } = parts.people;
  const common = {
    surface,
    kind: 'page',
    access: 'signed-in',
    scope: 'both',
    menu: 'profile',
    beforeTotp: true,
  } as const;
  const here = (ctx: RouteContext): string => ctx.links.to(surface, '/profile/security');
  const done = (ctx: RouteContext, key: string, to = here(ctx)) =>
    redirect(to, 303, flash(ctx, { kind: 'success', key }));
  const security = async (ctx: RouteContext, problem?: SecurityProblem): Promise<View> => {
    const user = signedInUser(ctx);
    const { t } = authWords(parts, ctx);
    return securityView(
      t,
      ctx,
      surface,
      {
        totp: await totp.status(user.userId),
        sessions: user.impersonator ? [] : await sessionList.list({ userId: user.userId }, ctx.now),
        minLength: parts.people.passwordPolicy.minLength,
        email: user.email,
        sessionId: user.sessionId,
        isImpersonated: user.impersonator !== undefined,
        mustSetUpTotp: user.mustSetUpTotp === true,
      },
      problem,
    );
  };
  /** What a form of the security page asks for; what is wrong stands at its field, in the person's language. */
  const change = (
    ctx: RouteContext,
    of: SecurityProblem['of'],
    work: () => Promise<ReturnType<typeof redirect> | View>,
    values: Readonly<Record<string, unknown>> = {},
  ) =>
    orForm(work, (problem) => {
      const { fields } = authWords(parts, ctx);
      return security(ctx, {
        of,
        values,
        problem: { ...problem, errors: fields(problem.errors) },
      });
    });
  const codes = (ctx: RouteContext, list: readonly string[]): View =>
    view(
      'core/recovery-codes',
      { codes: list, doneHref: here(ctx) },
      { headers: { 'cache-control': 'no-store' } },
    );
  const setUp = (ctx: RouteContext, setup: { secret: string; address: string }, isWrong = false): View =>
    view(
      'core/totp-setup',
      {
        qr: qrCode(setup.address),
        secret: setup.secret.match(/.{1,4}/g)?.join(' ') ?? setup.secret,
        action: ctx.links.to(surface, '/profile/totp/confirm'),
        error: isWrong ? authWords(parts, ctx).t('core.errors.WRONG_CODE') : null,
        cancelHref: here(ctx),
      },
      { status: isWrong ? 422 : 200, headers: { 'cache-control': 'no-store' } },
    );
  const own = (ctx: RouteContext) => {
    const { userId: id, email } = signedInUser(ctx);
    return { id, email };
  };
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path: '/profile',
      handle: async (ctx) => {
        const user = await account.get(ctx);
        const values = { name: user.name, email: user.email, language: user.language ?? '' };
        return profileView(authWords(parts, ctx).t, ctx, surface, values);
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile',
      input: profileForm,
      handle: async (ctx, { name, language }) => {
        await account.setProfile(ctx, { name, language });
        return done(ctx, 'core.people.saved', ctx.links.to(surface, '/profile'));
      },
      invalid: (ctx, values, errors) => {
        const { t, fields } = authWords(parts, ctx);
        const typed = {
          name: String(values['name'] ?? ''),
          email: own(ctx).email,
          language: String(values['language'] ?? ''),
        };
        return profileView(t, ctx, surface, typed, refused(fields(errors)));
      },
    }),
    defineRoute({ ...common, method: 'GET', path: '/profile/security', handle: (ctx) => security(ctx) }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile/password',
      input: z.object({ currentPassword: password, newPassword: password }),
      handle: (ctx, input) =>
        change(ctx, 'password', async () => {
          await account.changePassword(ctx, input);
          return done(ctx, 'core.profile.passwordChanged');
        }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile/email',
      input: z.object({ email: z.string().max(254).default(''), passwordForEmail: password }),
      handle: (ctx, { email, passwordForEmail }) =>
        change(
          ctx,
          'email',
          async () => {
            if (!emailSchema.safeParse(email).success)
              throw new InvalidInput({
                errors: [{ path: 'email', message: 'Enter a valid e-mail address.' }],
              });
            await account.requestEmail(ctx, { email, currentPassword: passwordForEmail }, 'passwordForEmail');
            return done(ctx, 'core.security.emailSent');
          },
          { email },
        ),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile/totp',
      handle: async (ctx) => setUp(ctx, await totp.begin(ctx, inPerson(ctx))),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile/totp/confirm',
      input: z.object({ code: z.string().max(20).default('') }),
      handle: async (ctx, { code }) => {
        const user = inPerson(ctx);
        const pending = await totp.pending(user);
        // Somebody pressed the button twice: the first answer, with the codes, may never have been seen.
        if (!pending)
          return redirect(
            here(ctx),
            303,
            (await totp.status(user.id)).isOn
              ? flash(ctx, { kind: 'warning', key: 'core.security.codesMissed' })
              : {},
          );
        return orForm(
          async () => codes(ctx, await totp.confirm(ctx, user, code)),
          () => setUp(ctx, pending, true),
        );
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile/totp/disable',
      input: z.object({ passwordForTotp: password }),
      handle: (ctx, { passwordForTotp }) =>
        change(ctx, 'totp-off', async () => {
          await account.checkPassword(ctx, passwordForTotp, 'passwordForTotp');
          await totp.disable(ctx, inPerson(ctx));
          return done(ctx, 'core.security.totpIsOff');
        }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile/recovery-codes',
      input: z.object({ passwordForCodes: password }),
      handle: (ctx, { passwordForCodes }) =>
        change(ctx, 'codes', async () => {
          await account.checkPassword(ctx, passwordForCodes, 'passwordForCodes');
          return codes(ctx, await totp.renewCodes(ctx, inPerson(ctx)));
        }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile/sessions/:sessionId/end',
      input: z.object({ sessionId: z.uuid() }),
      handle: async (ctx, { sessionId }) => {
        await sessionList.end(ctx, { userId: inPerson(ctx).id }, sessionId);
        return done(ctx, 'core.sessions.ended');
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: '/profile/sessions/end-others',
      handle: async (ctx) => {
        await sessionList.endAll(ctx, { userId: inPerson(ctx).id }, signedInUser(ctx).sessionId);
        return done(ctx, 'core.sessions.othersEnded');
      },
    }),
  ];
}

/** @throws {NotWhileImpersonating} */
function inPerson(ctx: RouteContext): { readonly id: string; readonly email: string } {
  const { userId: id, email } = userInPerson(ctx);
  return { id, email };
}
