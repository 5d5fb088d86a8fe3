import { defineRoute, view, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import type { CoreParts } from './CoreParts.js';
import { loadFigures, loadWidgets } from './dashboard/loadParts.js';
import { storeDashboardRoutes } from './dashboard/storeDashboard.js';
import { visiblePlatforms } from './visiblePlatforms.js';

/** First pages after signing in, with the widgets of the modules that are on. */
export const dashboardRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/',
    surface: 'admin',
    scope: 'both',
    kind: 'page',
    access: 'signed-in',
    menu: 'dashboard',
    handle: async (ctx) =>
      view('core/dashboard-admin', {
        platforms: ctx.platform === GLOBAL_PLATFORM ? await visiblePlatforms(parts, ctx) : [],
        figures: await loadFigures(parts, ctx, 'admin'),
        widgets: await loadWidgets(parts, ctx, 'admin'),
        recent: mayAudit(ctx) ? await recentChanges(parts, ctx) : [],
        auditHref: mayAudit(ctx) ? ctx.links.to('admin', '/audit-log') : null,
      }),
  }),
  ...storeDashboardRoutes(parts),
];

const mayAudit = ({ actor }: RouteContext): boolean =>
  actor.kind === 'user' && actor.permissions.has('platform-admin.audit.view');

async function recentChanges(parts: CoreParts, ctx: RouteContext): Promise<object[]> {
  const isSuperAdmin = ctx.actor.kind === 'user' && ctx.actor.isSuperAdmin;
  const { items } =
    ctx.platform === GLOBAL_PLATFORM && isSuperAdmin
      ? await parts.audit.listAcross(ctx, { perPage: 8 })
      : await parts.audit.list(ctx, { perPage: 8 });
  return items.map((entry) => ({
    at: entry.occurredAt,
    actor: entry.actor.name,
    text: `${entry.action} · ${entry.subject.name ?? entry.subject.id}`,
  }));
}
