import type { RouteContext } from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { may } from '../../views/words.js';
import type { CoreParts } from '../CoreParts.js';

export interface RecentView {
  readonly at: Date;
  readonly who: string;
  readonly action: string;
  readonly subject: string;
}

const COUNT = 8;

/** The latest lines of the audit trail that the person may read here. */
export async function overviewRecent(parts: CoreParts, ctx: RouteContext): Promise<RecentView[]> {
  if (!may(ctx, 'platform-admin.audit.view')) return [];
  const { items } = isGlobalPlatform(ctx.platform)
    ? await parts.audit.listAcross(ctx, { perPage: COUNT })
    : await parts.audit.list(ctx, { perPage: COUNT });
  const ids = items.flatMap(({ actor }) => (actor.kind === 'user' && actor.id ? [actor.id] : []));
  const names = new Map((await parts.users.byIds([...new Set(ids)])).map(({ id, name }) => [id, name]));
  return items.map((entry) => ({
    at: entry.occurredAt,
    who: names.get(entry.actor.id ?? '') ?? entry.actor.name,
    action: entry.action,
    subject: entry.subject.name ?? entry.subject.id,
  }));
}
