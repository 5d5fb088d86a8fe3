import type { RouteContext } from '../../kernel/route.js';
import type { CoreParts } from './CoreParts.js';

/** A platform in a list, as the template `core/platforms` shows it. */
export interface PlatformListing {
  readonly name: string;
  readonly code: string;
  readonly domain: string | null;
  readonly isActive: boolean;
  readonly href: string;
  readonly siteHref: string | null;
  readonly storeCount: number;
  readonly moduleCount: number;
}

/** Platforms that a person may administer, with their size. */
export async function visiblePlatforms(
  { users, tenants, states, database }: CoreParts,
  ctx: RouteContext,
): Promise<PlatformListing[]> {
  const { actor } = ctx;
  if (actor.kind !== 'user') return [];
  const mine = actor.isSuperAdmin ? null : await users.platformsAdministeredBy(actor.userId);
  const counts = await database.directory(ctx, ({ tx }) =>
    tx.query<{ platform_id: string; count: number }>(
      'select platform_id, count(*)::int as count from core_store_platform where is_active group by platform_id',
    ),
  );
  return tenants
    .platforms()
    .filter((platform) => mine === null || mine.includes(platform.id))
    .map((platform) => ({
      name: platform.name,
      code: platform.code,
      domain: platform.domain,
      isActive: platform.isActive,
      href: `${ctx.links.to('admin', '/platforms/')}${platform.code}/`,
      siteHref: platform.isActive && platform.domain ? `https://${platform.domain}` : null,
      storeCount: counts.find((row) => row.platform_id === platform.id)?.count ?? 0,
      moduleCount: states.snapshotOf(platform.id).modules.size,
    }));
}
