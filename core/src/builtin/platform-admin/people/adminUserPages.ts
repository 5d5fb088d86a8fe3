import { z } from 'zod';
import { flash } from '../../../http/flash/flash.js';
import type { AdminUser } from '../../../identity/people/AdminUsers.js';
import { LANGUAGES } from '../../../kernel/context.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { sessionColumns, sessionRow } from '../../core/account/accountView.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminDetail, type Section } from '../../views/adminDetail.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../../views/adminForm.js';
import { adminList, choice, listPageInput, type RowAction } from '../../views/adminList.js';
import { isSuperAdmin, may, type Words } from '../../views/words.js';
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

const BASE = '/admin-users';
const VIEW = 'platform-admin.admin_users.view';
const EDIT = 'platform-admin.admin_users.edit';
const listInput = listPageInput(['name', 'email', 'lastLoginAt'], {
  status: choice(['active', 'suspended']),
});
const one = z.object({ userId: z.uuid() });
const invitation = z.object({ invitationId: z.uuid() });
const role = z.union([z.literal('admin'), z.uuid()]);
const inviteForm = z.object({
  email: z.email().max(254),
  role: z.union([role, z.literal('super_admin')]).optional(),
  language: z.enum(LANGUAGES),
});
const common = { surface: 'admin', scope: 'both', kind: 'page', menu: 'admin-users' } as const;
const see = { ...common, access: VIEW } as const;
const edit = { ...common, access: EDIT } as const;

/** Tabs of the pages about administrators. */
export const adminTabs = (t: Words, ctx: RouteContext, current: string): object[] =>
  tabsOf(
    ctx,
    'admin',
    [
      { label: t('core.menu.adminUsers'), path: BASE },
      { label: t('core.team.invitations'), path: `${BASE}/invitations` },
      ...(isGlobalPlatform(ctx.platform) ? [] : [{ label: t('core.roles.title'), path: '/roles' }]),
    ],
    current,
  );

