import type { AuditEntry } from '../../../identity/audit/AuditEntry.js';
import type { SubjectPage } from '../../../kernel/plugin.js';
import type { RouteContext } from '../../../kernel/route.js';
import { GLOBAL_PLATFORM, isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { may } from '../../views/words.js';
import type { CoreParts } from '../CoreParts.js';

/** Where what a line is about can be opened by who reads it; null: nowhere, or not by them. */
export function subjectHref(
  { states, tenants }: Pick<CoreParts, 'states' | 'tenants'>,
  ctx: RouteContext,
  { subject, platformId }: Pick<AuditEntry, 'subject' | 'platformId'>,
): string | null {
  const surface = ctx.surface === 'store' ? 'store' : 'admin';
  const found = pageOf(states.snapshots.graph.plugins.values(), subject.type, surface);
  if (!found || !may(ctx, found.page.permission)) return null;
  const path = found.page.path.replace('{id}', encodeURIComponent(subject.id));
  if (!isGlobalPlatform(ctx.platform))
    return states.snapshotOf(ctx.platform.id).isOn(found.module) ? ctx.links.to(surface, path) : null;
  // A line of a new platform was written above all of them.
  const id = subject.type === 'platform' ? subject.id : (platformId ?? GLOBAL_PLATFORM.id);
  const platform = tenants.platformById(id);
  if (!platform || !states.snapshotOf(id).isOn(found.module)) return null;
  return ctx.links.to('admin', `/platforms/${platform.code}${path}`);
}

function pageOf(
  plugins: Iterable<{
    readonly code: string;
    readonly auditPages: Readonly<Record<string, readonly SubjectPage[]>>;
  }>,
  type: string,
  surface: SubjectPage['surface'],
): { readonly module: string; readonly page: SubjectPage } | undefined {
  for (const { code, auditPages } of plugins) {
    const page = auditPages[type]?.find((one) => one.surface === surface);
    if (page) return { module: code, page };
  }
  return undefined;
}
