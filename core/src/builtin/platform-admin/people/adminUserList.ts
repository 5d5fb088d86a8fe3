import type { AdminUser } from '../../../identity/people/AdminUsers.js';
import { defineRoute, type RouteDefinition } from '../../../kernel/route.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminList, choice, listPageInput } from '../../views/adminList.js';
import { may } from '../../views/words.js';
import { adminTabs, BASE, EDIT, rolesText, see, to } from './adminPlace.js';
import { whole } from './peopleWords.js';

const listInput = listPageInput(['name', 'email', 'lastLoginAt'], {
  status: choice(['active', 'suspended']),
});

/** Who administers: of one platform, or of the whole installation. */
export function adminUserList(parts: CoreParts): RouteDefinition[] {
  const { adminUsers } = parts.people;
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
  ];
}
