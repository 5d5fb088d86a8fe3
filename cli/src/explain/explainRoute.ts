import type { RunningServer } from '@wizamart/core/server';
import { CommandError } from '../errors.js';
import { nearest } from '../nearest.js';
import { declaredBy, type Explanation } from './Explanation.js';
import { escaped } from '../installation/sourceFiles.js';
import { featureFacts } from './explainFeature.js';
import { holdersOf } from './explainPermission.js';
import { installedRoutes, type ListedRoute } from './installedRoutes.js';

const OPEN = new Map<string, string>([
  ['public', 'anybody'],
  ['signed-in', 'anybody signed in on this surface'],
  ['customer', 'a customer of the store'],
]);

/** The routes of a path, as it is declared (`/pages/:id`) or as it is called (`/pages/17`), below the surface's root. */
export async function explainRoute(server: RunningServer, name: string): Promise<readonly Explanation[]> {
  const [, method, path = ''] = /^(?:(GET|POST|PUT|PATCH|DELETE)\s+)?(.*)$/i.exec(name.trim()) ?? [];
  const all = installedRoutes(server).filter(
    (route) => method === undefined || route.method === method.toUpperCase(),
  );
  const found = [path, path.replace(/^\/api\/v1\/\w+/, '')]
    .map((tried) => matching(all, tried))
    .find((list) => list.length > 0);
  if (!found) throw notFound(path, all);
  return Promise.all(found.map((route) => explanationOf(server, route)));
}

function matching(routes: readonly ListedRoute[], path: string): ListedRoute[] {
  const exact = routes.filter((route) => route.path === path);
  if (exact.length > 0) return exact;
  return routes.filter((route) => route.path !== '/*path' && patternOf(route.path).test(path));
}

function patternOf(path: string): RegExp {
  const parts = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.startsWith('*') ? '.*' : escaped(part)));
  return new RegExp(`^${parts.join('/')}$`);
}

async function explanationOf(server: RunningServer, route: ListedRoute): Promise<Explanation> {
  const { plugin, surface, kind, method, path, access, scope, menu, feature, summary } = route;
  return {
    what: `${surface} ${kind}`,
    name: `${method} ${path}`,
    facts: {
      ...(summary === undefined ? {} : { does: summary }),
      // A path that is put together from parts is found by its last ones.
      ...(await declaredBy(
        server,
        plugin,
        [`'${path}'`, `/${path.split('/').slice(2).join('/')}\``, /defineRoute\(/],
        `'${surface}'`,
      )),
      ...(surface === 'admin' ? { scope } : {}),
      access,
      'may call it': OPEN.get(access) ?? holdersOf(server, access),
      ...(menu === undefined ? {} : { 'menu item': menu }),
      ...(feature === undefined
        ? {}
        : { feature: `${feature}: ${(await featureFacts(server, feature)).join('; ')}` }),
    },
  };
}

function notFound(path: string, routes: readonly ListedRoute[]): CommandError {
  const meant = nearest(path, [...new Set(routes.map((route) => route.path))]);
  return new CommandError(
    `no route has the path '${path}'${meant ? `; did you mean '${meant}'?` : ''} All of them: wizamart routes`,
  );
}
