import { readAmount } from './limitAmounts.js';
import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import { InvalidInput } from '../../errors/common.js';
import type { FieldError } from '../../errors/defineError.js';
import { defineRoute, redirect, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { Override } from '../../modules/entitlements/Tier.js';
import type { CoreParts } from '../core/CoreParts.js';
import { orForm } from '../views/adminForm.js';
import { merchantDetail, SUPPORT } from './merchantDetail.js';
import { merchantHere } from './merchantRoutes.js';

const merchantId = z.object({ merchantId: z.uuid() });
const typed = z.string().trim().max(600).default('');
const common = {
  method: 'POST',
  surface: 'admin',
  kind: 'page',
  menu: 'merchants',
  access: 'platform-admin.tiers.edit',
} as const;

/** What administrators give a merchant: a tier, and features or limits beside it. */
export const merchantActions = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    path: '/merchants/:merchantId/tier',
    input: merchantId.extend({ tier: typed }),
    handle: async (ctx, { merchantId: id, tier }) => {
      const merchant = await merchantHere(parts, ctx, id);
      const before = (await parts.tiers.holding(ctx, merchant)).tierCode ?? '';
      const page = ctx.links.to('admin', `/merchants/${id}`);
      return orForm(
        async () => {
          await parts.tiers.assign(ctx, merchant, tier || null);
          const undo = { action: `${page}/tier`, fields: { tier: before } };
          return redirect(
            page,
            303,
            flash(ctx, {
              kind: 'success',
              key: 'core.merchant.tierAssigned',
              values: { name: merchant.name },
              undo,
            }),
          );
        },
        (problem) => merchantDetail(parts, ctx, merchant, { form: 'tier', values: { tier }, problem }),
      );
    },
  }),
  defineRoute({
    ...common,
    path: '/merchants/:merchantId/overrides',
    input: merchantId.extend({ what: typed, value: typed, until: typed, reason: typed }),
    handle: async (ctx, { merchantId: id, ...input }) => {
      const merchant = await merchantHere(parts, ctx, id);
      return orForm(
        async () => {
          await parts.tiers.addOverride(ctx, merchant, overrideOf(ctx, input));
          return redirect(
            ctx.links.to('admin', `/merchants/${id}`),
            303,
            flash(ctx, {
              kind: 'success',
              key: 'core.merchant.overrideAdded',
              values: { name: merchant.name },
            }),
          );
        },
        (problem) => merchantDetail(parts, ctx, merchant, { form: 'override', values: input, problem }),
      );
    },
  }),
  defineRoute({
    ...common,
    path: '/merchants/:merchantId/overrides/remove',
    input: merchantId.extend({ kind: z.enum(['feature', 'limit', 'extra']), code: z.string().max(80) }),
    handle: async (ctx, { merchantId: id, ...which }) => {
      const merchant = await merchantHere(parts, ctx, id);
      await parts.tiers.removeOverride(ctx, merchant, { ...which, source: SUPPORT });
      return redirect(
        ctx.links.to('admin', `/merchants/${id}`),
        303,
        flash(ctx, {
          kind: 'success',
          key: 'core.merchant.overrideRemoved',
          values: { name: merchant.name },
        }),
      );
    },
  }),
];

interface TypedOverride {
  readonly what: string;
  readonly value: string;
  readonly until: string;
  readonly reason: string;
}

/** What the form says, checked against what the platform's modules offer. @throws {InvalidInput} */
function overrideOf(ctx: RouteContext, { what, value, until, reason }: TypedOverride): Override {
  const { features, limits } = ctx.snapshot as Snapshot;
  const errors: FieldError[] = [];
  const [kind, code = ''] = what.split(':');
  if (!(kind === 'feature' ? features : limits).has(code) || !['feature', 'limit'].includes(kind as string))
    errors.push({ path: 'what', message: 'Choose what the merchant is to have.' });
  if (reason.length === 0) errors.push({ path: 'reason', message: 'Say why; others will read it.' });
  else if (reason.length > 500)
    errors.push({ path: 'reason', message: 'The reason has at most 500 characters.' });
  const limit = kind === 'limit' ? limits.get(code) : undefined;
  const amount = readAmount(limit ?? {}, value);
  if (amount === undefined)
    errors.push({
      path: 'value',
      message: limit?.unit
        ? 'Enter a size such as 500 MB or 2 GB, or nothing for no limit.'
        : 'Enter a whole number, or nothing for no limit.',
    });
  const end = until === '' ? null : new Date(`${until}T23:59:59.999Z`);
  if (end !== null && (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(end.getTime())))
    errors.push({ path: 'until', message: 'Enter a date.' });
  else if (end !== null && end <= ctx.now)
    errors.push({ path: 'until', message: 'Enter a day that is not over.' });
  if (errors.length > 0) throw new InvalidInput({ errors });
  const given = { code, source: SUPPORT, until: end, reason };
  return kind === 'feature' ? { kind, ...given } : { kind: 'limit', value: amount ?? null, ...given };
}
