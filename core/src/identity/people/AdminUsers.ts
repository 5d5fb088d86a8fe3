import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { NotFound } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import { pageOf, type ListQuery, type Page } from '../../tenancy/services/pageOf.js';
import type { Audit } from '../audit/Audit.js';
import { LastSuperAdmin } from '../errors.js';
import { inSystem } from '../inSystem.js';
import { refuseImpersonation } from '../ownUser.js';
import type { CustomRoles } from '../roles/CustomRoles.js';
import { allOf, requireGrantable } from '../roles/grantable.js';

/** Somebody who administers a platform, or (in the global context) anything. */
export interface AdminUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isSuperAdmin: boolean;
  readonly isActive: boolean;
  readonly hasTotp: boolean;
  readonly lastLoginAt: Date | null;
  readonly createdAt: Date;
  /** What they are on which platform; of the context's platform alone, where it is one. */
  readonly roles: readonly AdminRole[];
}

export interface AdminRole {
  readonly platformId: string;
  readonly platform: string;
  /** `admin`: everything of the platform; else the id of a custom role. */
  readonly role: string;
  /** Of a custom role. */
  readonly name: string | null;
}

/** A role to be given: the built-in one, or the id of one of the platform's own. */
export type AdminRoleChoice = 'admin' | (string & {});

const SELECT = `u.id, u.name, u.email, u.is_super_admin as "isSuperAdmin", u.is_active as "isActive", u.last_login_at as "lastLoginAt",
  u.created_at as "createdAt",
  exists (select from core_user_totp t where t.user_id = u.id and t.confirmed_at is not null) as "hasTotp",
  coalesce((select jsonb_agg(jsonb_build_object('platformId', a.platform_id, 'platform', p.code, 'role', coalesce(a.role_id::text, 'admin'), 'name', r.name) order by p.code)
    from core_platform_admin a join core_platform p on p.id = a.platform_id
    left join core_platform_role r on r.platform_id = a.platform_id and r.id = a.role_id
    where a.user_id = u.id and ($1::uuid is null or a.platform_id = $1)), '[]') as roles`;
const FROM = `core_user u where (case when $1::uuid is null
    then u.is_super_admin or exists (select from core_platform_admin a where a.user_id = u.id)
    else exists (select from core_platform_admin a where a.user_id = u.id and a.platform_id = $1) end)`;

const ORDERS: Readonly<Record<string, string>> = {
  name: 'lower(u.name), u.id',
  '-name': 'lower(u.name) desc, u.id desc',
  email: 'u.email',
  '-email': 'u.email desc',
  lastLoginAt: 'u.last_login_at nulls first, u.id',
  '-lastLoginAt': 'u.last_login_at desc nulls last, u.id',
};

export interface AdminUserQuery extends ListQuery {
  readonly sort?: string;
  readonly status?: 'active' | 'suspended';
}

/** The people who administer: who they are, what they may do, and taking that away. */
export class AdminUsers {
  readonly #deps: { readonly database: Database; readonly audit: Audit; readonly roles: CustomRoles };

  constructor(deps: { readonly database: Database; readonly audit: Audit; readonly roles: CustomRoles }) {
    this.#deps = deps;
  }

