import type { AuditEntry, AuditFilter } from './AuditEntry.js';

const COMMON =
  'id, occurred_at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, subject_name, change_from, change_to, request_id, impersonator_id, impersonator_name';

/** Tables of the trail as one shape; each with its tenant's columns. */
export const AUDIT_SOURCES = {
  platform: `select ${COMMON}, platform_id, null::uuid as merchant_id, null::uuid as store_id from core_audit_platform`,
  merchant: `select ${COMMON}, platform_id, merchant_id, store_id from core_audit_merchant`,
} as const;

export interface AuditRow {
  id: string;
  occurred_at: Date;
  actor_kind: AuditEntry['actor']['kind'];
  actor_id: string | null;
  actor_name: string;
  action: string;
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  change_from: unknown;
  change_to: unknown;
  request_id: string;
  impersonator_id: string | null;
  impersonator_name: string | null;
  platform_id: string | null;
  merchant_id: string | null;
  store_id: string | null;
}

export interface AuditQuery {
  /** The page, newest first. */
  readonly text: string;
  /** How many lines there are on all pages, as `total`. */
  readonly countText: string;
  /** Of both. */
  readonly values: readonly unknown[];
  readonly page: number;
  readonly perPage: number;
}

/** Lines of a file; who needs more narrows the list. */
const MOST_EXPORTED = 10_000;

/** Text and values of a filtered page of the trail; `tenant` narrows it to one owner. */
export const auditQuery = (
  source: string,
  tenant: Readonly<Record<string, string>>,
  filter: AuditFilter,
): AuditQuery => {
  const values: unknown[] = [],
    conditions: string[] = [];
  const add = (value: unknown, condition: (placeholder: string) => string) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  for (const [column, id] of Object.entries(tenant)) add(id, (p) => `${column} = ${p}`);
  add(filter.action, (p) => `action = ${p}`);
  add(filter.actionOf, (p) => `starts_with(action, ${p})`);
  add(filter.actor, (p) => `actor_name = ${p}`);
  add(filter.upTo, (p) => `id <= ${p}::uuid`);
  add(filter.actorId, (p) => `actor_id = ${p}`);
  add(filter.subjectType, (p) => `subject_type = ${p}`);
  add(filter.subjectId, (p) => `subject_id = ${p}`);
  add(filter.platformId, (p) => `platform_id = ${p}`);
  add(filter.merchantId, (p) => `merchant_id = ${p}`);
  add(filter.storeId, (p) => `store_id = ${p}`);
  add(filter.since, (p) => `occurred_at >= ${p}`);
  add(filter.until, (p) => `occurred_at < ${p}`);
  // position() instead of LIKE: what was typed is text, not a pattern.
  add(
    filter.q?.trim().toLowerCase() || undefined,
    (p) =>
      `position(${p} in lower(action || ' ' || actor_name || ' ' || coalesce(subject_name, subject_id))) > 0`,
  );
  const page = filter.isExport ? 1 : Math.max(1, Math.floor(filter.page ?? 1)),
    perPage = filter.isExport ? MOST_EXPORTED : Math.min(100, Math.max(1, Math.floor(filter.perPage ?? 20)));
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const from = `from (${source}) as trail ${where}`;
  return {
    // Ids carry the time they were made: their order is the order of events.
    text: `select * ${from} order by id desc limit ${perPage} offset ${(page - 1) * perPage}`,
    countText: `select count(*) as total ${from}`,
    values,
    page,
    perPage,
  };
};

export const entryOf = (row: AuditRow): AuditEntry => ({
  id: row.id,
  occurredAt: row.occurred_at,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
  from: row.change_from,
  to: row.change_to,
  impersonator:
    row.impersonator_name === null ? null : { id: row.impersonator_id, name: row.impersonator_name },
  requestId: row.request_id,
  platformId: row.platform_id,
  merchantId: row.merchant_id,
  storeId: row.store_id,
});
