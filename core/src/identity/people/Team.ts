import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { NotFound, TenantMissing } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Entitlements, LimitUsage } from '../../modules/entitlements/Entitlements.js';
import { pageOf, type ListQuery, type Page } from '../../tenancy/services/pageOf.js';
import type { Audit } from '../audit/Audit.js';
import { LastOwner } from '../errors.js';
import { refuseImpersonation } from '../ownUser.js';
import type { CustomRoles } from '../roles/CustomRoles.js';
import { allOf, builtInPermissions, requireGrantable } from '../roles/grantable.js';

/** Somebody who works in the store of the context. */
export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly hasTotp: boolean;
  readonly lastLoginAt: Date | null;
  /** `manager`, `staff`, or the id of a custom role. */
  readonly role: string;
  /** Of a custom role. */
  readonly roleName: string | null;
  readonly joinedAt: Date;
}

/** Somebody who owns the merchant. */
export type TeamOwner = Omit<TeamMember, 'role' | 'roleName'>;

/** A role to be given in a store: a built-in one, or the id of one of the merchant's own. */
export type TeamRoleChoice = 'manager' | 'staff' | (string & {});

export interface TeamQuery extends ListQuery {
  readonly role?: string;
}

interface Membership {
  readonly user_id: string;
  readonly role: string;
  readonly role_name: string | null;
  readonly created_at: Date;
}

const PERSON = `u.id, u.name, u.email, u.is_active as "isActive", u.last_login_at as "lastLoginAt",
  exists (select from core_user_totp t where t.user_id = u.id and t.confirmed_at is not null) as "hasTotp"`;
const ORDERS: Readonly<Record<string, string>> = {
  name: 'lower(u.name), u.id',
  '-name': 'lower(u.name) desc, u.id desc',
  email: 'u.email',
  '-email': 'u.email desc',
  lastLoginAt: 'u.last_login_at nulls first, u.id',
  '-lastLoginAt': 'u.last_login_at desc nulls last, u.id',
};
export const TEAM_LIMIT = 'team_members';

