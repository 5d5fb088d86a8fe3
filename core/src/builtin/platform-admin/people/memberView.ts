import type { RouteContext, View } from '../../../kernel/route.js';
import { sessionColumns, sessionRow } from '../../core/account/accountView.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminDetail, type Section } from '../../views/adminDetail.js';
import type { FormProblem } from '../../views/adminForm.js';
import { may, type Words } from '../../views/words.js';
import { roleOptions, roleText, worded } from './peopleWords.js';
import { BASE, EDIT, OWNERS } from './teamPlace.js';

/** A member as those see them who may see the team. */
export async function memberPage(
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
