import type { Database } from '../../database/Database.js';
import { uuidv7 } from '../../database/uuid.js';
import type { Transaction } from '../../database/unitOfWork.js';
import { NotFound, TenantMissing } from '../../errors/common.js';
import type { Actor, TenantContext } from '../../kernel/context.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import type { AuditEntry, AuditFilter, AuditPage, AuditRecord } from './AuditEntry.js';
import { AUDIT_SOURCES, auditQuery, entryOf, type AuditRow } from './auditQuery.js';
import { sentenceKeyOf } from './auditSentence.js';
import { maskSecrets } from './maskSecrets.js';

const PLATFORM_INSERT = {
  name: 'core_audit_platform_insert',
  text: `insert into core_audit_platform (id, occurred_at, actor_kind, actor_id, actor_name, action,
    subject_type, subject_id, subject_name, change_from, change_to, request_id, impersonator_id, impersonator_name, platform_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
};
/** Named: it is part of every change, and reading it as text costs the database more than writing the line. */
const MERCHANT_INSERT = {
  name: 'core_audit_merchant_insert',
  text: `insert into core_audit_merchant (id, occurred_at, actor_kind, actor_id, actor_name, action,
    subject_type, subject_id, subject_name, change_from, change_to, request_id, impersonator_id, impersonator_name, platform_id, merchant_id, store_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
};

/** What a line needs to know of where it is written; a `TenantContext` is one. */
export interface AuditContext extends Pick<TenantContext, 'actor' | 'now' | 'requestId' | 'tx'> {
  readonly platform: Pick<TenantContext['platform'], 'id'>;
  readonly merchant: { readonly id: string } | null;
  readonly store: { readonly id: string } | null;
}

const BOTH = `${AUDIT_SOURCES.platform} union all ${AUDIT_SOURCES.merchant}`;

/** The trail of changes of importance: who, when, what, from, to. Append-only, for the merchant or platform it happened at. */
export class Audit {
  private readonly database: Database;
  /** What modules write into the trail, by module; null: not known, as in tests of single parts. */
  readonly actions: ReadonlyMap<string, readonly string[]> | null;
  private readonly known: ReadonlySet<string> | null;
  private readonly report: (problem: string) => void;

  /** @param report told of an action without a sentence; default: throws, so that the change is taken back */
  constructor({
    database,
    actions = null,
    report = refuse,
  }: {
    database: Database;
    actions?: ReadonlyMap<string, readonly string[]> | null;
    report?: (problem: string) => void;
  }) {
    this.database = database;
    this.actions = actions;
    this.known = actions && new Set([...actions.values()].flat());
    this.report = report;
  }

  /**
   * Writes one line in the transaction of `ctx`, so that a change and its line stand or fall together. It belongs to
   * the merchant of the context, or without one to its platform.
   *
   * @throws {TenantMissing} outside a unit of work
   */
  async record(ctx: AuditContext, { action, subject, from, to }: AuditRecord): Promise<void> {
    if (!ctx.tx) throw new TenantMissing({ needed: 'transaction', where: `the audit line of '${action}'` });
    if (this.known?.has(action) === false) this.report(unsaid(action));
    const actor = describeActor(ctx.actor);
    const impersonator = ctx.actor.kind === 'user' ? ctx.actor.impersonator : undefined;
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
      impersonator?.userId ?? null,
      impersonator?.email ?? null,
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

  /** A page of the trail of the context's platform with what happened at its merchants there, for its administrators; newest first. */
  listOnPlatform(ctx: TenantContext, filter: AuditFilter = {}): Promise<AuditPage> {
    return this.database.directory(ctx, ({ tx }) =>
      pageOf(tx, BOTH, {}, { ...filter, platformId: ctx.platform.id }),
    );
  }

  /** One line of the trail; in a context above all platforms of any of them. @throws {NotFound} */
  async get(ctx: TenantContext, id: string): Promise<AuditEntry> {
    const [row] = await this.database.directory(ctx, ({ tx }) =>
      tx.query<AuditRow>(
        `select * from (${BOTH}) as trail where id = $1 and ($2::uuid is null or platform_id = $2)`,
        [id, isGlobalPlatform(ctx.platform) ? null : ctx.platform.id],
      ),
    );
    if (!row) throw new NotFound({ what: 'This entry' });
    return entryOf(row);
  }

  /** A page of the trail of all platforms and merchants, for super admins; newest first. */
  listAcross(ctx: TenantContext, filter: AuditFilter = {}): Promise<AuditPage> {
    return this.database.directory(ctx, ({ tx }) => pageOf(tx, BOTH, {}, filter));
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

const refuse = (problem: string): never => {
  throw new Error(problem);
};

const unsaid = (action: string): string =>
  `the audit trail has no sentence for '${action}'; add '${sentenceKeyOf(action)}' to the module's locales`;

const describeActor = (actor: Actor): { kind: Actor['kind']; id: string | null; name: string } => {
  if (actor.kind === 'user') return { kind: 'user', id: actor.userId, name: actor.email };
  if (actor.kind === 'customer') return { kind: 'customer', id: actor.customerId, name: actor.email };
  return actor.kind === 'system'
    ? { kind: 'system', id: null, name: actor.name }
    : { kind: 'anonymous', id: null, name: 'anonymous' };
};

const json = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(maskSecrets(value));
