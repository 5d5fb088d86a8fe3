import { defineRoute, view, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { isVisible } from '../../modules/menu/visibleMenu.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import type { CoreParts } from './CoreParts.js';
import { visiblePlatforms } from './visiblePlatforms.js';
import { NotFound } from '../../errors/common.js';

/** What a module puts on a dashboard, loaded. */
interface LoadedWidget {
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
}

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
        figures: [],
        widgets: await loadWidgets(parts, ctx, 'admin'),
        recent: mayAudit(ctx) ? await recentChanges(parts, ctx) : [],
        auditHref: mayAudit(ctx) ? ctx.links.to('admin', '/audit-log') : null,
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/dashboard',
    surface: 'store',
    kind: 'page',
    access: 'core.dashboard.view',
    menu: 'dashboard',
    handle: async (ctx) => {
      if (!ctx.store) throw new NotFound({});
      return view('core/dashboard-store', {
        storefrontHref: ctx.links.to('storefront', '/'),
        figures: [],
        checklist: [],
        widgets: await loadWidgets(parts, ctx, 'store'),
      });
    },
  }),
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

async function loadWidgets(
  parts: CoreParts,
  ctx: RouteContext,
  surface: 'admin' | 'store',
): Promise<LoadedWidget[]> {
  const { actor } = ctx;
  if (actor.kind !== 'user') return [];
  const features = await parts.entitlements.features(ctx);
  const viewer = { permissions: actor.permissions, hasFeature: (feature: string) => features.has(feature) };
  const widgets = (ctx.snapshot as Snapshot).widgets.filter(
    (widget) => widget.surface === surface && isVisible(widget, viewer),
  );
  const loaded = await Promise.all(
    widgets.map(async (widget): Promise<LoadedWidget | undefined> => {
      try {
        return { template: widget.template, data: await widget.load(ctx) };
      } catch (error) {
        // One module's card must not take the page from the others.
        parts.attribution.report({
          plugin: widget.plugin,
          platform: ctx.platform.code,
          during: `the widget '${widget.code}'`,
          error,
        });
        return undefined;
      }
    }),
  );
  return loaded.filter((widget) => widget !== undefined);
}
