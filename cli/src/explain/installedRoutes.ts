import type { RouteDefinition } from '@wizamart/core';
import type { RunningServer } from '@wizamart/core/server';

/** A route as lists show it. */
export interface ListedRoute extends Pick<
  RouteDefinition,
  'surface' | 'kind' | 'method' | 'path' | 'access' | 'scope' | 'menu' | 'feature' | 'summary'
> {
  readonly plugin: string;
}

/** The routes of all plugins that came up, on or off, by surface, kind and path. */
export function installedRoutes(server: RunningServer): ListedRoute[] {
  const list = [...server.modules.installed].flatMap(([plugin, { routes }]) =>
    routes.map(({ surface, kind, method, path, access, scope, menu, feature, summary }) => ({
      plugin,
      surface,
      kind,
      method,
      path,
      access,
      scope,
      menu,
      feature,
      summary,
    })),
  );
  const key = (route: ListedRoute): string => `${route.surface} ${route.kind} ${route.path} ${route.method}`;
  return list.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
