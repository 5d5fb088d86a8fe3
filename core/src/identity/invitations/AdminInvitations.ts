import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { InvalidInput, NotFound } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Mailer } from '../../mail/Mailer.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import { pageOf, type ListQuery, type Page } from '../../tenancy/services/pageOf.js';
import type { Audit } from '../audit/Audit.js';
import { normalEmail } from '../email.js';
import { AlreadyMember } from '../errors.js';
import type { OutsideLinks } from '../OutsideLinks.js';
import type { RateLimits } from '../RateLimits.js';
import { refuseImpersonation } from '../ownUser.js';
import type { AdminUsers } from '../people/AdminUsers.js';
import { requireGrantable } from '../roles/grantable.js';
import { hashToken, newToken } from '../tokens.js';
import {
  INVITATION_LIST,
  invitationOf,
  invitationsOf,
  type Invitation,
  type InvitationRow,
  type NewInvitation,
} from './invitation.js';
import { invitationLimits } from './invitationLimits.js';
import { inviterOf, roleColumns } from './inviter.js';

export interface InvitationDeps {
  readonly database: Database;
  readonly audit: Audit;
  readonly mail: Mailer;
  readonly links: OutsideLinks;
  readonly rateLimits: RateLimits;
  readonly invitationSeconds: number;
}

const COLUMNS = `i.id, i.email, coalesce(i.role_id::text, i.role) as role, r.name as role_name, i.language, i.invited_by_name,
  i.created_at, i.sent_at, i.expires_at, i.accepted_at, i.withdrawn_at`;
const OPEN = `core_admin_invitation i left join core_platform_role r on r.platform_id = i.platform_id and r.id = i.role_id
  where i.platform_id = $1 and i.accepted_at is null and i.withdrawn_at is null`;

/** Invitations of administrators: of the context's platform, or (globally) of super admins. */
export class AdminInvitations {
  readonly #deps: InvitationDeps & { readonly adminUsers: AdminUsers };

  constructor(deps: InvitationDeps & { readonly adminUsers: AdminUsers }) {
    this.#deps = deps;
  }

  /** Open and expired ones, the latest first. */
  async list(ctx: TenantContext, query: ListQuery = {}): Promise<Page<Invitation>> {
    const found = await this.#deps.database.unit(ctx, ({ tx }) =>
      pageOf<InvitationRow>(tx, query, {
        ...INVITATION_LIST,
        select: COLUMNS,
        from: OPEN,
        values: [ctx.platform.id],
      }),
    );
    return invitationsOf(found, ctx.now);
  }

  /**
   * Invites somebody by mail. Who is invited already gets a new link, with the role of this call; the old one ends.
   *
   * @throws {AlreadyMember} {@link GrantRefused} {@link TooManyRequests}
   */
  async invite(ctx: TenantContext, { email, role, language }: NewInvitation): Promise<Invitation> {
    refuseImpersonation(ctx);
    await this.#requireRole(ctx, role);
    const address = normalEmail(email);
    const { items } = await this.#deps.adminUsers.list(ctx, { q: address, perPage: 100 });
    const there = items.find((user) => user.email === address);
    if (there && (!isGlobalPlatform(ctx.platform) || there.isSuperAdmin))
      throw new AlreadyMember({ email: address });
    await this.#deps.rateLimits.take(invitationLimits(ctx, address), ctx.now);
    return this.#deps.database.unit(ctx, async (inside) => {
      const by = inviterOf(ctx.actor);
      const [row] = await inside.tx.query<{ id: string }>(
        `insert into core_admin_invitation as i (platform_id, id, email, role, role_id, language, token_hash, invited_by, invited_by_name, created_at, sent_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10)
         on conflict (platform_id, email) where accepted_at is null and withdrawn_at is null
           do update set role = $4, role_id = $5, language = $6, invited_by = $8, invited_by_name = $9 returning i.id`,
        [
          ctx.platform.id,
          uuidv7(ctx.now),
          address,
          ...roleColumns(role),
          language,
          hashToken(newToken()),
          by.id,
          by.name,
          ctx.now,
        ],
      );
      return this.#send(inside, (row as { id: string }).id, 'core.admin_user.invited');
    });
  }

  /** Sends a new link; the old one ends. @throws {NotFound} when it is no longer open */
  async resend(ctx: TenantContext, id: string): Promise<Invitation> {
    refuseImpersonation(ctx);
    await this.#deps.rateLimits.take(invitationLimits(ctx, id), ctx.now);
    return this.#deps.database.unit(ctx, async (inside) => {
      const { role } = await this.#read(inside, id);
      await this.#requireRole(inside, role);
      return this.#send(inside, id, 'core.admin_user.invitation_resent');
    });
  }

  /** Takes an invitation back: its link opens nothing from now on. @throws {NotFound} when it is no longer open */
  async withdraw(ctx: TenantContext, id: string): Promise<void> {
    refuseImpersonation(ctx);
    await this.#deps.database.unit(ctx, async (inside) => {
      const invitation = await this.#read(inside, id);
      await inside.tx.query(
        'update core_admin_invitation set withdrawn_at = $3 where platform_id = $1 and id = $2',
        [ctx.platform.id, id, ctx.now],
      );
      await this.#record(inside, 'core.admin_user.invitation_withdrawn', invitation);
    });
  }

  async #send(ctx: InTransaction, id: string, action: string): Promise<Invitation> {
    const token = newToken();
    await ctx.tx.query(
      'update core_admin_invitation set token_hash = $3, sent_at = $4, expires_at = $5 where platform_id = $1 and id = $2',
      [
        ctx.platform.id,
        id,
        hashToken(token),
        ctx.now,
        new Date(ctx.now.getTime() + this.#deps.invitationSeconds * 1_000),
      ],
    );
    const invitation = await this.#read(ctx, id);
    await this.#deps.mail.send(ctx, {
      allowance: 'none',
      to: invitation.email,
      language: invitation.language,
      template: 'core/mail-invitation',
      data: {
        link: this.#deps.links.admin(ctx.platform, `/invitation?token=${token}`),
        place: ctx.platform.name,
        invitedBy: invitation.invitedBy,
        expiresAt: invitation.expiresAt,
      },
    });
    await this.#record(ctx, action, invitation);
    return invitation;
  }

  async #read({ tx, platform, now }: InTransaction, id: string): Promise<Invitation> {
    const [row] = await tx.query<InvitationRow>(
      `select ${COLUMNS} from ${OPEN} and i.id = $2 for update of i`,
      [platform.id, id],
    );
    if (!row) throw new NotFound({ what: 'This invitation' });
    return invitationOf(row, now);
  }

  /** Super admins are invited above the platforms, all others on one. */
  async #requireRole(ctx: TenantContext, role: string): Promise<void> {
    if ((role === 'super_admin') !== isGlobalPlatform(ctx.platform))
      throw new InvalidInput({ errors: [{ path: 'role', message: 'This role does not exist here.' }] });
    if (role !== 'super_admin')
      requireGrantable(ctx, 'admin', await this.#deps.adminUsers.permissionsOf(ctx, role));
  }

  async #record(ctx: InTransaction, action: string, { id, email, role }: Invitation): Promise<void> {
    await this.#deps.audit.record(ctx, {
      action,
      subject: { type: 'invitation', id, name: email },
      to: { role },
    });
  }
}
