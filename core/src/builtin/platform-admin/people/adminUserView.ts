import type { AdminUser } from '../../../identity/people/AdminUsers.js';
import type { RouteContext, View } from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { sessionColumns, sessionRow } from '../../core/account/accountView.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminDetail, type Section } from '../../views/adminDetail.js';
import type { FormProblem } from '../../views/adminForm.js';
import type { RowAction } from '../../views/adminList.js';
import { isSuperAdmin, may, type Words } from '../../views/words.js';
import { BASE, EDIT, roleChoices, rolesText } from './adminPlace.js';
import { worded } from './peopleWords.js';

/** An administrator as others see them. */
export async function adminUserView(
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
