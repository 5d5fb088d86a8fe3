import { z } from 'zod';
import type { TeamOwner } from '../../../identity/people/Team.js';
import {
  defineRoute,
  type Raw,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { orForm, type FormProblem } from '../../views/adminForm.js';
import { adminList, listPageInput, type RowAction } from '../../views/adminList.js';
import { may, type Words } from '../../views/words.js';
import { whole, worded } from './peopleWords.js';
import { BASE, done, own, OWNERS, see, teamTabs, to } from './teamPlace.js';

const listInput = listPageInput(['name', 'email', 'lastLoginAt'], {});
const one = z.object({ userId: z.uuid() });

/** Who owns the merchant of a store. */
export function ownerPages(parts: CoreParts): RouteDefinition[] {
  const { team } = parts.people;
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/owners`,
      input: listInput,
      handle: (ctx, query) => ownersPage(parts, ctx, query),
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
          (problem) => ownersPage(parts, ctx, listInput.parse({}), problem),
        ),
    }),
  ];
}

async function ownersPage(
  parts: CoreParts,
  ctx: RouteContext,
  query: z.output<typeof listInput>,
  problem?: FormProblem,
): Promise<View | Raw> {
  const words = authWords(parts, ctx);
  const { t } = words;
  const mayEdit = may(ctx, OWNERS);
  const page = adminList<TeamOwner>(t, {
    head: {
      title: t('core.menu.team'),
      text: t('core.team.ownersText'),
      ...(mayEdit
        ? { link: to(ctx, '/owners/invite'), linkText: t('core.team.inviteOwner'), symbol: 'user-plus' }
        : {}),
    },
    tabs: teamTabs(t, ctx, `${BASE}/owners`),
    notice: problem ? { kind: 'error', text: worded(words, problem, 'LAST_OWNER').text ?? '' } : null,
    address: to(ctx, '/owners'),
    query,
    searchLabel: t('core.team.search'),
    columns: [
      { label: t('core.profile.name'), sort: 'name', cell: ({ name }) => ({ text: name }) },
      { label: t('core.login.email'), sort: 'email', cell: ({ email }) => ({ text: email }) },
      {
        label: t('core.team.lastLogin'),
        sort: 'lastLoginAt',
        cell: ({ lastLoginAt }) => ({ date: lastLoginAt }),
      },
      { label: t('core.team.since'), cell: ({ joinedAt }) => ({ date: joinedAt }) },
    ],
    found: await whole(query.format === 'csv', (wanted) =>
      parts.people.team.ownerList(ctx, { ...query, ...wanted }),
    ),
    row: (owner) => ({ id: owner.id, href: null, actions: mayEdit ? [removal(t, ctx, owner)] : [] }),
    empty: { symbol: 'users', title: t('core.team.none'), text: t('core.team.noneText') },
    file: 'owners',
  });
  return problem && page.type === 'view' ? { ...page, status: problem.status } : page;
}

const removal = (t: Words, ctx: RouteContext, { id, name }: TeamOwner): RowAction => ({
  label: t('core.team.remove'),
  action: to(ctx, `/owners/${id}/remove`),
  danger: true,
  confirm: {
    title: t('core.team.removeOwnerTitle', { name }),
    text: t('core.team.removeOwnerText'),
    submit: t('core.team.remove'),
  },
});
