import { z } from 'zod';
import { LANGUAGES } from '../../../kernel/context.js';
import { defineRoute, type RouteContext, type RouteDefinition, type View } from '../../../kernel/route.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../../views/adminForm.js';
import { invitationFields, roleOptions, worded } from './peopleWords.js';
import { asOwners, BASE, done, edit, own, to } from './teamPlace.js';

const role = z.union([z.enum(['manager', 'staff']), z.uuid()]);
const email = z.email().max(254);

/** Asks members into a store, and owners into its merchant. */
export function teamInvitePages(parts: CoreParts): RouteDefinition[] {
  const { team, teamInvitations, teamRoles } = parts.people;
  const inviteView = async (
    ctx: RouteContext,
    kind: 'member' | 'owner',
    values: FormValues,
    problem?: FormProblem,
  ): Promise<View> => {
    const words = authWords(parts, ctx);
    const { t } = words;
    const roles = kind === 'owner' ? [] : roleOptions(t, ['staff', 'manager'], await teamRoles.list(ctx));
    const usage = kind === 'owner' ? null : await team.usage(ctx);
    return adminForm({
      head: {
        title: t(kind === 'owner' ? 'core.team.inviteOwner' : 'core.team.invite'),
        breadcrumbs: [
          { label: t('core.menu.team'), href: to(ctx) },
          { label: t('core.team.invite'), href: null },
        ],
        text:
          kind === 'owner'
            ? t('core.team.inviteOwnerText')
            : usage === null || usage.limit === null
              ? t('core.team.inviteText')
              : t('core.team.inviteLimit', { current: usage.current, limit: usage.limit }),
      },
      groups: [{ fields: invitationFields(t, roles) }],
      values,
      action: to(ctx, kind === 'owner' ? '/owners/invite' : '/invite'),
      submit: t('core.team.sendInvitation'),
      cancel: to(ctx, kind === 'owner' ? '/owners' : ''),
      problem: problem && worded(words, problem, problem.status === 402 ? 'TEAM_MEMBERS_LIMIT_REACHED' : ''),
    });
  };
  return [
    defineRoute({
      ...edit,
      method: 'GET',
      path: `${BASE}/invite`,
      handle: (ctx) => inviteView(ctx, 'member', { language: ctx.language, role: 'staff' }),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/invite`,
      input: z.object({ email, role, language: z.enum(LANGUAGES) }),
      handle: (ctx, input) =>
        orForm(
          async () => {
            await teamInvitations.invite(ctx, input);
            return done(ctx, 'core.team.invitationSent', '/invitations');
          },
          (problem) => inviteView(ctx, 'member', input, problem),
        ),
      invalid: (ctx, values, errors) => inviteView(ctx, 'member', values, refused(errors)),
    }),
    defineRoute({
      ...own,
      method: 'GET',
      path: `${BASE}/owners/invite`,
      handle: (ctx) => inviteView(ctx, 'owner', { language: ctx.language }),
    }),
    defineRoute({
      ...own,
      method: 'POST',
      path: `${BASE}/owners/invite`,
      input: z.object({ email, language: z.enum(LANGUAGES) }),
      handle: (ctx, input) =>
        orForm(
          async () => {
            await teamInvitations.invite(asOwners(ctx), { ...input, role: 'owner' });
            return done(ctx, 'core.team.invitationSent', '/invitations');
          },
          (problem) => inviteView(ctx, 'owner', input, problem),
        ),
      invalid: (ctx, values, errors) => inviteView(ctx, 'owner', values, refused(errors)),
    }),
  ];
}