/** Who works in a store and who owns its merchant: roles, and taking them away. */
export class Team {
  readonly #deps: {
    readonly database: Database;
    readonly audit: Audit;
    readonly roles: CustomRoles;
    readonly entitlements: Entitlements;
  };

  constructor(deps: {
    readonly database: Database;
    readonly audit: Audit;
    readonly roles: CustomRoles;
    readonly entitlements: Entitlements;
  }) {
    this.#deps = deps;
  }

  /** Members of the context's store. */
  async members(ctx: TenantContext, query: TeamQuery = {}): Promise<Page<TeamMember>> {
    // Whose they are is asked under the tenant's own policies; their names stand above tenants.
    const memberships = await this.#memberships(ctx);
    const wanted = memberships.filter(({ role }) => query.role === undefined || role === query.role);
    const byId = new Map(wanted.map((one) => [one.user_id, one]));
    const found = await this.#people(query, [...byId.keys()]);
    return {
      ...found,
      items: found.items.map((person) => {
        const { role, role_name: roleName, created_at: joinedAt } = byId.get(person.id) as Membership;
        return { ...person, role, roleName, joinedAt };
      }),
    };
  }

  /** All owners of the context's merchant. */
  async owners(ctx: TenantContext): Promise<readonly TeamOwner[]> {
    return (await this.ownerList(ctx, { isExport: true })).items;
  }

  /** A page of them. */
  async ownerList(ctx: TenantContext, query: ListQuery = {}): Promise<Page<TeamOwner>> {
    const rows = await this.#deps.database.unit(atMerchant(ctx), ({ tx }) =>
      tx.query<{ user_id: string; created_at: Date }>(
        'select user_id, created_at from core_merchant_owner where merchant_id = $1',
        [merchantId(ctx)],
      ),
    );
    const joined = new Map(rows.map((row) => [row.user_id, row.created_at]));
    const found = await this.#people(query, [...joined.keys()]);
    return {
      ...found,
      items: found.items.map((person) => ({ ...person, joinedAt: joined.get(person.id) as Date })),
    };
  }

  /** One member of the context's store. @throws {NotFound} */
  async member(ctx: TenantContext, userId: string): Promise<TeamMember> {
    const membership = (await this.#memberships(ctx)).find((one) => one.user_id === userId);
    const [person] = membership ? (await this.#people({}, [userId])).items : [];
    if (!membership || !person) throw new NotFound({ what: 'This member' });
    const { role, role_name: roleName, created_at: joinedAt } = membership;
    return { ...person, role, roleName, joinedAt };
  }

  /** How many members there are, in all stores of the merchant on this platform, beside what the tier allows. */
  usage(ctx: TenantContext): Promise<LimitUsage> {
    return this.#deps.database.unit(atMerchant(ctx), (inside) =>
      this.#deps.entitlements.usage(inside, TEAM_LIMIT, () => countTeam(inside)),
    );
  }

  /** @throws {GrantRefused} when the old or the new role holds what the caller does not */
  async setRole(ctx: TenantContext, userId: string, role: TeamRoleChoice): Promise<void> {
    await this.#change(ctx, userId, async (inside, member) => {
      requireGrantable(ctx, 'store', await this.permissionsOf(ctx, role));
      await inside.tx.query(
        'update core_store_member set role_code = $4, role_id = $5 where merchant_id = $1 and store_id = $2 and user_id = $3',
        [
          merchantId(ctx),
          storeId(ctx),
          userId,
          isBuiltIn(role) ? role : 'custom',
          isBuiltIn(role) ? null : role,
        ],
      );
      await this.#record(inside, 'core.team.role_changed', member, { role: member.role }, { role });
    });
  }

  /** Takes a member off the store; from the next request on they are no longer let in. @throws {GrantRefused} */
  async remove(ctx: TenantContext, userId: string): Promise<void> {
    await this.#change(ctx, userId, async (inside, member) => {
      await inside.tx.query(
        'delete from core_store_member where merchant_id = $1 and store_id = $2 and user_id = $3',
        [merchantId(ctx), storeId(ctx), userId],
      );
      await this.#record(inside, 'core.team.removed', member, { role: member.role }, undefined);
    });
  }

  /** Takes an owner off the merchant. @throws {LastOwner} also when the last two are taken away at once */
  async removeOwner(ctx: TenantContext, userId: string): Promise<void> {
    refuseImpersonation(ctx);
    const owner = (await this.owners(ctx)).find(({ id }) => id === userId);
    if (!owner) throw new NotFound({ what: 'This owner' });
    await this.#deps.database.unit(atMerchant(ctx), async (inside) => {
      // All are locked in one order: who takes one away waits for who takes another away.
      const rows = await inside.tx.query<{ user_id: string }>(
        'select user_id from core_merchant_owner where merchant_id = $1 order by user_id for update',
        [merchantId(ctx)],
      );
      if (!rows.some((row) => row.user_id === userId)) throw new NotFound({ what: 'This owner' });
      if (rows.length === 1) throw new LastOwner();
      await inside.tx.query('delete from core_merchant_owner where merchant_id = $1 and user_id = $2', [
        merchantId(ctx),
        userId,
      ]);
      await this.#record(inside, 'core.team.owner_removed', owner, {}, undefined);
    });
  }

  /** What a role gives in a store of the context's merchant. @throws {NotFound} for a role of another merchant */
  async permissionsOf(ctx: TenantContext, role: TeamRoleChoice): Promise<readonly string[]> {
    if (role === 'owner') return allOf(ctx, 'store');
    if (isBuiltIn(role)) return builtInPermissions(ctx, role);
    return (await this.#deps.roles.get({ ...ctx, tx: null }, role)).permissions;
  }

  async #change(
    ctx: TenantContext,
    userId: string,
    work: (inside: InTransaction, member: TeamMember) => Promise<void>,
  ): Promise<void> {
    refuseImpersonation(ctx);
    const member = await this.member(ctx, userId);
    // Who holds less cannot take away from who holds more.
    requireGrantable(ctx, 'store', await this.permissionsOf(ctx, member.role));
    await this.#deps.database.unit(ctx, (inside) => work(inside, member));
  }

  #memberships(ctx: TenantContext): Promise<Membership[]> {
    return this.#deps.database.unit(ctx, ({ tx }) =>
      tx.query<Membership & object>(
        `select m.user_id, coalesce(m.role_id::text, m.role_code) as role, r.name as role_name, m.created_at
         from core_store_member m left join core_role r on r.merchant_id = m.merchant_id and r.id = m.role_id
         where m.merchant_id = $1 and m.store_id = $2`,
        [merchantId(ctx), storeId(ctx)],
      ),
    );
  }

  #people(query: TeamQuery, ids: readonly string[]): Promise<Page<Omit<TeamOwner, 'joinedAt'>>> {
    return this.#deps.database.system((tx) =>
      pageOf(tx, query, {
        select: PERSON,
        from: 'core_user u where u.id = any($1)',
        values: [ids],
        search: ['u.name', 'u.email'],
        order: ORDERS[query.sort ?? 'name'] ?? 'lower(u.name), u.id',
      }),
    );
  }

  async #record(
    ctx: InTransaction,
    action: string,
    { id, email }: Pick<TeamMember, 'id' | 'email'>,
    from: unknown,
    to: unknown,
  ): Promise<void> {
    await this.#deps.audit.record(ctx, { action, subject: { type: 'user', id, name: email }, from, to });
  }
}

/**
 * People who work in the merchant's stores on the context's platform, each once, however many stores they work in.
 *
 * Runs in a unit of the merchant as a whole. @param invited counts open invitations too
 */
export async function countTeam(
  { tx, platform, merchant, now }: InTransaction,
  invited = true,
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select ((select count(distinct m.user_id) from core_store_member m
        join core_store_platform p on p.merchant_id = m.merchant_id and p.store_id = m.store_id and p.platform_id = $2
        where m.merchant_id = $1)
      + (select count(distinct i.email) from core_team_invitation i where $4::boolean and i.merchant_id = $1 and i.platform_id = $2
          and i.store_id is not null and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > $3))::int as count`,
    [merchant?.id, platform.id, now, invited],
  );
  return row?.count ?? 0;
}

const isBuiltIn = (role: string): role is 'manager' | 'staff' => role === 'manager' || role === 'staff';

export const atMerchant = <Context extends TenantContext>(ctx: Context): Context => ({ ...ctx, store: null });

export const merchantId = ({ merchant }: TenantContext): string => {
  if (!merchant) throw new TenantMissing({ needed: 'merchant', where: 'The team' });
  return merchant.id;
};
const storeId = ({ store }: TenantContext): string => {
  if (!store) throw new TenantMissing({ needed: 'store', where: 'The team' });
  return store.id;
};
