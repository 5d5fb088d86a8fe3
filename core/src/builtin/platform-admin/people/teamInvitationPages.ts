import { z } from 'zod';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../../kernel/route.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { may } from '../../views/words.js';
import { invitationActions, invitationList, invitationListInput } from './invitationList.js';
import { whole } from './peopleWords.js';
import { asOwners, BASE, done, edit, EDIT, own, OWNERS, see, teamTabs, to } from './teamPlace.js';

const invitation = z.object({ invitationId: z.uuid() });

/** Who was asked into a store, and into its merchant; asking again, and taking it back. */
export function teamInvitationPages(parts: CoreParts): RouteDefinition[] {
  const { teamInvitations } = parts.people;
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: `${BASE}/invitations`,
      input: invitationListInput,
      handle: async (ctx, query) => {
        const { t } = authWords(parts, ctx);
        const withOwners = may(ctx, OWNERS);
        return invitationList(t, {
          head: {
            title: t('core.menu.team'),
            text: t('core.team.text'),
            ...(may(ctx, EDIT)
              ? { link: to(ctx, '/invite'), linkText: t('core.team.invite'), symbol: 'user-plus' }
              : {}),
          },
          tabs: teamTabs(t, ctx, `${BASE}/invitations`),
          address: to(ctx, '/invitations'),
          query,
          found: await whole(query.format === 'csv', (page) =>
            teamInvitations.list(ctx, { ...query, ...page, withOwners }),
          ),
          actions: ({ id, role }) => {
            const below = role === 'owner' ? '/owners' : '';
            return may(ctx, role === 'owner' ? OWNERS : EDIT)
              ? invitationActions(t, (path) => to(ctx, below + path), id)
              : [];
          },
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
  ];
}
