import { z } from 'zod';
import { flash } from '../../../http/flash/flash.js';
import type { TeamMember } from '../../../identity/people/Team.js';
import { refuseImpersonation } from '../../../identity/ownUser.js';
import { LANGUAGES } from '../../../kernel/context.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { sessionColumns, sessionRow } from '../../core/account/accountView.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminDetail, type Section } from '../../views/adminDetail.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../../views/adminForm.js';
import { adminList, listPageInput } from '../../views/adminList.js';
import { may, type Words } from '../../views/words.js';
import { invitationActions } from './adminUserPages.js';
import {
  invitationCells,
  invitationColumns,
  invitationFields,
  roleOptions,
  roleText,
  tabsOf,
  whole,
  worded,
} from './peopleWords.js';

const BASE = '/team';
const VIEW = 'platform-admin.team.view';
const EDIT = 'platform-admin.team.edit';
const OWNERS = 'platform-admin.owners.edit';
const listInput = listPageInput(['name', 'email', 'lastLoginAt'], {
  role: z.string().max(60).optional().catch(undefined),
});
const one = z.object({ userId: z.uuid() });
const invitation = z.object({ invitationId: z.uuid() });
const role = z.union([z.enum(['manager', 'staff']), z.uuid()]);
const email = z.email().max(254);
const common = { surface: 'store', kind: 'page', menu: 'team' } as const;
const see = { ...common, access: VIEW } as const;
const edit = { ...common, access: EDIT } as const;
const own = { ...common, access: OWNERS } as const;

/** Tabs of the pages about a store's team. */
export const teamTabs = (t: Words, ctx: RouteContext, current: string): object[] =>
  tabsOf(
    ctx,
    'store',
    [
      { label: t('core.team.members'), path: BASE },
      { label: t('core.team.invitations'), path: `${BASE}/invitations` },
      { label: t('core.team.owners'), path: `${BASE}/owners` },
      { label: t('core.roles.title'), path: `${BASE}/roles` },
    ],
    current,
  );

