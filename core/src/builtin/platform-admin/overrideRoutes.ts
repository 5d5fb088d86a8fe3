import { z } from 'zod';
import { InvalidInput } from '../../errors/common.js';
import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { CoreParts } from '../core/CoreParts.js';
import { SUPPORT } from './merchantDetail.js';
import { merchantHere } from './merchantRoutes.js';

const merchantId = z.object({ merchantId: z.uuid() });
const snake = z.string().regex(/^[a-z][a-z0-9_]{1,79}$/);
const overrideSchema = z.object({
  kind: z.enum(['feature', 'limit', 'extra']),
  code: z.string(),
  value: z.int().nullable(),
  source: z.string(),
  reason: z.string().nullable(),
  until: z.date().nullable(),
});
const example = { merchantId: '01935a3e-7c00-7000-8000-000000000001' };
const common = { surface: 'admin', kind: 'api' } as const;

/** What a merchant has beside its tier. */
export const overrideRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    method: 'GET',
    path: '/merchants/:merchantId/overrides',
    access: 'platform-admin.merchants.view',
    summary: 'Features and limits that a merchant has beside its tier, also those that have ended',
    input: merchantId,
    output: z.object({ tier: z.string().nullable(), items: z.array(overrideSchema) }),
    example,
    handle: async (ctx, input) => {
      const { tierCode, overrides } = await parts.tiers.holding(
        ctx,
        await merchantHere(parts, ctx, input.merchantId),
      );
      return {
        tier: tierCode,
        items: overrides.map((override) => ({
          kind: override.kind,
          code: override.code,
          value: override.kind === 'feature' ? null : override.value,
          source: override.source,
          reason: override.reason ?? null,
          until: override.until,
        })),
      };
    },
  }),
  defineRoute({
    ...common,
    method: 'PUT',
    path: '/merchants/:merchantId/overrides/:kind/:code',
    access: 'platform-admin.tiers.edit',
    status: 204,
    summary: 'Give a merchant a feature, or a limit (null: none), beside its tier',
    input: merchantId.extend({
      kind: z.enum(['feature', 'limit']),
      code: snake,
      value: z.int().min(0).max(1_000_000_000_000).nullable().default(null),
      reason: z.string().trim().min(1).max(500),
      until: z.iso.datetime().nullable().default(null),
    }),
    example: {
      ...example,
      kind: 'limit',
      code: 'team_members',
      value: 10,
      reason: 'Trade fair in March',
      until: null,
    },
    handle: async (ctx, { merchantId: id, kind, code, value, reason, until }) => {
      const merchant = await merchantHere(parts, ctx, id);
      const { features, limits } = ctx.snapshot as Snapshot;
      if (!(kind === 'feature' ? features : limits).has(code))
        throw new InvalidInput({
          errors: [{ path: 'code', message: `No module that is on has the ${kind} '${code}'.` }],
        });
      const end = until === null ? null : new Date(until);
      if (end !== null && end <= ctx.now)
        throw new InvalidInput({ errors: [{ path: 'until', message: 'Enter a time that is not over.' }] });
      const given = { code, source: SUPPORT, reason, until: end };
      await parts.tiers.addOverride(
        ctx,
        merchant,
        kind === 'feature' ? { kind, ...given } : { kind, value, ...given },
      );
    },
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    path: '/merchants/:merchantId/overrides/:kind/:code',
    access: 'platform-admin.tiers.edit',
    status: 204,
    summary: 'Take back what an administrator gave; what add-ons give stays',
    input: merchantId.extend({ kind: z.enum(['feature', 'limit']), code: snake }),
    example: { ...example, kind: 'limit', code: 'team_members' },
    handle: async (ctx, { merchantId: id, kind, code }) =>
      parts.tiers.removeOverride(ctx, await merchantHere(parts, ctx, id), { kind, code, source: SUPPORT }),
  }),
];
