import { z } from 'zod';
import { TooManyLogins, WrongCode, WrongPassword } from '../../../identity/errors.js';
import { emailSchema } from '../../../identity/email.js';
import { plainName } from '../../../identity/plainName.js';
import { signedInUser, userInPerson } from '../../../identity/ownUser.js';
import { LANGUAGES } from '../../../kernel/context.js';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';

const password = z.string().min(1).max(1_000);
const language = z.enum(LANGUAGES).nullable();
const accountOutput = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  language: z.string().nullable(),
  totp: z.object({ isOn: z.boolean(), since: z.date().nullable(), recoveryCodesLeft: z.int() }),
});
export const sessionOutput = z.object({
  id: z.uuid(),
  audience: z.enum(['admin', 'store']),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  ip: z.string(),
  userAgent: z.string(),
  platformId: z.uuid().nullable(),
  impersonator: z.string().nullable(),
});
const codesOutput = z.object({ recoveryCodes: z.array(z.string()) });
const SESSION = '01935a3e-7c00-7000-8000-000000000009';
const OLD = 'correct horse battery staple';
const NEW = 'nine quiet herons by the mill';

/** The signed-in person's own account, for clients. */
export const accountApi = (parts: CoreParts): RouteDefinition[] =>
  (['admin', 'store'] as const).flatMap((surface) => {
    const { account, totp, sessionList } = parts.people;
    const common = { surface, kind: 'api', access: 'signed-in', scope: 'both', beforeTotp: true } as const;
    const show = async (ctx: RouteContext) => {
      const { id, email, name, language: chosen } = await account.get(ctx);
      return { id, email, name, language: chosen, totp: await totp.status(id) };
    };
    const own = (ctx: RouteContext) => {
      const { userId: id, email } = userInPerson(ctx);
      return { id, email };
    };
    return [
      defineRoute({
        ...common,
        method: 'GET',
        path: '/account',
        summary: 'The signed-in person’s account',
        output: accountOutput,
        handle: show,
      }),
      defineRoute({
        ...common,
        method: 'PATCH',
        path: '/account',
        summary: 'Change name and language of the own account',
        input: z.object({ name: plainName(120).min(1), language }),
        output: accountOutput,
        example: { name: 'Ann Weber', language: 'lb' },
        handle: async (ctx, input) => {
          await account.setProfile(ctx, input);
          return show(ctx);
        },
      }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/account/password',
        status: 204,
        summary: 'Set a new password; all other sessions end',
        input: z.object({ currentPassword: password, newPassword: password }),
        example: { currentPassword: OLD, newPassword: NEW },
        errors: [WrongPassword, TooManyLogins],
        handle: (ctx, input) => account.changePassword(ctx, input),
      }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/account/email',
        status: 202,
        summary: 'Ask for another address; it counts once the link sent there is opened',
        input: z.object({ email: emailSchema, currentPassword: password }),
        example: { email: 'ann@example.org', currentPassword: OLD },
        errors: [WrongPassword, TooManyLogins],
        handle: async (ctx, input) => {
          await account.requestEmail(ctx, input);
          return {};
        },
      }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/account/totp',
        status: 201,
        summary: 'Begin two-step sign-in: the secret for the app, in force once confirmed',
        output: z.object({ secret: z.string(), address: z.string() }),
        handle: (ctx) => totp.begin(ctx, own(ctx)),
      }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/account/totp/confirm',
        summary: 'Put two-step sign-in in force with a code; hands out recovery codes, once',
        input: z.object({ code: z.string().trim().min(6).max(20) }),
        output: codesOutput,
        example: { code: '492039' },
        errors: [WrongCode],
        handle: async (ctx, { code }) => ({ recoveryCodes: await totp.confirm(ctx, own(ctx), code) }),
      }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/account/totp/disable',
        status: 204,
        summary: 'Turn two-step sign-in off',
        input: z.object({ currentPassword: password }),
        example: { currentPassword: OLD },
        errors: [WrongPassword, TooManyLogins],
        handle: async (ctx, { currentPassword }) => {
          await account.checkPassword(ctx, currentPassword);
          await totp.disable(ctx, own(ctx));
        },
      }),
      defineRoute({
        ...common,
        method: 'POST',
        path: '/account/recovery-codes',
        summary: 'New recovery codes in place of the old ones',
        input: z.object({ currentPassword: password }),
        output: codesOutput,
        example: { currentPassword: OLD },
        errors: [WrongPassword, TooManyLogins],
        handle: async (ctx, { currentPassword }) => {
          await account.checkPassword(ctx, currentPassword);
          return { recoveryCodes: await totp.renewCodes(ctx, own(ctx)) };
        },
      }),
      defineRoute({
        ...common,
        method: 'GET',
        path: '/account/sessions',
        summary: 'Where the signed-in person is signed in',
        output: z.object({ items: z.array(sessionOutput) }),
        handle: async (ctx) => ({ items: await sessionList.list({ userId: own(ctx).id }, ctx.now) }),
      }),
      defineRoute({
        ...common,
        method: 'DELETE',
        path: '/account/sessions/:sessionId',
        status: 204,
        summary: 'End one of the own sessions',
        input: z.object({ sessionId: z.uuid() }),
        example: { sessionId: SESSION },
        handle: (ctx, { sessionId }) => sessionList.end(ctx, { userId: own(ctx).id }, sessionId),
      }),
      defineRoute({
        ...common,
        method: 'DELETE',
        path: '/account/sessions',
        summary: 'Sign out everywhere else',
        output: z.object({ ended: z.int() }),
        handle: async (ctx) => ({
          ended: await sessionList.endAll(ctx, { userId: own(ctx).id }, signedInUser(ctx).sessionId),
        }),
      }),
    ];
  });
