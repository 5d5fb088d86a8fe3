import { z } from 'zod';
import type { AuditEntry, AuditFilter, AuditPage } from '../../identity/audit/AuditEntry.js';
import { defineRoute, view, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import type { CoreParts } from '../core/CoreParts.js';
import { searchInput } from '../listInput.js';
import { paginationOf } from '../pagination.js';

const entrySchema = z.object({
  id: z.uuid(),
  occurredAt: z.date(),
  action: z.string(),
  requestId: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  subject: z.object({ type: z.string(), id: z.string(), name: z.string().nullable() }),
  from: z.unknown(),
  to: z.unknown(),
  platformId: z.uuid().nullable(),
  merchantId: z.uuid().nullable(),
  storeId: z.uuid().nullable(),
});
const filters = searchInput.extend({
  action: z.string().max(120).optional(),
  subjectType: z.string().max(60).optional(),
  subjectId: z.string().max(120).optional(),
  actorId: z.uuid().optional(),
});

/** The audit trail of one platform, or above all platforms. */
export const auditRoutes = ({ audit }: CoreParts): RouteDefinition[] => {
  const read = (ctx: RouteContext, filter: AuditFilter): Promise<AuditPage> =>
    ctx.platform === GLOBAL_PLATFORM ? audit.listAcross(ctx, filter) : audit.list(ctx, filter);
  return [
    defineRoute({
      method: 'GET',
      path: '/audit-log',
      surface: 'admin',
      kind: 'api',
      scope: 'both',
      access: 'platform-admin.audit.view',
      summary: 'Who changed what, newest first',
      input: filters,
      example: { q: 'modules', page: 1, perPage: 20 },
      output: z.object({ items: z.array(entrySchema), total: z.int(), page: z.int(), perPage: z.int() }),
      handle: (ctx, { q, ...filter }) => read(ctx, { ...defined(filter), ...(q ? { q } : {}) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/audit-log',
      surface: 'admin',
      kind: 'page',
      scope: 'both',
      access: 'platform-admin.audit.view',
      menu: 'audit-log',
      input: searchInput,
      handle: async (ctx, { q, page, perPage }) => {
        const found = await read(ctx, { page, perPage, ...(q ? { q } : {}) });
        const address = ctx.links.to('admin', '/audit-log');
        return view('core/audit-log', {
          entries: found.items.map(entryView),
          q,
          searchAction: address,
          pagination: paginationOf(found, address, { q }),
        });
      },
    }),
  ];
};

const entryView = (entry: AuditEntry): object => ({
  at: entry.occurredAt,
  actor: entry.actor.name,
  action: entry.action,
  subject: entry.subject.name ?? `${entry.subject.type} ${entry.subject.id}`,
  change: changeOf(entry),
});

const MAX_CHANGE = 300;

function changeOf({ from, to }: AuditEntry): string | null {
  const parts = [from, to].map((side) => (side === null || side === undefined ? '' : JSON.stringify(side)));
  if (parts.every((part) => part === '')) return null;
  const text = parts[0] === '' ? (parts[1] as string) : parts.join(' → ');
  return text.length > MAX_CHANGE ? `${text.slice(0, MAX_CHANGE)}…` : text;
}

function defined<Filter extends object>(filter: Filter): AuditFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter;
}
