import { z } from 'zod';
import type { AuditFilter } from '../../identity/audit/AuditEntry.js';
import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import type { CoreParts } from '../core/CoreParts.js';
import { searchInput } from '../listInput.js';
import { readTrail } from './auditPages.js';

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
  merchantId: z.uuid().optional(),
  /** From this moment on. */
  since: z.coerce.date().optional(),
  /** Before this moment. */
  until: z.coerce.date().optional(),
  /** Not after this entry: pages stay what they are while new ones are written. */
  upTo: z.uuid().optional(),
});

/** The audit trail of one platform, or above all platforms. */
export const auditRoutes = (parts: CoreParts): RouteDefinition[] => {
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
      handle: (ctx, { q, ...filter }) => readTrail(parts, ctx, { ...defined(filter), ...(q ? { q } : {}) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/audit-log/:entryId',
      surface: 'admin',
      kind: 'api',
      scope: 'both',
      access: 'platform-admin.audit.view',
      summary: 'One entry of the audit trail',
      input: z.object({ entryId: z.uuid() }),
      example: { entryId: '01935a3e-7c00-7000-8000-000000000004' },
      output: entrySchema,
      handle: (ctx, { entryId }) => parts.audit.get(ctx, entryId),
    }),
  ];
};

function defined<Filter extends object>(filter: Filter): AuditFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter;
}
