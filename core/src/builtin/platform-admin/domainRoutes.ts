import { z } from 'zod';
import { Conflict } from '../../errors/common.js';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import { FeatureNotInTier } from '../../modules/entitlements/errors.js';
import { asStore } from '../../tenancy/asTenant.js';
import type { StoreDomain } from '../../tenancy/models/StoreDomain.js';
import { domainProof } from '../../tenancy/services/Domains.js';
import type { StoreContext } from '../../kernel/context.js';
import type { CoreParts } from '../core/CoreParts.js';
import { withStore } from './storeRoutes.js';

const domainView = z.object({
  id: z.uuid(),
  domain: z.string(),
  status: z.enum(['verifying', 'active', 'failing', 'released']),
  isPrimary: z.boolean(),
  failure: z.string().nullable(),
  graceUntil: z.date().nullable(),
  addedAt: z.date(),
  verifiedAt: z.date().nullable(),
  proof: z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() }),
});
const storeId = z.object({ storeId: z.uuid() });
const one = storeId.extend({ domainId: z.uuid() });
const store = '01935a3e-7c00-7000-8000-000000000002';
const domain = '01935a3e-7c00-7000-8000-000000000003';

/** Custom domains of a platform's stores: add, prove, prefer, release. */
export const domainRoutes = (parts: CoreParts): RouteDefinition[] => {
  const inStore = <Result>(
    ctx: RouteContext,
    id: string,
    work: (ctx: StoreContext) => Promise<Result>,
  ): Promise<Result> => withStore(parts, ctx, id, (_merchant, record) => work(asStore(ctx, record)));
  return [
    defineRoute({
      method: 'GET',
      path: '/stores/:storeId/domains',
      surface: 'admin',
      kind: 'api',
      access: 'platform-admin.stores.view',
      summary: 'A store’s own domains',
      input: storeId,
      output: z.object({ items: z.array(domainView) }),
      example: { storeId: store },
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside) => ({
          items: (await parts.domains.list(inside)).map(shown),
        })),
    }),
    defineRoute({
      method: 'POST',
      path: '/stores/:storeId/domains',
      surface: 'admin',
      kind: 'api',
      access: 'platform-admin.stores.edit',
      status: 201,
      summary: 'Add a domain; answers the TXT record that proves it',
      input: storeId.extend({ domain: z.string().max(300) }),
      output: domainView,
      example: { storeId: store, domain: 'mybakery.lu' },
      errors: [Conflict, FeatureNotInTier],
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside) => shown(await parts.domains.add(inside, input.domain))),
    }),
    defineRoute({
      method: 'POST',
      path: '/stores/:storeId/domains/:domainId/verify',
      surface: 'admin',
      kind: 'api',
      access: 'platform-admin.stores.edit',
      summary: 'Look for the TXT record now',
      input: one,
      output: domainView,
      example: { storeId: store, domainId: domain },
      errors: [Conflict],
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside) =>
          shown(await parts.domains.verify(inside, input.domainId)),
        ),
    }),
    defineRoute({
      method: 'POST',
      path: '/stores/:storeId/domains/:domainId/primary',
      surface: 'admin',
      kind: 'api',
      access: 'platform-admin.stores.edit',
      summary: 'Make an active domain the one that canonical addresses take',
      input: one,
      output: domainView,
      example: { storeId: store, domainId: domain },
      errors: [Conflict],
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside) =>
          shown(await parts.domains.makePrimary(inside, input.domainId)),
        ),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/stores/:storeId/domains/:domainId',
      surface: 'admin',
      kind: 'api',
      access: 'platform-admin.stores.edit',
      summary: 'Give a domain up',
      input: one,
      output: domainView,
      example: { storeId: store, domainId: domain },
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside) =>
          shown(await parts.domains.release(inside, input.domainId)),
        ),
    }),
  ];
};

const shown = (row: StoreDomain): object => ({
  id: row.id,
  domain: row.domain,
  status: row.status,
  isPrimary: row.isPrimary,
  failure: row.failure ?? null,
  graceUntil: row.graceUntil ?? null,
  addedAt: row.addedAt,
  verifiedAt: row.verifiedAt ?? null,
  proof: domainProof(row),
});