  /** Those of the context's platform; in the global context all of them. */
  list(ctx: TenantContext, query: AdminUserQuery = {}): Promise<Page<AdminUser>> {
    const status = query.status === undefined ? null : query.status === 'active';
    return this.#deps.database.system((tx) =>
      pageOf<AdminUser>(tx, query, {
        select: SELECT,
        from: `${FROM} and ($2::boolean is null or u.is_active = $2)`,
        values: [platformOf(ctx), status],
        search: ['u.name', 'u.email'],
        order: ORDERS[query.sort ?? 'name'] ?? 'lower(u.name), u.id',
      }),
    );
  }

  /** One of them. @throws {NotFound} also for who administers another platform */
  async get(ctx: TenantContext, userId: string): Promise<AdminUser> {
    const [row] = await this.#deps.database.system((tx) =>
      tx.query<AdminUser & object>(`select ${SELECT} from ${FROM} and u.id = $2`, [platformOf(ctx), userId]),
    );
    if (!row) throw new NotFound({ what: 'This person' });
    return row;
  }

  /** Gives an administrator of the context's platform another role. @throws {GrantRefused} */
  async setRole(ctx: TenantContext, userId: string, role: AdminRoleChoice): Promise<void> {
    await this.#change(ctx, userId, async (inside, user, before) => {
      const permissions = await this.permissionsOf(inside, role);
      requireGrantable(ctx, 'admin', permissions);
      await inside.tx.query(
        'update core_platform_admin set role = $3, role_id = $4 where platform_id = $1 and user_id = $2',
        [ctx.platform.id, userId, role === 'admin' ? 'admin' : 'custom', role === 'admin' ? null : role],
      );
      await this.#record(inside, 'core.admin_user.role_changed', user, { role: before.role }, { role });
    });
  }

  /** Takes an administrator off the context's platform; their account stays. @throws {GrantRefused} */
  async remove(ctx: TenantContext, userId: string): Promise<void> {
    await this.#change(ctx, userId, async (inside, user, before) => {
      await inside.tx.query('delete from core_platform_admin where platform_id = $1 and user_id = $2', [
        ctx.platform.id,
        userId,
      ]);
      await this.#record(inside, 'core.admin_user.removed', user, { role: before.role }, undefined);
    });
  }

  /**
   * Makes a user a super admin, or no longer one. For super admins, above the platforms.
   *
   * @throws {LastSuperAdmin} also when the last two are taken away at once
   */
  async setSuperAdmin(ctx: TenantContext, userId: string, isSuperAdmin: boolean): Promise<void> {
    await this.#changeAbove(ctx, userId, isSuperAdmin ? null : 'keep one', async (inside, user) => {
      await inside.tx.query('update core_user set is_super_admin = $2 where id = $1', [userId, isSuperAdmin]);
      if (!isSuperAdmin) await endImpersonations(inside, userId);
      await this.#record(
        inside,
        isSuperAdmin ? 'core.admin_user.super_admin_granted' : 'core.admin_user.super_admin_revoked',
        user,
        { isSuperAdmin: user.isSuperAdmin },
        { isSuperAdmin },
      );
    });
  }

  /**
   * Closes an account, with all its sessions at once, or opens it again. For super admins, above the platforms.
   *
   * @throws {LastSuperAdmin}
   */
  async setActive(ctx: TenantContext, userId: string, isActive: boolean): Promise<void> {
    await this.#changeAbove(ctx, userId, isActive ? null : 'keep one', async (inside, user) => {
      await inside.tx.query('update core_user set is_active = $2 where id = $1', [userId, isActive]);
      if (!isActive) {
        await inside.tx.query('delete from core_session where user_id = $1', [userId]);
        await endImpersonations(inside, userId);
      }
      await this.#record(
        inside,
        isActive ? 'core.user.reopened' : 'core.user.suspended',
        user,
        { isActive: user.isActive },
        { isActive },
      );
    });
  }

  /** What a role of the context's platform gives. @throws {NotFound} for a role of another platform */
  async permissionsOf(ctx: TenantContext, role: AdminRoleChoice): Promise<readonly string[]> {
    if (role === 'admin') return allOf(ctx, 'admin');
    return (await this.#deps.roles.get(ctx, role)).permissions;
  }

  async #change(
    ctx: TenantContext,
    userId: string,
    work: (inside: InTransaction, user: AdminUser, before: AdminRole) => Promise<void>,
  ): Promise<void> {
    refuseImpersonation(ctx);
    const user = await this.get(ctx, userId);
    await this.#deps.database.unit(ctx, async (inside) => {
      const [row] = await inside.tx.query<{ role: string }>(
        `select coalesce(role_id::text, 'admin') as role from core_platform_admin where platform_id = $1 and user_id = $2 for update`,
        [ctx.platform.id, userId],
      );
      if (!row) throw new NotFound({ what: 'This person' });
      // Who holds less cannot take away from who holds more.
      requireGrantable(ctx, 'admin', await this.permissionsOf(inside, row.role));
      await work(inside, user, {
        ...row,
        platformId: ctx.platform.id,
        platform: ctx.platform.code,
        name: null,
      });
    });
    await inSystem(this.#deps.database, ctx, (inside) => endImpersonations(inside, userId));
  }

  async #changeAbove(
    ctx: TenantContext,
    userId: string,
    guard: 'keep one' | null,
    work: (inside: InTransaction, user: AdminUser) => Promise<void>,
  ): Promise<void> {
    refuseImpersonation(ctx);
    const user = await this.get(ctx, userId);
    await inSystem(this.#deps.database, ctx, async (inside) => {
      if (guard) {
        // All of them are locked in one order: who takes one away waits for who takes another away.
        const rows = await inside.tx.query<{ id: string }>(
          'select id from core_user where is_super_admin and is_active order by id for update',
        );
        if (rows.length === 1 && rows[0]?.id === userId) throw new LastSuperAdmin();
      }
      await work(inside, user);
    });
  }

  async #record(
    ctx: InTransaction,
    action: string,
    { id, email }: AdminUser,
    from: unknown,
    to: unknown,
  ): Promise<void> {
    await this.#deps.audit.record(ctx, { action, subject: { type: 'user', id, name: email }, from, to });
  }
}

const platformOf = ({ platform }: TenantContext): string | null =>
  isGlobalPlatform(platform) ? null : platform.id;

/** What somebody may no longer do as an administrator, they may not go on doing as somebody else. */
const endImpersonations = async ({ tx }: InTransaction, userId: string): Promise<void> => {
  await tx.query('delete from core_session where impersonator_id = $1', [userId]);
};
