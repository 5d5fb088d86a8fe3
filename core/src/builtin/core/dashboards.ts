import type { RouteDefinition } from '../../kernel/route.js';
import type { CoreParts } from './CoreParts.js';
import { storeDashboardRoutes } from './dashboard/storeDashboard.js';
import { overviewRoute } from './overview/overviewRoute.js';

/** First pages after signing in, with the widgets of the modules that are on. */
export const dashboardRoutes = (parts: CoreParts): RouteDefinition[] => [
  overviewRoute(parts),
  ...storeDashboardRoutes(parts),
];
