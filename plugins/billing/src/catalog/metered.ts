import type { TenantContext } from '@wizamart/core';

interface SnapshotTerms {
  readonly features: ReadonlyMap<string, unknown>;
  readonly limits: ReadonlyMap<string, { readonly period?: string }>;
  readonly usage: ReadonlyMap<string, unknown>;
}

/** Whether a module that is on the platform counts what a limit bounds: what nobody counts is not sold. */
export function isMetered(ctx: TenantContext, code: string): boolean {
  const { limits, usage } = ctx.snapshot as unknown as SnapshotTerms;
  const limit = limits.get(code);
  return limit !== undefined && (limit.period !== undefined || usage.has(code));
}

/** Whether anything that an add-on promises is to be had on the platform; what promises nothing is left to its words. */
export function isOfUse(
  ctx: TenantContext,
  {
    features,
    limits,
  }: { readonly features: readonly string[]; readonly limits: Readonly<Record<string, number>> },
): boolean {
  const bounded = Object.keys(limits);
  const known = (ctx.snapshot as unknown as SnapshotTerms).features;
  return (
    features.length + bounded.length === 0 ||
    features.some((code) => known.has(code)) ||
    bounded.some((code) => isMetered(ctx, code))
  );
}
