import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { InvalidInput, NotFound } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Audit } from '../audit/Audit.js';
import { RoleInUse, RoleNameTaken } from '../errors.js';
import { refuseImpersonation } from '../ownUser.js';
import { declaredAt, isForRoles, requireGrantable, type RoleAudience } from './grantable.js';

/** A role that a platform or a merchant made. */
export interface CustomRole {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  /** People who hold it, and open invitations to it. */
  readonly holders: number;
}

/** Where roles of a kind are kept; written in code, never taken from a request. */
export interface RoleKind {
  readonly audience: RoleAudience;
  readonly table: 'core_platform_role' | 'core_role';
  readonly owner: 'platform_id' | 'merchant_id';
  readonly holders: 'core_platform_admin' | 'core_store_member';
  readonly invitations: 'core_admin_invitation' | 'core_team_invitation';
  /** The context in which its rows are seen: a store's roles are its merchant's. */
  readonly at: (ctx: TenantContext) => { readonly ctx: TenantContext; readonly id: string };
}

const MOST_ROLES = 50;

/** Roles that a platform makes for its administrators, or a merchant for the members of its stores. */
export class CustomRoles {
  readonly #deps: { readonly database: Database; readonly audit: Audit };
  readonly #kind: RoleKind;

  constructor(deps: { readonly database: Database; readonly audit: Audit }, kind: RoleKind) {
    this.#deps = deps;
    this.#kind = kind;
  }

  get audience(): RoleAudience {
    return this.#kind.audience;
  }

