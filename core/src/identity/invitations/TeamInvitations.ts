import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { NotFound } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Entitlements } from '../../modules/entitlements/Entitlements.js';
import { pageOf, type ListQuery, type Page } from '../../tenancy/services/pageOf.js';
import { normalEmail } from '../email.js';
import { AlreadyMember, TeamLimitReached } from '../errors.js';
import { refuseImpersonation } from '../ownUser.js';
import { atMerchant, countTeam, merchantId, TEAM_LIMIT, type Team } from '../people/Team.js';
import { requireGrantable } from '../roles/grantable.js';
import { hashToken, newToken } from '../tokens.js';
import type { InvitationDeps } from './AdminInvitations.js';
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

const COLUMNS = `i.id, i.email, coalesce(i.role_id::text, i.role) as role, r.name as role_name, i.language, i.invited_by_name,
  i.created_at, i.sent_at, i.expires_at, i.accepted_at, i.withdrawn_at`;
const OPEN = `core_team_invitation i left join core_role r on r.merchant_id = i.merchant_id and r.id = i.role_id
  where i.merchant_id = $1 and i.accepted_at is null and i.withdrawn_at is null`;

/** Invitations of members of the context's store; of owners, where the context has no store. */
export class TeamInvitations {
  readonly #deps: InvitationDeps & { readonly team: Team; readonly entitlements: Entitlements };

  constructor(deps: InvitationDeps & { readonly team: Team; readonly entitlements: Entitlements }) {
    this.#deps = deps;
  }