/** Who administers: of one platform, or of the whole installation. */
export function adminUserPages(parts: CoreParts): RouteDefinition[] {
  const { adminUsers, adminInvitations, sessionList } = parts.people;
  const to = (ctx: RouteContext, path = ''): string => ctx.links.to('admin', `${BASE}${path}`);
  const done = (ctx: RouteContext, key: string, path = '') =>
    redirect(to(ctx, path), 303, flash(ctx, { kind: 'success', key }));
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
  /** A change of one person; what cannot be is said on their page. */
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
      (problem) => detail(parts, ctx, userId, problem),
    );
  const sessionsOf = (userId: string) => ({ userId, audience: 'admin' as const });
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: BASE,
      input: listInput,
      handle: async (ctx, query) => {
        const { t } = authWords(parts, ctx);
        const found = await whole(query.format === 'csv', (page) =>
          adminUsers.list(ctx, {
            q: query.q,
            page: query.page,
            perPage: query.perPage,
            ...(query.sort === undefined ? {} : { sort: query.sort }),
            ...(query.status === undefined ? {} : { status: query.status }),
            ...page,
          }),
        );
        return adminList<AdminUser>(t, {
          head: {
            title: t('core.menu.adminUsers'),
            text: t('core.adminUsers.text'),
            ...(may(ctx, EDIT)
              ? { link: to(ctx, '/invite'), linkText: t('core.team.invite'), symbol: 'user-plus' }
              : {}),
          },
          tabs: adminTabs(t, ctx, BASE),
          address: to(ctx),
          query,
          searchLabel: t('core.team.search'),
          filters: [
            {
              name: 'status',
              label: t('core.team.status'),
              options: [
                { value: '', label: t('core.team.allStatus') },
                { value: 'active', label: t('core.status.active') },
                { value: 'suspended', label: t('core.team.suspended') },
              ],
            },
          ],
          columns: [
            { label: t('core.profile.name'), sort: 'name', cell: (user) => ({ text: user.name }) },
            { label: t('core.login.email'), sort: 'email', cell: (user) => ({ text: user.email }) },
            { label: t('core.team.role'), cell: (user) => ({ text: rolesText(t, ctx, user) }) },
            {
              label: t('core.team.status'),
              cell: (user) =>
                user.isActive
                  ? { badge: t('core.status.active'), kind: 'success' }
                  : { badge: t('core.team.suspended'), kind: 'danger' },
            },
            {
              label: t('core.team.totp'),
              cell: (user) =>
                user.hasTotp
                  ? { badge: t('core.team.totpOn'), kind: 'success' }
                  : { badge: t('core.team.totpOff'), kind: 'neutral' },
            },
            {
              label: t('core.team.lastLogin'),
              sort: 'lastLoginAt',
              cell: (user) => ({ date: user.lastLoginAt }),
            },
          ],
          found,
          row: (user) => ({ id: user.id, href: to(ctx, `/${user.id}`), isMuted: !user.isActive }),
          empty: {
            symbol: 'users',
            title: t('core.adminUsers.none'),
            text: t('core.adminUsers.noneText'),
            ...(may(ctx, EDIT) ? { link: to(ctx, '/invite'), linkText: t('core.team.invite') } : {}),
          },
          file: 'admin-users',
        });
      },
    }),
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
      handle: async (ctx) => {
        const { t } = authWords(parts, ctx);
        const open = await adminInvitations.list(ctx);
        return adminDetail({
          head: {
            title: t('core.menu.adminUsers'),
            text: t('core.adminUsers.text'),
            ...(may(ctx, EDIT)
              ? { link: to(ctx, '/invite'), linkText: t('core.team.invite'), symbol: 'user-plus' }
              : {}),
          },
          tabs: adminTabs(t, ctx, `${BASE}/invitations`),
          main: [
            {
              kind: 'table',
              title: t('core.team.invitations'),
              columns: invitationColumns(t),
              rows: open.map((each) => ({
                id: each.id,
                href: null,
                cells: invitationCells(t, each),
                actions: may(ctx, EDIT) ? invitationActions(t, (path) => to(ctx, path), each.id) : [],
              })),
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
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/:userId`,
      input: one,
      handle: (ctx, { userId }) => detail(parts, ctx, userId),
    }),
    defineRoute({
      ...edit,
      scope: 'platform',
      method: 'POST',
      path: `${BASE}/:userId/role`,
      input: one.extend({ role }),
      handle: (ctx, { userId, role: wanted }) =>
        change(ctx, userId, 'core.people.saved', () => adminUsers.setRole(ctx, userId, wanted)),
    }),
    defineRoute({
      ...edit,
      scope: 'platform',
      method: 'POST',
      path: `${BASE}/:userId/remove`,
      input: one,
      handle: (ctx, { userId }) =>
        change(ctx, userId, 'core.team.removed', () => adminUsers.remove(ctx, userId), ''),
    }),
    ...(
      [
        ['suspend', 'core.adminUsers.wasSuspended', (ctx, id) => adminUsers.setActive(ctx, id, false)],
        ['reopen', 'core.adminUsers.wasReopened', (ctx, id) => adminUsers.setActive(ctx, id, true)],
        ['super-admin', 'core.people.saved', (ctx, id) => adminUsers.setSuperAdmin(ctx, id, true)],
        ['no-super-admin', 'core.people.saved', (ctx, id) => adminUsers.setSuperAdmin(ctx, id, false)],
        ['sessions/end', 'core.sessions.allEnded', (ctx, id) => sessionList.endAll(ctx, sessionsOf(id))],
      ] as readonly (readonly [string, string, (ctx: RouteContext, userId: string) => Promise<unknown>])[]
    ).map(([path, key, work]) =>
      defineRoute({
        ...edit,
        scope: 'global',
        method: 'POST',
        path: `${BASE}/:userId/${path}`,
        input: one,
        handle: (ctx, { userId }) =>
          change(
            ctx,
            userId,
            key,
            async () => {
              // Not of somebody who administers nothing: those are no business of this page.
              await adminUsers.get(ctx, userId);
              await work(ctx, userId);
            },
            path === 'no-super-admin' ? '' : `/${userId}`,
          ),
      }),
    ),
    defineRoute({
      ...edit,
      scope: 'global',
      method: 'POST',
      path: `${BASE}/:userId/sessions/:sessionId/end`,
      input: one.extend({ sessionId: z.uuid() }),
      handle: (ctx, { userId, sessionId }) =>
        change(ctx, userId, 'core.sessions.ended', async () => {
          await adminUsers.get(ctx, userId);
          await sessionList.end(ctx, sessionsOf(userId), sessionId);
        }),
    }),
  ];
}

export const invitationActions = (t: Words, to: (path: string) => string, id: string): RowAction[] => [
  { label: t('core.team.resend'), action: to(`/invitations/${id}/resend`), confirm: null },
  {
    label: t('core.team.withdraw'),
    action: to(`/invitations/${id}/withdraw`),
    danger: true,
    confirm: {
      title: t('core.team.withdrawTitle'),
      text: t('core.team.withdrawText'),
      submit: t('core.team.withdraw'),
    },
  },
];

const rolesText = (t: Words, ctx: RouteContext, user: AdminUser): string =>
  [
    ...(user.isSuperAdmin ? [t('core.roles.super_admin')] : []),
    ...user.roles.map(({ platform, role: held, name }) =>
      isGlobalPlatform(ctx.platform) ? `${platform}: ${roleText(t, held, name)}` : roleText(t, held, name),
    ),
  ].join(' · ');

async function roleChoices(
  parts: CoreParts,
  ctx: RouteContext,
  t: Words,
): Promise<{ value: string; label: string }[]> {
  if (isGlobalPlatform(ctx.platform)) return [];
  return roleOptions(t, ['admin'], await parts.people.platformRoles.list(ctx));
}

async function detail(
  parts: CoreParts,
  ctx: RouteContext,
  userId: string,
  problem?: FormProblem,
): Promise<View> {
  const words = authWords(parts, ctx);
  const { t } = words;
  const user = await parts.people.adminUsers.get(ctx, userId);
  const above = isGlobalPlatform(ctx.platform);
  const at = (path: string): string => ctx.links.to('admin', `${BASE}/${userId}${path}`);
  const mayEdit = may(ctx, EDIT);
  const held = user.roles[0];
  const options = await roleChoices(parts, ctx, t);
  const main: Section[] = [
    {
      kind: 'facts',
      title: t('core.adminUsers.facts'),
      facts: [
        { label: t('core.login.email'), text: user.email },
        { label: t('core.team.role'), text: rolesText(t, ctx, user) },
        { label: t('core.team.totp'), text: t(user.hasTotp ? 'core.team.totpOn' : 'core.team.totpOff') },
        { label: t('core.team.lastLogin'), date: user.lastLoginAt },
        { label: t('core.team.since'), date: user.createdAt },
      ],
    },
    ...(mayEdit && held && !above
      ? [
          {
            kind: 'form' as const,
            id: 'admin-role',
            title: t('core.team.role'),
            text: t('core.team.roleText'),
            action: at('/role'),
            submit: t('core.form.save'),
            values: { role: held.role },
            problem: problem && worded(words, problem),
            groups: [
              { fields: [{ name: 'role', label: t('core.team.role'), kind: 'select' as const, options }] },
            ],
          },
        ]
      : []),
    ...(above && isSuperAdmin(ctx) ? [await sessionsPart(parts, ctx, t, userId, at)] : []),
  ];
  return adminDetail({
    head: {
      title: user.name,
      breadcrumbs: [
        { label: t('core.menu.adminUsers'), href: ctx.links.to('admin', BASE) },
        { label: user.name, href: null },
      ],
    },
    badges: [
      user.isActive
        ? { kind: 'success', text: t('core.status.active') }
        : { kind: 'danger', text: t('core.team.suspended') },
    ],
    notice: problem && (above || !held) ? { kind: 'error', text: worded(words, problem).text ?? '' } : null,
    ...(problem ? { status: problem.status } : {}),
    actions: mayEdit ? userActions(t, user, above, at) : [],
    main,
  });
}

async function sessionsPart(
  parts: CoreParts,
  ctx: RouteContext,
  t: Words,
  userId: string,
  at: (path: string) => string,
): Promise<Section> {
  const sessions = await parts.people.sessionList.list({ userId, audience: 'admin' }, ctx.now);
  return {
    kind: 'table',
    title: t('core.sessions.title'),
    columns: sessionColumns(t),
    rows: sessions.map((session) => ({
      ...sessionRow(t, session, ctx.actor.kind === 'user' && session.id === ctx.actor.sessionId),
      actions: [{ label: t('core.sessions.end'), action: at(`/sessions/${session.id}/end`), confirm: null }],
    })),
    empty: { symbol: 'devices', title: t('core.sessions.none'), text: t('core.sessions.noneText') },
  };
}

function userActions(t: Words, user: AdminUser, above: boolean, at: (path: string) => string): RowAction[] {
  const asked = (key: string, path: string, danger = true): RowAction => ({
    label: t(`core.adminUsers.${key}`),
    action: at(path),
    danger,
    confirm: {
      title: t(`core.adminUsers.${key}`),
      text: t(`core.adminUsers.${key}Text`, { name: user.name }),
      submit: t(`core.adminUsers.${key}`),
    },
  });
  if (!above) return [asked('remove', '/remove')];
  return [
    { label: t('core.sessions.endAll'), action: at('/sessions/end'), confirm: null },
    user.isSuperAdmin ? asked('revokeSuper', '/no-super-admin') : asked('grantSuper', '/super-admin', false),
    user.isActive ? asked('suspend', '/suspend') : asked('reopen', '/reopen', false),
  ];
}