  list(ctx: TenantContext): Promise<CustomRole[]> {
    const { table, owner, holders, invitations } = this.#kind;
    return this.#unit(ctx, ({ tx }, id) =>
      tx.query<CustomRole & object>(
        `select r.id, r.name, r.permissions,
          ((select count(*) from ${holders} h where h.${owner} = $1 and h.role_id = r.id)
            + (select count(*) from ${invitations} i where i.${owner} = $1 and i.role_id = r.id and i.accepted_at is null and i.withdrawn_at is null))::int as holders
         from ${table} r where r.${owner} = $1 order by lower(r.name), r.id`,
        [id],
      ),
    );
  }

  /** One role. @throws {NotFound} when it belongs to somebody else or is gone */
  get(ctx: TenantContext, roleId: string): Promise<CustomRole> {
    return this.#unit(ctx, (inside, id) => this.#read(inside, id, roleId));
  }

  /** @throws {RoleNameTaken} {@link GrantRefused} */
  async create(
    ctx: TenantContext,
    { name, permissions = [] }: { readonly name: string; readonly permissions?: readonly string[] },
  ): Promise<CustomRole> {
    this.#check(ctx, permissions);
    requireGrantable(ctx, this.#kind.audience, permissions);
    return this.#insert(ctx, name, permissions);
  }

  /** A role like another one under a new name. @throws {RoleNameTaken} {@link GrantRefused} */
  async duplicate(ctx: TenantContext, roleId: string, name: string): Promise<CustomRole> {
    const { permissions } = await this.get(ctx, roleId);
    requireGrantable(ctx, this.#kind.audience, permissions);
    return this.#insert(ctx, name, permissions);
  }

  /** @throws {RoleNameTaken} */
  async rename(ctx: TenantContext, roleId: string, name: string): Promise<CustomRole> {
    const { table, owner } = this.#kind;
    return this.#change(ctx, async (inside, id) => {
      const before = await this.#read(inside, id, roleId, 'for update');
      await translated(name, () =>
        inside.tx.query(`update ${table} set name = $3 where ${owner} = $1 and id = $2`, [id, roleId, name]),
      );
      await this.#record(inside, 'renamed', { id: roleId, name }, { name: before.name }, { name });
      return { ...before, name };
    });
  }

  /**
   * Sets what several roles hold. Permissions of modules that are off stay as they are.
   *
   * @throws {GrantRefused} when something is given or taken that the caller does not hold; nothing is written
   */
  async setPermissions(ctx: TenantContext, wanted: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const { table, owner, audience } = this.#kind;
    const declared = declaredAt(ctx);
    for (const permissions of wanted.values()) this.#check(ctx, permissions);
    await this.#change(ctx, async (inside, id) => {
      // In one order, so that two who save at once do not wait for each other in a circle.
      for (const [roleId, permissions] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const before = await this.#read(inside, id, roleId, 'for update');
        const kept = before.permissions.filter((name) => !declared.has(name));
        const now = [...new Set([...kept, ...permissions])].sort();
        const added = now.filter((name) => !before.permissions.includes(name));
        const taken = before.permissions.filter((name) => !now.includes(name));
        if (added.length + taken.length === 0) continue;
        requireGrantable(ctx, audience, [...added, ...taken]);
        await inside.tx.query(`update ${table} set permissions = $3 where ${owner} = $1 and id = $2`, [
          id,
          roleId,
          now,
        ]);
        await this.#record(inside, 'changed', before, { taken }, { added });
      }
    });
  }

  /** @throws {RoleInUse} saying by whom */
  async remove(ctx: TenantContext, roleId: string): Promise<void> {
    const { table, owner, holders, invitations, audience } = this.#kind;
    await this.#change(ctx, async (inside, id) => {
      const before = await this.#read(inside, id, roleId, 'for update');
      requireGrantable(ctx, audience, before.permissions);
      const users = await inside.tx.query<{ user_id: string }>(
        `select user_id from ${holders} where ${owner} = $1 and role_id = $2 limit 20`,
        [id, roleId],
      );
      const invited = await inside.tx.query<{ email: string }>(
        `select email from ${invitations} where ${owner} = $1 and role_id = $2 and accepted_at is null and withdrawn_at is null limit 20`,
        [id, roleId],
      );
      if (users.length + invited.length > 0)
        throw new RoleInUse({
          usedBy: [
            ...(await this.#emails(users.map((row) => row.user_id))),
            ...invited.map((row) => row.email),
          ],
        });
      // Invitations that are over still name it; what they were for is in the trail.
      await inside.tx.query(`delete from ${invitations} where ${owner} = $1 and role_id = $2`, [id, roleId]);
      await inside.tx.query(`delete from ${table} where ${owner} = $1 and id = $2`, [id, roleId]);
      await this.#record(inside, 'deleted', before, { permissions: before.permissions }, undefined);
    });
  }

  async #insert(ctx: TenantContext, name: string, permissions: readonly string[]): Promise<CustomRole> {
    const { table, owner } = this.#kind;
    return this.#change(ctx, async (inside, id) => {
      const [count] = await inside.tx.query<{ count: number }>(
        `select count(*)::int as count from ${table} where ${owner} = $1`,
        [id],
      );
      if ((count?.count ?? 0) >= MOST_ROLES)
        throw new InvalidInput({
          errors: [{ path: 'name', message: `There are ${MOST_ROLES} roles already.` }],
        });
      const roleId = uuidv7(ctx.now);
      const held = [...new Set(permissions)].sort();
      await translated(name, () =>
        inside.tx.query(
          `insert into ${table} (${owner}, id, name, permissions, created_at) values ($1, $2, $3, $4, $5)`,
          [id, roleId, name, held, ctx.now],
        ),
      );
      await this.#record(inside, 'created', { id: roleId, name }, undefined, { permissions: held });
      return { id: roleId, name, permissions: held, holders: 0 };
    });
  }

  async #read(
    { tx }: InTransaction,
    owner: string,
    roleId: string,
    lock: 'for update' | '' = '',
  ): Promise<CustomRole> {
    const [row] = await tx.query<CustomRole & object>(
      `select id, name, permissions, 0 as holders from ${this.#kind.table} where ${this.#kind.owner} = $1 and id = $2 ${lock}`,
      [owner, roleId],
    );
    if (!row) throw new NotFound({ what: 'This role' });
    return row;
  }

  /** @throws {InvalidInput} for what no role can hold here */
  #check(ctx: TenantContext, permissions: readonly string[]): void {
    const declared = declaredAt(ctx);
    const unknown = permissions.filter((name) => {
      const definition = declared.get(name);
      return !definition || !isForRoles(definition, this.#kind.audience);
    });
    if (unknown.length > 0)
      throw new InvalidInput({
        errors: unknown.map((name) => ({ path: 'permissions', message: `No role can hold '${name}' here.` })),
      });
  }

  async #emails(ids: readonly string[]): Promise<string[]> {
    const rows = await this.#deps.database.system((tx) =>
      tx.query<{ email: string }>('select email from core_user where id = any($1) order by email', [ids]),
    );
    return rows.map((row) => row.email);
  }

  #unit<Result>(
    ctx: TenantContext,
    work: (ctx: InTransaction, owner: string) => Promise<Result>,
  ): Promise<Result> {
    const { ctx: at, id } = this.#kind.at(ctx);
    return this.#deps.database.unit(at, (inside) => work(inside, id));
  }

  #change<Result>(
    ctx: TenantContext,
    work: (ctx: InTransaction, owner: string) => Promise<Result>,
  ): Promise<Result> {
    refuseImpersonation(ctx);
    return this.#unit(ctx, work);
  }

  async #record(
    ctx: InTransaction,
    what: string,
    { id, name }: { readonly id: string; readonly name: string },
    from: unknown,
    to: unknown,
  ): Promise<void> {
    const noun = this.#kind.audience === 'admin' ? 'platform_role' : 'team_role';
    await this.#deps.audit.record(ctx, {
      action: `core.${noun}.${what}`,
      subject: { type: noun, id, name },
      from,
      to,
    });
  }
}

const UNIQUE_VIOLATION = '23505';

async function translated(name: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw new RoleNameTaken({ name });
    throw error;
  }
}