  /** Open and expired ones, the latest first. @param query.withOwners those of the merchant's owners too */
  async list(
    ctx: TenantContext,
    query: ListQuery & { readonly withOwners?: boolean } = {},
  ): Promise<Page<Invitation>> {
    const found = await this.#deps.database.unit(atMerchant(ctx), ({ tx }) =>
      pageOf<InvitationRow>(tx, query, {
        ...INVITATION_LIST,
        select: COLUMNS,
        from: `${OPEN} and (i.store_id is not distinct from $2::uuid or ($3::boolean and i.store_id is null))`,
        values: [...placeOf(ctx), query.withOwners === true],
      }),
    );
    return invitationsOf(found, ctx.now);
  }

  /**
   * Invites somebody by mail. Who is invited already gets a new link, with the role of this call; the old one ends.
   *
   * Open invitations count towards the team. @throws {AlreadyMember} {@link GrantRefused} {@link TeamLimitReached} {@link TooManyRequests}
   */
  async invite(
    ctx: TenantContext,
    { email, role, language }: NewInvitation,
    /** `checked`: administrators of the platform name owners, though they hold nothing in stores. */
    options: { readonly checked?: boolean } = {},
  ): Promise<Invitation> {
    refuseImpersonation(ctx);
    const given = ctx.store ? role : 'owner';
    const address = normalEmail(email);
    if (options.checked !== true)
      requireGrantable(ctx, 'store', await this.#deps.team.permissionsOf(ctx, given));
    await this.#refuseMembers(ctx, address);
    await this.#deps.rateLimits.take(invitationLimits(ctx, address), ctx.now);
    const by = inviterOf(ctx.actor);
    return this.#deps.database.unit(atMerchant(ctx), async (inside) => {
      if (ctx.store && !(await isInvited(inside, address)))
        await this.#deps.entitlements.claim(inside, TEAM_LIMIT, () => countTeam(inside), {
          error: TeamLimitReached,
        });
      const [row] = await inside.tx.query<{ id: string }>(
        `insert into core_team_invitation as i (merchant_id, id, platform_id, store_id, email, role, role_id, language, token_hash, invited_by, invited_by_name, created_at, sent_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $12)
         on conflict ${
           ctx.store
             ? '(merchant_id, store_id, email) where accepted_at is null and withdrawn_at is null and store_id is not null'
             : '(merchant_id, email) where accepted_at is null and withdrawn_at is null and store_id is null'
         } do update set role = $6, role_id = $7, language = $8, platform_id = $3, invited_by = $10, invited_by_name = $11 returning i.id`,
        [
          merchantId(ctx),
          uuidv7(ctx.now),
          ctx.platform.id,
          ctx.store?.id ?? null,
          address,
          ...roleColumns(given),
          language,
          hashToken(newToken()),
          by.id,
          by.name,
          ctx.now,
        ],
      );
      return this.#send(inside, ctx, (row as { id: string }).id, 'core.team.invited');
    });
  }

  /** Sends a new link; the old one ends. @throws {NotFound} when it is no longer open */
  async resend(ctx: TenantContext, id: string): Promise<Invitation> {
    refuseImpersonation(ctx);
    const known = await this.#deps.database.unit(atMerchant(ctx), (inside) => this.#read(inside, ctx, id));
    requireGrantable(ctx, 'store', await this.#deps.team.permissionsOf(ctx, known.role));
    await this.#deps.rateLimits.take(invitationLimits(ctx, id), ctx.now);
    return this.#deps.database.unit(atMerchant(ctx), async (inside) => {
      const invitation = await this.#read(inside, ctx, id);
      // One that was over counts again.
      if (ctx.store && invitation.status === 'expired')
        await this.#deps.entitlements.claim(inside, TEAM_LIMIT, () => countTeam(inside), {
          error: TeamLimitReached,
        });
      return this.#send(inside, ctx, id, 'core.team.invitation_resent');
    });
  }

  /** Takes an invitation back: its link opens nothing from now on. @throws {NotFound} when it is no longer open */
  async withdraw(ctx: TenantContext, id: string): Promise<void> {
    refuseImpersonation(ctx);
    await this.#deps.database.unit(atMerchant(ctx), async (inside) => {
      const invitation = await this.#read(inside, ctx, id);
      await inside.tx.query(
        'update core_team_invitation set withdrawn_at = $3 where merchant_id = $1 and id = $2',
        [merchantId(ctx), id, ctx.now],
      );
      await this.#record(inside, ctx, 'core.team.invitation_withdrawn', invitation);
    });
  }

  async #send(inside: InTransaction, ctx: TenantContext, id: string, action: string): Promise<Invitation> {
    const token = newToken();
    await inside.tx.query(
      'update core_team_invitation set token_hash = $3, sent_at = $4, expires_at = $5 where merchant_id = $1 and id = $2',
      [
        merchantId(ctx),
        id,
        hashToken(token),
        ctx.now,
        new Date(ctx.now.getTime() + this.#deps.invitationSeconds * 1_000),
      ],
    );
    const invitation = await this.#read(inside, ctx, id);
    await this.#deps.mail.send(inside, {
      allowance: 'none',
      to: invitation.email,
      language: invitation.language,
      template: 'core/mail-invitation',
      data: {
        link: this.#deps.links.store(ctx.platform, null, `/invitation?token=${token}`),
        place: ctx.store?.name ?? ctx.merchant?.name ?? ctx.platform.name,
        invitedBy: invitation.invitedBy,
        expiresAt: invitation.expiresAt,
      },
    });
    await this.#record(inside, ctx, action, invitation);
    return invitation;
  }

  async #read(inside: InTransaction, ctx: TenantContext, id: string): Promise<Invitation> {
    const [row] = await inside.tx.query<InvitationRow>(
      `select ${COLUMNS} from ${OPEN} and i.store_id is not distinct from $2::uuid and i.id = $3 for update of i`,
      [...placeOf(ctx), id],
    );
    if (!row) throw new NotFound({ what: 'This invitation' });
    return invitationOf(row, ctx.now);
  }

  async #refuseMembers(ctx: TenantContext, email: string): Promise<void> {
    const people = ctx.store
      ? (await this.#deps.team.members(ctx, { q: email, perPage: 100 })).items
      : await this.#deps.team.owners(ctx);
    if (people.some((person) => person.email === email)) throw new AlreadyMember({ email });
  }

  async #record(
    inside: InTransaction,
    ctx: TenantContext,
    action: string,
    { id, email, role }: Invitation,
  ): Promise<void> {
    // In the trail of the store that it was for.
    await this.#deps.audit.record(
      { ...inside, store: ctx.store },
      { action, subject: { type: 'invitation', id, name: email }, to: { role } },
    );
  }
}

const placeOf = (ctx: TenantContext): [string, string | null] => [merchantId(ctx), ctx.store?.id ?? null];

/** Whether an open invitation counts for this address already, be it to another store. */
const isInvited = async (inside: InTransaction, email: string): Promise<boolean> => {
  const rows = await inside.tx.query(
    `select 1 as found from core_team_invitation where merchant_id = $1 and platform_id = $2 and email = $3 and store_id is not null
       and accepted_at is null and withdrawn_at is null and expires_at > $4`,
    [merchantId(inside), inside.platform.id, email, inside.now],
  );
  return rows.length > 0;
};
