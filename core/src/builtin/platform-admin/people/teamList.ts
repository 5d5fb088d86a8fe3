import { z } from 'zod';
import type { TeamMember } from '../../../identity/people/Team.js';
import { defineRoute, type RouteDefinition } from '../../../kernel/route.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminList, listPageInput } from '../../views/adminList.js';
import { may } from '../../views/words.js';
import { roleOptions, roleText, whole } from './peopleWords.js';
import { BASE, EDIT, see, teamTabs, to } from './teamPlace.js';

const listInput = listPageInput(['name', 'email', 'lastLoginAt'], {
  role: z.string().max(60).optional().catch(undefined),
});

/** Who works in a store, with which role. */
export function teamList(parts: CoreParts): RouteDefinition[] {
  const { team, teamRoles } = parts.people;
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
  ];
}
