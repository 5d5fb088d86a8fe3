import { z } from 'zod';
import { NotFound } from '../../errors/common.js';
import type { MerchantRecord } from '../../kernel/context.js';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import { MerchantNotOnPlatform, TierNotFound } from '../../modules/entitlements/errors.js';
import { asMerchant } from '../../tenancy/asTenant.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import { merchantChange, merchantInput } from '../../tenancy/tenantInputs.js';
import type { CoreParts } from '../core/CoreParts.js';
import { searchInput } from '../listInput.js';

const address = z.object({ line1: z.string(), line2: z.string(), postalCode: z.string(), city: z.string() });
const merchantSchema = z.object({
  id: z.uuid(),
  legalName: z.string(),
  displayName: z.string(),
  country: z.string(),
  address,
  vatId: z.string().nullable(),
  email: z.string(),
  phone: z.string().nullable(),
  createdAt: z.date(),
});
const listed = z.object({
  id: z.uuid(),
  displayName: z.string(),
  legalName: z.string(),
  country: z.string(),
  email: z.string(),
  createdAt: z.date(),
  tierCode: z.string().nullable(),
  stores: z.int(),
  platformIds: z.array(z.uuid()),
});
const merchantId = z.object({ merchantId: z.uuid() });
const example = '01935a3e-7c00-7000-8000-000000000001';

/** Merchants of a platform, for its administrators. */
export const merchantRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/merchants',
    surface: 'admin',
    scope: 'both',
    kind: 'api',
    access: 'platform-admin.merchants.view',
    summary: 'Merchants by name',
    input: searchInput,
    example: { q: 'acme', page: 1, perPage: 20 },
    output: z.object({ items: z.array(listed), total: z.int(), page: z.int(), perPage: z.int() }),
    handle: (ctx, query) => parts.merchants.list(ctx, query),
  }),
  defineRoute({
    method: 'POST',
    path: '/merchants',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.merchants.edit',
    status: 201,
    summary: 'Add a merchant as a client of the platform',
    input: merchantInput,
    output: merchantSchema,
    example: { legalName: 'Acme S.à r.l.', displayName: 'Acme', country: 'LU', email: 'office@acme.example' },
    handle: (ctx, input) => parts.merchants.create(ctx, input),
  }),
  defineRoute({
    method: 'GET',
    path: '/merchants/:merchantId',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.merchants.view',
    summary: 'One merchant',
    input: merchantId,
    output: merchantSchema,
    example: { merchantId: example },
    handle: async (ctx, input) =>
      parts.merchants.get(asMerchant(ctx, await merchantHere(parts, ctx, input.merchantId))),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/merchants/:merchantId',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.merchants.edit',
    summary: 'Change a merchant; what is left out stays',
    input: merchantId.extend(merchantChange.shape),
    output: merchantSchema,
    example: { merchantId: example, email: 'hello@acme.example' },
    handle: async (ctx, { merchantId: id, ...change }) =>
      parts.merchants.update(asMerchant(ctx, await merchantHere(parts, ctx, id)), change),
  }),
  defineRoute({
    method: 'PUT',
    path: '/merchants/:merchantId/tier',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.tiers.edit',
    status: 204,
    summary: 'Give a merchant a tier on the platform, or take it away',
    input: merchantId.extend({ tier: z.string().max(50).nullable() }),
    example: { merchantId: example, tier: 'professional' },
    errors: [TierNotFound, MerchantNotOnPlatform],
    handle: async (ctx, { merchantId: id, tier }) =>
      parts.tiers.assign(ctx, await merchantHere(parts, ctx, id), tier),
  }),
];

/** A merchant of the context's platform; others do not exist for its administrators. @throws {NotFound} */
export async function merchantHere(
  { database }: Pick<CoreParts, 'database'>,
  ctx: RouteContext,
  id: string,
): Promise<MerchantRecord> {
  const [row] = await database.directory(ctx, ({ tx }) =>
    tx.query<{ id: string; name: string }>(
      `select m.id, m.display_name as name from core_merchant m
     where m.id = $1 and ($2::boolean or exists (select 1 from core_merchant_platform p where p.merchant_id = m.id and p.platform_id = $3))`,
      [id, ctx.platform === GLOBAL_PLATFORM, ctx.platform.id],
    ),
  );
  if (!row) throw new NotFound({ what: 'This merchant' });
  return row;
}
