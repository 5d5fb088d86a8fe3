import { z } from 'zod';
import { Conflict, NotFound } from '../../errors/common.js';
import { LANGUAGES, STORE_STATUSES, type StoreRecord } from '../../kernel/context.js';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import { asMerchant } from '../../tenancy/asTenant.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import type { Store } from '../../tenancy/models/Store.js';
import { subdomainSchema } from '../../tenancy/slugs.js';
import { storeChange, storeInput, storeStatusChange } from '../../tenancy/tenantInputs.js';
import { themeSchema } from '../../tenancy/theme/themeSchema.js';
import type { CoreParts } from '../core/CoreParts.js';
import { searchInput } from '../listInput.js';
import { merchantHere } from './merchantRoutes.js';

const language = z.enum(LANGUAGES);
const storeSchema = z.object({
  id: z.uuid(),
  merchantId: z.uuid(),
  code: z.string(),
  name: z.string(),
  status: z.enum(STORE_STATUSES),
  statusReason: z.string().nullable(),
  defaultLanguage: language,
  languages: z.array(language),
  theme: themeSchema.nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
const listed = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  status: z.enum(STORE_STATUSES),
  createdAt: z.date(),
  merchantId: z.uuid(),
  merchantName: z.string(),
  platformId: z.uuid(),
  subdomain: z.string(),
  isActive: z.boolean(),
});
const storeId = z.object({ storeId: z.uuid() });
const example = '01935a3e-7c00-7000-8000-000000000002';

/** Stores of a platform, for its administrators. */
export const storeRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/stores',
    surface: 'admin',
    scope: 'both',
    kind: 'api',
    access: 'platform-admin.stores.view',
    summary: 'Stores by name',
    input: searchInput.extend({ merchantId: z.uuid().optional() }),
    example: { q: 'acme', page: 1, perPage: 20 },
    output: z.object({ items: z.array(listed), total: z.int(), page: z.int(), perPage: z.int() }),
    handle: (ctx, { merchantId, ...query }) =>
      parts.stores.list(ctx, { ...query, ...(merchantId ? { merchantId } : {}) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/merchants/:merchantId/stores',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.stores.edit',
    status: 201,
    summary: 'Open a store of a merchant on the platform',
    input: z.object({ merchantId: z.uuid() }).extend(storeInput.shape),
    output: storeSchema,
    errors: [Conflict],
    example: {
      merchantId: example,
      code: 'acme-kirchberg',
      name: 'Acme Kirchberg',
      defaultLanguage: 'fr',
      languages: ['fr', 'en', 'de'],
    },
    handle: async (ctx, { merchantId, ...input }) =>
      shown(await parts.stores.create(asMerchant(ctx, await merchantHere(parts, ctx, merchantId)), input)),
  }),
  defineRoute({
    method: 'GET',
    path: '/stores/:storeId',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.stores.view',
    summary: 'One store',
    input: storeId,
    output: storeSchema,
    example: { storeId: example },
    handle: (ctx, input) =>
      withStore(parts, ctx, input.storeId, async (merchant, store) =>
        shown(await parts.stores.get(merchant, store.id)),
      ),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/stores/:storeId',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.stores.edit',
    summary: 'Change name, languages or theme of a store; what is left out stays',
    input: storeId.extend(storeChange.shape),
    output: storeSchema,
    example: { storeId: example, name: 'Acme Esch' },
    handle: (ctx, { storeId: id, ...change }) =>
      withStore(parts, ctx, id, async (merchant, store) =>
        shown(await parts.stores.update(merchant, store.id, change)),
      ),
  }),
  defineRoute({
    method: 'PUT',
    path: '/stores/:storeId/status',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.stores.edit',
    summary: 'Open, suspend or close a store',
    input: storeId.extend(storeStatusChange.shape),
    output: storeSchema,
    example: { storeId: example, status: 'suspended', reason: 'The invoice of October is open.' },
    handle: (ctx, { storeId: id, ...change }) =>
      withStore(parts, ctx, id, async (merchant, store) =>
        shown(await parts.stores.setStatus(merchant, store.id, change)),
      ),
  }),
  defineRoute({
    method: 'PUT',
    path: '/stores/:storeId/subdomain',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.stores.edit',
    status: 204,
    summary: 'Change a store’s host name on the platform',
    input: storeId.extend({ subdomain: subdomainSchema }),
    example: { storeId: example, subdomain: 'acme' },
    errors: [Conflict],
    handle: (ctx, { storeId: id, subdomain }) =>
      withStore(parts, ctx, id, (merchant, store) =>
        parts.stores.setSubdomain(merchant, store.id, subdomain),
      ),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/stores/:storeId',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.stores.edit',
    status: 204,
    summary: 'Take a store off the platform; its data stay',
    input: storeId,
    example: { storeId: example },
    handle: (ctx, { storeId: id }) =>
      withStore(parts, ctx, id, (merchant, store) => parts.stores.leavePlatform(merchant, store.id)),
  }),
];

/** Runs work as the merchant of a store of the context's platform; other platforms' stores do not exist here. @throws {NotFound} */
export async function withStore<Result>(
  parts: Pick<CoreParts, 'tenants'>,
  ctx: RouteContext,
  id: string,
  work: (merchant: ReturnType<typeof asMerchant>, store: StoreRecord) => Promise<Result>,
): Promise<Result> {
  const store = ctx.platform === GLOBAL_PLATFORM ? null : await parts.tenants.storeById(ctx.platform, id);
  if (!store) throw new NotFound({ what: 'This store' });
  return work(asMerchant(ctx, store.merchant), store);
}

const shown = ({
  id,
  merchantId,
  code,
  name,
  status,
  statusReason,
  defaultLanguage,
  languages,
  theme,
  createdAt,
  updatedAt,
}: Store): object => ({
  id,
  merchantId,
  code,
  name,
  status,
  statusReason: statusReason ?? null,
  defaultLanguage,
  languages,
  theme: theme ?? null,
  createdAt,
  updatedAt,
});
