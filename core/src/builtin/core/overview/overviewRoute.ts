import { defineRoute, view, type RouteDefinition } from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { may } from '../../views/words.js';
import type { CoreParts } from '../CoreParts.js';
import { loadFigures, loadWidgets } from '../dashboard/loadParts.js';
import { visiblePlatforms } from '../visiblePlatforms.js';
import { overviewAttention } from './overviewAttention.js';
import { overviewFigures } from './overviewFigures.js';
import { overviewRecent } from './overviewRecent.js';

/** First page of the administration: of one platform, or above all of them. */
export const overviewRoute = (parts: CoreParts): RouteDefinition =>
  defineRoute({
    method: 'GET',
    path: '/',
    surface: 'admin',
    scope: 'both',
    kind: 'page',
    access: 'signed-in',
    menu: 'dashboard',
    handle: async (ctx) => {
      const isGlobal = isGlobalPlatform(ctx.platform);
      const [platforms, own, ofModules, attention, widgets, recent] = await Promise.all([
        isGlobal ? visiblePlatforms(parts, ctx) : [],
        overviewFigures(parts, ctx),
        loadFigures(parts, ctx, 'admin'),
        overviewAttention(parts, ctx),
        loadWidgets(parts, ctx, 'admin'),
        overviewRecent(parts, ctx),
      ]);
      return view('core/dashboard-admin', {
        isGlobal,
        platforms,
        platformsHref: ctx.links.to('admin', '/platforms'),
        figures: [...own, ...ofModules],
        maySeeAttention: may(ctx, 'platform-admin.modules.view'),
        attention,
        widgets,
        recent,
        auditHref: may(ctx, 'platform-admin.audit.view') ? ctx.links.to('admin', '/audit-log') : null,
      });
    },
  });
