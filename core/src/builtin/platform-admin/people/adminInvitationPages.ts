import { z } from 'zod';
import { LANGUAGES } from '../../../kernel/context.js';
import { defineRoute, type RouteContext, type RouteDefinition, type View } from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../../views/adminForm.js';
import { may } from '../../views/words.js';
import { adminTabs, BASE, done, EDIT, edit, roleChoices, see, to } from './adminPlace.js';
import { invitationActions, invitationList, invitationListInput } from './invitationList.js';
import { invitationFields, whole, worded } from './peopleWords.js';

const invitation = z.object({ invitationId: z.uuid() });
const inviteForm = z.object({
  email: z.email().max(254),
  role: z.union([z.enum(['admin', 'super_admin']), z.uuid()]).optional(),
  language: z.enum(LANGUAGES),
});

/** Asks administrators in; who was asked, asking again, and taking it back. */
export function adminInvitationPages(parts: CoreParts): RouteDefinition[] {
  const { adminInvitations } = parts.people;
  const inviteView = async (ctx: RouteContext, values: FormValues, problem?: FormProblem): Promise<View> => {
    const words = authWords(parts, ctx);
    const { t } = words;
    return adminForm({
      head: {
        title: t('core.team.invite'),
        breadcrumbs: [
          { label: t('core.menu.adminUsers'), href: to(ctx) },
          { label: t('core.team.invite'), href: null },
        ],
        text: t(
          isGlobalPlatform(ctx.platform) ? 'core.adminUsers.inviteSuper' : 'core.adminUsers.inviteText',
        ),
      },
      groups: [{ fields: invitationFields(t, await roleChoices(parts, ctx, t)) }],
      values,
      action: to(ctx, '/invite'),
      submit: t('core.team.sendInvitation'),
      cancel: to(ctx),
      problem: problem && worded(words, problem),
    });
  };
  return [
    defineRoute({
      ...edit,
      method: 'GET',
      path: `${BASE}/invite`,
      handle: (ctx) => inviteView(ctx, { language: ctx.language }),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/invite`,
      input: inviteForm,
      handle: (ctx, input) =>
        orForm(
          async () => {
            await adminInvitations.invite(ctx, {
              ...input,
              role: input.role ?? (isGlobalPlatform(ctx.platform) ? 'super_admin' : 'admin'),
            });
            return done(ctx, 'core.team.invitationSent', '/invitations');
          },
          (problem) => inviteView(ctx, input, problem),
        ),
      invalid: (ctx, values, errors) => inviteView(ctx, values, refused(errors)),
    }),
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/invitations`,
      input: invitationListInput,
      handle: async (ctx, query) => {
        const { t } = authWords(parts, ctx);
        return invitationList(t, {
          head: {
            title: t('core.menu.adminUsers'),
            text: t('core.adminUsers.text'),
            ...(may(ctx, EDIT)
              ? { link: to(ctx, '/invite'), linkText: t('core.team.invite'), symbol: 'user-plus' }
              : {}),
          },
          tabs: adminTabs(t, ctx, `${BASE}/invitations`),
          address: to(ctx, '/invitations'),
          query,
          found: await whole(query.format === 'csv', (page) =>
            adminInvitations.list(ctx, { ...query, ...page }),
          ),
          actions: ({ id }) => (may(ctx, EDIT) ? invitationActions(t, (path) => to(ctx, path), id) : []),
        });
      },
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/invitations/:invitationId/resend`,
      input: invitation,
      handle: async (ctx, { invitationId }) => {
        await adminInvitations.resend(ctx, invitationId);
        return done(ctx, 'core.team.invitationSent', '/invitations');
      },
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/invitations/:invitationId/withdraw`,
      input: invitation,
      handle: async (ctx, { invitationId }) => {
        await adminInvitations.withdraw(ctx, invitationId);
        return done(ctx, 'core.team.invitationWithdrawn', '/invitations');
      },
    }),
  ];
}