/** Who works in a store, with which role; who owns its merchant. */
export function teamPages(parts: CoreParts): RouteDefinition[] {
  const { team, teamInvitations, teamRoles, sessionList } = parts.people;
  const to = (ctx: RouteContext, path = ''): string => ctx.links.to('store', `${BASE}${path}`);
  const done = (ctx: RouteContext, key: string, path = '') =>
    redirect(to(ctx, path), 303, flash(ctx, { kind: 'success', key }));
  const asOwners = (ctx: RouteContext): RouteContext => ({ ...ctx, store: null });
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
  const change = (
    ctx: RouteContext,
    userId: string,
    key: string,
    work: () => Promise<unknown>,
    path = `/${userId}`,
  ) =>
    orForm(
      async () => {
        await work();
        return done(ctx, key, path);
      },
      (problem) => memberPage(parts, ctx, userId, problem),
    );
  /** Sessions on this platform; whoever works elsewhere too signs in again there. */
  const sessionsOf = (ctx: RouteContext, userId: string) => ({
    userId,
    audience: 'store' as const,
    platformId: ctx.platform.id,
  });
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: BASE,
      input: listInput,
      handle: async (ctx, query) => {
        const { t } = authWords(parts, ctx);
        const found = await whole(query.format === 'csv', (page) =>
          team.members(ctx, {
            q: query.q,
            page: query.page,
            perPage: query.perPage,
            ...(query.sort === undefined ? {} : { sort: query.sort }),
            ...(query.role === undefined || query.role === '' ? {} : { role: query.role }),
            ...page,
          }),
        );
        const invite = { link: to(ctx, '/invite'), linkText: t('core.team.invite') };
        return adminList<TeamMember>(t, {
          head: {
            title: t('core.menu.team'),
            text: t('core.team.text'),
            ...(may(ctx, EDIT) ? { ...invite, symbol: 'user-plus' } : {}),
          },
          tabs: teamTabs(t, ctx, BASE),
          address: to(ctx),
          query,
          searchLabel: t('core.team.search'),
          filters: [
            {
              name: 'role',
              label: t('core.team.role'),
              options: [
                { value: '', label: t('core.team.allRoles') },
                ...roleOptions(t, ['manager', 'staff'], await teamRoles.list(ctx)),
              ],
            },
          ],
          columns: [
            { label: t('core.profile.name'), sort: 'name', cell: (member) => ({ text: member.name }) },
            { label: t('core.login.email'), sort: 'email', cell: (member) => ({ text: member.email }) },
            {
              label: t('core.team.role'),
              cell: (member) => ({ text: roleText(t, member.role, member.roleName) }),
            },
            {
              label: t('core.team.totp'),
              cell: (member) =>
                member.hasTotp
                  ? { badge: t('core.team.totpOn'), kind: 'success' }
                  : { badge: t('core.team.totpOff'), kind: 'neutral' },
            },
            {
              label: t('core.team.lastLogin'),
              sort: 'lastLoginAt',
              cell: (member) => ({ date: member.lastLoginAt }),
            },
          ],
          found,
          row: (member) => ({ id: member.id, href: to(ctx, `/${member.id}`), isMuted: !member.isActive }),
          empty: {
            symbol: 'users',
            title: t('core.team.none'),
            text: t('core.team.noneText'),
            ...(may(ctx, EDIT) ? invite : {}),
          },
          file: 'team',
        });
      },
    }),
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
      ...see,
      method: 'GET',
      path: `${BASE}/invitations`,
      handle: async (ctx) => {
        const { t } = authWords(parts, ctx);
        const members = await teamInvitations.list(ctx);
        const owners = may(ctx, OWNERS) ? await teamInvitations.list(asOwners(ctx)) : [];
        return adminDetail({
          head: {
            title: t('core.menu.team'),
            text: t('core.team.text'),
            ...(may(ctx, EDIT)
              ? { link: to(ctx, '/invite'), linkText: t('core.team.invite'), symbol: 'user-plus' }
              : {}),
          },
          tabs: teamTabs(t, ctx, `${BASE}/invitations`),
          main: [
            {
              kind: 'table',
              title: t('core.team.invitations'),
              columns: invitationColumns(t),
              rows: [
                ...members.map((each) => ({
                  id: each.id,
                  href: null,
                  cells: invitationCells(t, each),
                  actions: may(ctx, EDIT) ? invitationActions(t, (path) => to(ctx, path), each.id) : [],
                })),
                ...owners.map((each) => ({
                  id: each.id,
                  href: null,
                  cells: invitationCells(t, each),
                  actions: invitationActions(t, (path) => to(ctx, `/owners${path}`), each.id),
                })),
              ],
              empty: {
                symbol: 'mail',
                title: t('core.team.noInvitations'),
                text: t('core.team.noInvitationsText'),
              },
            },
          ],
        });
      },
    }),
    ...(
      [
        [edit, '', (ctx: RouteContext) => ctx],
        [own, '/owners', asOwners],
      ] as const
    ).flatMap(([access, below, at]) => [
      defineRoute({
        ...access,
        method: 'POST',
        path: `${BASE}${below}/invitations/:invitationId/resend`,
        input: invitation,
        handle: async (ctx, { invitationId }) => {
          await teamInvitations.resend(at(ctx), invitationId);
          return done(ctx, 'core.team.invitationSent', '/invitations');
        },
      }),
      defineRoute({
        ...access,
        method: 'POST',
        path: `${BASE}${below}/invitations/:invitationId/withdraw`,
        input: invitation,
        handle: async (ctx, { invitationId }) => {
          await teamInvitations.withdraw(at(ctx), invitationId);
          return done(ctx, 'core.team.invitationWithdrawn', '/invitations');
        },
      }),
    ]),
    defineRoute({ ...see, method: 'GET', path: `${BASE}/owners`, handle: (ctx) => ownersPage(parts, ctx) }),
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
    defineRoute({
      ...own,
      method: 'POST',
      path: `${BASE}/owners/:userId/remove`,
      input: one,
      handle: (ctx, { userId }) =>
        orForm(
          async () => {
            await team.removeOwner(ctx, userId);
            return done(ctx, 'core.team.removed', '/owners');
          },
          (problem) => ownersPage(parts, ctx, problem),
        ),
    }),
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/:userId`,
      input: one,
      handle: (ctx, { userId }) => memberPage(parts, ctx, userId),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/:userId/role`,
      input: one.extend({ role }),
      handle: (ctx, { userId, role: wanted }) =>
        change(ctx, userId, 'core.people.saved', () => team.setRole(ctx, userId, wanted)),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${BASE}/:userId/remove`,
      input: one,
      handle: (ctx, { userId }) =>
        change(ctx, userId, 'core.team.removed', () => team.remove(ctx, userId), ''),
    }),
    defineRoute({
      ...own,
      method: 'POST',
      path: `${BASE}/:userId/sessions/end`,
      input: one,
      handle: (ctx, { userId }) =>
        change(ctx, userId, 'core.sessions.allEnded', async () => {
          await team.member(ctx, userId);
          refuseImpersonation(ctx);
          await sessionList.endAll(ctx, sessionsOf(ctx, userId));
        }),
    }),
    defineRoute({
      ...own,
      method: 'POST',
      path: `${BASE}/:userId/sessions/:sessionId/end`,
      input: one.extend({ sessionId: z.uuid() }),
      handle: (ctx, { userId, sessionId }) =>
        change(ctx, userId, 'core.sessions.ended', async () => {
          await team.member(ctx, userId);
          refuseImpersonation(ctx);
          await sessionList.end(
            ctx,
            { ...sessionsOf(ctx, userId), merchantId: ctx.merchant?.id ?? '' },
            sessionId,
          );
        }),
    }),
  ];
}

async function ownersPage(parts: CoreParts, ctx: RouteContext, problem?: FormProblem): Promise<View> {
  const words = authWords(parts, ctx);
  const { t } = words;
  const mayEdit = may(ctx, OWNERS);
  const owners = await parts.people.team.owners(ctx);
  return adminDetail({
    head: {
      title: t('core.menu.team'),
      text: t('core.team.text'),
      ...(mayEdit
        ? {
            link: ctx.links.to('store', `${BASE}/owners/invite`),
            linkText: t('core.team.inviteOwner'),
            symbol: 'user-plus',
          }
        : {}),
    },
    tabs: teamTabs(t, ctx, `${BASE}/owners`),
    notice: problem ? { kind: 'error', text: worded(words, problem, 'LAST_OWNER').text ?? '' } : null,
    ...(problem ? { status: problem.status } : {}),
    main: [
      {
        kind: 'table',
        title: t('core.team.owners'),
        text: t('core.team.ownersText'),
        columns: [
          { label: t('core.profile.name') },
          { label: t('core.login.email') },
          { label: t('core.team.lastLogin') },
          { label: t('core.team.since') },
        ],
        rows: owners.map((owner) => ({
          id: owner.id,
          href: null,
          cells: [
            { text: owner.name },
            { text: owner.email },
            { date: owner.lastLoginAt },
            { date: owner.joinedAt },
          ],
          actions: mayEdit
            ? [
                {
                  label: t('core.team.remove'),
                  action: ctx.links.to('store', `${BASE}/owners/${owner.id}/remove`),
                  danger: true,
                  confirm: {
                    title: t('core.team.removeOwnerTitle', { name: owner.name }),
                    text: t('core.team.removeOwnerText'),
                    submit: t('core.team.remove'),
                  },
                },
              ]
            : [],
        })),
        empty: { symbol: 'users', title: t('core.team.none'), text: t('core.team.noneText') },
      },
    ],
  });
}

async function memberPage(
  parts: CoreParts,
  ctx: RouteContext,
  userId: string,
  problem?: FormProblem,
): Promise<View> {
  const words = authWords(parts, ctx);
  const { t } = words;
  const member = await parts.people.team.member(ctx, userId);
  const at = (path: string): string => ctx.links.to('store', `${BASE}/${userId}${path}`);
  const main: Section[] = [
    {
      kind: 'facts',
      title: t('core.adminUsers.facts'),
      facts: [
        { label: t('core.login.email'), text: member.email },
        { label: t('core.team.role'), text: roleText(t, member.role, member.roleName) },
        { label: t('core.team.totp'), text: t(member.hasTotp ? 'core.team.totpOn' : 'core.team.totpOff') },
        { label: t('core.team.lastLogin'), date: member.lastLoginAt },
        { label: t('core.team.since'), date: member.joinedAt },
      ],
    },
    ...(may(ctx, EDIT)
      ? [
          {
            kind: 'form' as const,
            id: 'member-role',
            title: t('core.team.role'),
            text: t('core.team.roleText'),
            action: at('/role'),
            submit: t('core.form.save'),
            values: { role: member.role },
            problem: problem && worded(words, problem),
            groups: [
              {
                fields: [
                  {
                    name: 'role',
                    label: t('core.team.role'),
                    kind: 'select' as const,
                    options: roleOptions(t, ['manager', 'staff'], await parts.people.teamRoles.list(ctx)),
                  },
                ],
              },
            ],
          },
        ]
      : []),
    ...(may(ctx, OWNERS) ? [await sessionsPart(parts, ctx, t, userId, at)] : []),
  ];
  return adminDetail({
    head: {
      title: member.name,
      breadcrumbs: [
        { label: t('core.menu.team'), href: ctx.links.to('store', BASE) },
        { label: member.name, href: null },
      ],
    },
    ...(problem ? { status: problem.status } : {}),
    actions: may(ctx, EDIT)
      ? [
          {
            label: t('core.team.remove'),
            action: at('/remove'),
            danger: true,
            confirm: {
              title: t('core.team.removeTitle', { name: member.name }),
              text: t('core.team.removeText'),
              submit: t('core.team.remove'),
            },
          },
        ]
      : [],
    main,
  });
}

/** Of a member's sessions an owner sees those last used in the merchant's stores: others are no business of theirs. */
async function sessionsPart(
  parts: CoreParts,
  ctx: RouteContext,
  t: Words,
  userId: string,
  at: (path: string) => string,
): Promise<Section> {
  const sessions = await parts.people.sessionList.list(
    { userId, audience: 'store', platformId: ctx.platform.id, merchantId: ctx.merchant?.id ?? '' },
    ctx.now,
  );
  return {
    kind: 'table',
    title: t('core.sessions.title'),
    text: t('core.sessions.memberText'),
    columns: sessionColumns(t),
    rows: sessions.map((session) => ({
      ...sessionRow(t, session, false),
      actions: [{ label: t('core.sessions.end'), action: at(`/sessions/${session.id}/end`), confirm: null }],
    })),
    empty: { symbol: 'devices', title: t('core.sessions.none'), text: t('core.sessions.noneText') },
  };
}
