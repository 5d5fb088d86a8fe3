import type { Invitation } from '../../../identity/invitations/invitation.js';
import type { Raw, View } from '../../../kernel/route.js';
import type { Page } from '../../../tenancy/services/pageOf.js';
import {
  adminList,
  listPageInput,
  type ListState,
  type PageHead,
  type RowAction,
} from '../../views/adminList.js';
import type { Words } from '../../views/words.js';
import { roleText } from './peopleWords.js';

export const invitationListInput = listPageInput(['email', 'expiresAt'], {});

/** Who was invited and has not answered, as a list of its own. */
export const invitationList = (
  t: Words,
  list: {
    readonly head: PageHead;
    readonly tabs: readonly object[];
    readonly address: string;
    readonly query: ListState;
    readonly found: Page<Invitation>;
    readonly actions: (invitation: Invitation) => readonly RowAction[];
  },
): View | Raw =>
  adminList<Invitation>(t, {
    ...list,
    searchLabel: t('core.team.search'),
    columns: [
      {
        label: t('core.login.email'),
        sort: 'email',
        cell: (one) => ({ text: one.email, detail: t('core.team.invitedBy', { name: one.invitedBy }) }),
      },
      { label: t('core.team.role'), cell: (one) => ({ text: roleText(t, one.role, one.roleName) }) },
      {
        label: t('core.team.status'),
        cell: (one) => ({
          badge: t(`core.team.invitation.${one.status}`),
          kind: one.status === 'open' ? 'info' : 'warning',
        }),
      },
      { label: t('core.team.expires'), sort: 'expiresAt', cell: (one) => ({ date: one.expiresAt }) },
    ],
    row: (one) => ({ id: one.id, href: null, actions: list.actions(one) }),
    empty: {
      symbol: 'mail',
      title: t('core.team.noInvitations'),
      text: t('core.team.noInvitationsText'),
    },
    file: 'invitations',
  });

/** @param to address of a path below the list */
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
