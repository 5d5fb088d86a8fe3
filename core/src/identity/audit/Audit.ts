import type { Database } from '../../database/Database.js';
import { uuidv7 } from '../../database/uuid.js';
import type { Transaction } from '../../database/unitOfWork.js';
import { TenantMissing } from '../../errors/common.js';
import type { Actor, TenantContext } from '../../kernel/context.js';
import type { AuditFilter, AuditPage, AuditRecord } from './AuditEntry.js';
import { AUDIT_SOURCES, auditQuery, entryOf, type AuditRow } from './auditQuery.js';
import { maskSecrets } from './maskSecrets.js';

const PLATFORM_INSERT = `insert into core_audit_platform (id, occurred_at, actor_kind, actor_id, actor_name, action,
    subject_type, subject_id, subject_name, change_from, change_to, request_id, platform_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;
const MERCHANT_INSERT = `insert into core_audit_merchant (id, occurred_at, actor_kind, actor_id, actor_name, action,
    subject_type, subject_id, subject_name, change_from, change_to, request_id, platform_id, merchant_id, store_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

/** The trail of changes of importance: who, when, what, from, to. Append-only, for the merchant or platform it happened at. */
export class Audit {
  private readonly database: Database;

  constructor({ database }: { database: Database }) {
    this.database = database;
  }

  /**
   * Writes one line in the transaction of `ctx`, so that a change and its line stand or fall together. It belongs to
   * the merchant of the context, or without one to its platform.
   *
   * @throws {TenantMissing} outside a unit of work
   */
  async record(ctx: TenantContext, { action, subject, from, to }: AuditRecord): Promise<void> {
    if (!ctx.tx) throw new TenantMissing({ needed: 'transaction', where: `the audit line of '${action}'` });
    const actor = describeActor(ctx.actor);
    const values = [
      uuidv7(ctx.now),
      ctx.now,
      actor.kind,
      actor.id,
      actor.name,
      action,
      subject.type,
      subject.id,
      subject.name ?? null,
      json(from),
      json(to),
      ctx.requestId,
      ctx.platform.id,
    ];
    if (ctx.merchant)
      await ctx.tx.query(MERCHANT_INSERT, [...values, ctx.merchant.id, ctx.store?.id ?? null]);
    else await ctx.tx.query(PLATFORM_INSERT, values);
  }

  /**
   * A page of the trail of the context's store or merchant on its platform, or without one of the platform itself;
   * newest first.
   */
  list(ctx: TenantContext, filter: AuditFilter = {}): Promise<AuditPage> {
    const { merchant, store } = ctx;
    return this.database.unit(ctx, ({ tx }) =>
      merchant
        ? pageOf(
            tx,
            AUDIT_SOURCES.merchant,
            {
              merchant_id: merchant.id,
              platform_id: ctx.platform.id,
              ...(store ? { store_id: store.id } : {}),
            },
            filter,
          )
        : pageOf(tx, AUDIT_SOURCES.platform, { platform_id: ctx.platform.id }, filter),
    );
  }

  /** A page of the trail of all platforms and merchants, for super admins; newest first. */
  listAcross(ctx: TenantContext, filter: AuditFilter = {}): Promise<AuditPage> {
    return this.database.directory(ctx, ({ tx }) =>
      pageOf(tx, `${AUDIT_SOURCES.platform} union all ${AUDIT_SOURCES.merchant}`, {}, filter),
    );
  }
}

const pageOf = async (
  tx: Transaction,
  source: string,
  tenant: Record<string, string>,
  filter: AuditFilter,
): Promise<AuditPage> => {
  const { text, countText, values, page, perPage } = auditQuery(source, tenant, filter);
  const [rows, counted] = await Promise.all([
    tx.query<AuditRow>(text, values),
    tx.query<{ total: number }>(countText, values),
  ]);
  return { items: rows.map(entryOf), total: counted[0]?.total ?? 0, page, perPage };
};

const describeActor = (actor: Actor): { kind: Actor['kind']; id: string | null; name: string } => {
  if (actor.kind === 'user') return { kind: 'user', id: actor.userId, name: actor.email };
  if (actor.kind === 'customer') return { kind: 'customer', id: actor.customerId, name: actor.email };
  return actor.kind === 'system'
    ? { kind: 'system', id: null, name: actor.name }
    : { kind: 'anonymous', id: null, name: 'anonymous' };
};

const json = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(maskSecrets(value));
