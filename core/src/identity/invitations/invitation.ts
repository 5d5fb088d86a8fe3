import type { Language } from '../../kernel/context.js';
import type { Page } from '../../tenancy/services/pageOf.js';

export type InvitationStatus = 'open' | 'expired' | 'accepted' | 'withdrawn';

/** Somebody who was asked to join. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  /** A built-in role, or the id of a custom one. */
  readonly role: string;
  /** Of a custom role. */
  readonly roleName: string | null;
  readonly language: Language;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly status: InvitationStatus;
}

/** What is asked of the invitee's role, place and mail. */
export interface NewInvitation {
  readonly email: string;
  readonly role: string;
  readonly language: Language;
}

export interface InvitationRow {
  id: string;
  email: string;
  role: string;
  role_name: string | null;
  language: Language;
  invited_by_name: string;
  created_at: Date;
  sent_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
  withdrawn_at: Date | null;
}

/** Names that lists of invitations may be sorted by. */
const INVITATION_SORTS = { email: 'i.email', expiresAt: 'i.expires_at' } as const;

/** What a list of invitations is made of, beside whose they are: the latest first. */
export const INVITATION_LIST = {
  search: ['i.email', 'i.invited_by_name'],
  order: 'i.id desc',
  sorts: INVITATION_SORTS,
} as const;

/** A page of rows as a page of invitations. */
export const invitationsOf = (page: Page<InvitationRow>, now: Date): Page<Invitation> => ({
  ...page,
  items: page.items.map((row) => invitationOf(row, now)),
});

export const invitationOf = (row: InvitationRow, now: Date): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  roleName: row.role_name,
  language: row.language,
  invitedBy: row.invited_by_name,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  expiresAt: row.expires_at,
  status: statusOf(row, now),
});

export const statusOf = (
  row: Pick<InvitationRow, 'accepted_at' | 'withdrawn_at' | 'expires_at'>,
  now: Date,
): InvitationStatus => {
  if (row.accepted_at) return 'accepted';
  if (row.withdrawn_at) return 'withdrawn';
  return row.expires_at <= now ? 'expired' : 'open';
};
