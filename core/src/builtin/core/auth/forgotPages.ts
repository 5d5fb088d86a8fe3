import { z } from 'zod';
import { InvalidInput } from '../../../errors/common.js';
import { emailSchema } from '../../../identity/email.js';
import { loginAddress } from '../../../identity/routes/places.js';
import { defineRoute, type RouteContext, type RouteDefinition, type View } from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { authForm, orAgain, type AuthProblem } from './authForm.js';
import { authWords } from './authWords.js';

const tokenInput = z.object({ token: z.string().max(100).default('') });
const LONGEST = 1_000;

/** A new password for who forgot theirs: ask for a link, follow it. */
export const forgotPages = (parts: CoreParts): RouteDefinition[] =>
  (['admin', 'store'] as const).flatMap((surface) => {
    const common = { surface, kind: 'page', access: 'public', scope: 'both' } as const;
    const signInLink = (ctx: RouteContext) => ({
      href: loginAddress(ctx, surface),
      text: authWords(parts, ctx).t('core.auth.toSignIn'),
    });
    const askPage = (ctx: RouteContext, email: string, problem?: AuthProblem): View => {
      const { t } = authWords(parts, ctx);
      return authForm(
        {
          title: t('core.auth.forgot.title'),
          text: t('core.auth.forgot.text'),
          form: {
            action: ctx.links.to(surface, '/forgot'),
            submit: t('core.auth.forgot.submit'),
            fields: [
              {
                name: 'email',
                type: 'email',
                label: t('core.login.email'),
                value: email,
                autocomplete: 'username',
              },
            ],
          },
          links: [signInLink(ctx)],
        },
        problem,
      );
    };
    const newPage = (ctx: RouteContext, token: string, problem?: AuthProblem): View => {
      const { t } = authWords(parts, ctx);
      return authForm(
        {
          title: t('core.auth.reset.title'),
          text: t('core.auth.reset.text'),
          form: {
            action: ctx.links.to(surface, '/reset'),
            submit: t('core.auth.reset.submit'),
            hidden: [{ name: 'token', value: token }],
            fields: [
              {
                name: 'password',
                type: 'password',
                label: t('core.profile.newPassword'),
                hint: t('core.people.passwordHint', { count: parts.people.passwordPolicy.minLength }),
                autocomplete: 'new-password',
              },
            ],
          },
          links: [signInLink(ctx)],
        },
        problem,
      );
    };
    const gonePage = (ctx: RouteContext): View => {
      const { t } = authWords(parts, ctx);
      return authForm(
        {
          title: t('core.auth.gone.title'),
          text: t('core.auth.gone.text'),
          form: null,
          links: [
            { href: ctx.links.to(surface, '/forgot'), text: t('core.auth.forgot.again') },
            signInLink(ctx),
          ],
        },
        { text: null, errors: [], status: 410 },
      );
    };
    return [
      defineRoute({ ...common, method: 'GET', path: '/forgot', handle: (ctx) => askPage(ctx, '') }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/forgot',
        input: z.object({ email: z.string().max(500).default('') }),
        handle: (ctx, { email }) => {
          const { t, error, fields } = authWords(parts, ctx);
          return orAgain(
            error,
            async () => {
              const parsed = emailSchema.safeParse(email);
              if (!parsed.success)
                throw new InvalidInput({ errors: fields([{ path: 'email', message: '' }]) });
              await parts.people.passwordResets.request(ctx, parsed.data, ctx.request.ip);
              return authForm({
                title: t('core.auth.sent.title'),
                text: t('core.auth.sent.text', { email: parsed.data }),
                form: null,
                links: [signInLink(ctx)],
              });
            },
            (problem) => askPage(ctx, email, problem),
          );
        },
      }),
      defineRoute({
        ...common,
        method: 'GET',
        path: '/reset',
        input: tokenInput,
        handle: async (ctx, { token }) =>
          (await parts.people.passwordResets.isGood(token, ctx.now)) ? newPage(ctx, token) : gonePage(ctx),
      }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/reset',
        input: tokenInput.extend({ password: z.string().max(LONGEST).default('') }),
        handle: (ctx, { token, password }) => {
          const { t, error, fields } = authWords(parts, ctx);
          return orAgain(
            error,
            async () => {
              await parts.people.passwordResets.reset(ctx, token, password);
              return authForm({
                title: t('core.auth.resetDone.title'),
                text: t('core.auth.resetDone.text'),
                form: null,
                links: [signInLink(ctx)],
              });
            },
            (problem) =>
              problem.status === 410
                ? gonePage(ctx)
                : newPage(ctx, token, { ...problem, errors: fields(problem.errors) }),
          );
        },
      }),
      defineRoute({
        ...common,
        method: 'GET',
        path: '/confirm-email',
        input: tokenInput,
        // A button, since mail programmes follow links by themselves.
        handle: (ctx, { token }) => {
          const { t } = authWords(parts, ctx);
          return authForm({
            title: t('core.auth.confirmEmail.title'),
            text: t('core.auth.confirmEmail.text'),
            form: {
              action: ctx.links.to(surface, '/confirm-email'),
              submit: t('core.auth.confirmEmail.submit'),
              hidden: [{ name: 'token', value: token }],
              fields: [],
            },
          });
        },
      }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/confirm-email',
        input: tokenInput,
        handle: (ctx, { token }) => {
          const { t, error } = authWords(parts, ctx);
          return orAgain(
            error,
            async () => {
              const { email } = await parts.people.account.confirmEmail(ctx, token);
              return authForm({
                title: t('core.auth.emailConfirmed.title'),
                text: t('core.auth.emailConfirmed.text', { email }),
                form: null,
                links: [{ href: ctx.links.to(surface, '/'), text: t('core.auth.goOn') }],
              });
            },
            (problem) =>
              authForm(
                {
                  title: t('core.auth.gone.title'),
                  text: t('core.auth.gone.text'),
                  form: null,
                  links: [signInLink(ctx)],
                },
                { ...problem, text: null },
              ),
          );
        },
      }),
    ];
  });
