import type { CommandResult } from '../../../kernel/commands.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { Snapshot } from '../../../kernel/snapshot/Snapshot.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { may } from '../../views/words.js';
import type { CoreParts } from '../CoreParts.js';
import { visiblePlatforms } from '../visiblePlatforms.js';
import type { Asked } from './pageCommands.js';

/** Platforms, merchants and stores by name: of the whole installation above the platforms, else of this one. */
export async function tenantCommands(
  parts: CoreParts,
  ctx: RouteContext,
  asked: Asked,
): Promise<CommandResult[]> {
  if (ctx.surface !== 'admin') return [];
  const found = await Promise.all([
    isGlobalPlatform(ctx.platform) ? platforms(parts, ctx, asked) : [],
    may(ctx, 'platform-admin.merchants.view') ? merchants(parts, ctx, asked) : [],
    may(ctx, 'platform-admin.stores.view') ? stores(parts, ctx, asked) : [],
  ]);
  return found.flat();
}

async function platforms(parts: CoreParts, ctx: RouteContext, { fits }: Asked): Promise<CommandResult[]> {
  return (await visiblePlatforms(parts, ctx))
    .filter(({ name, code, domain }) => fits(`${name} ${code} ${domain ?? ''}`))
    .map(({ name, code, domain }) => ({
      group: 'core.search.platforms',
      label: name,
      detail: domain ?? code,
      path: `/platforms/${code}/`,
      icon: 'stack-2',
    }));
}

async function merchants(
  parts: CoreParts,
  ctx: RouteContext,
  { query, limit }: Asked,
): Promise<CommandResult[]> {
  const { items } = await parts.merchants.list(ctx, { q: query, perPage: limit });
  return items.map(({ id, displayName, legalName }) => ({
    group: 'core.search.merchants',
    label: displayName,
    ...(legalName === displayName ? {} : { detail: legalName }),
    path: pageOf(ctx, `/merchants/${id}`) ?? `/merchants?q=${encodeURIComponent(displayName)}`,
    icon: 'building',
  }));
}

async function stores(
  parts: CoreParts,
  ctx: RouteContext,
  { query, limit }: Asked,
): Promise<CommandResult[]> {
  const { items } = await parts.stores.list(ctx, { q: query, perPage: limit });
  return items.map(({ id, name, code, merchantName }) => ({
    group: 'core.search.stores',
    label: name,
    detail: `${code} · ${merchantName}`,
    path: pageOf(ctx, `/stores/${id}`) ?? `/stores?q=${encodeURIComponent(code)}`,
    icon: 'building-store',
  }));
}

/** The path, where a page answers there. */
function pageOf(ctx: RouteContext, path: string): string | undefined {
  const scope = isGlobalPlatform(ctx.platform) ? 'global' : 'platform';
  const found = (ctx.snapshot as Snapshot).find('admin', 'page', scope, 'GET', path);
  return found && 'mounted' in found ? path : undefined;
}
