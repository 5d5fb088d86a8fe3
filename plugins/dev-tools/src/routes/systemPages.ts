import {
  defineRoute,
  type Inspector,
  paginationOf,
  pageInput,
  type RouteDefinition,
  SURFACES,
  view,
  z,
} from '@wizamart/core';
import { MAY_LOOK } from '../permissions.js';
import { toolTabs } from '../views/tools.js';

const routesInput = pageInput.extend({
  perPage: z.coerce.number().int().min(1).max(100).default(50),
  q: z.string().trim().max(200).default(''),
  surface: z.enum(SURFACES).optional().catch(undefined),
  plugin: z.string().max(50).default(''),
});

/** Routes, events and jobs that are on: what the platform answers, listens to and does by itself. */
export const systemPages = (inspector: Inspector): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/dev-tools/routes',
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    input: routesInput,
    handle: (ctx, { q, surface, plugin, page, perPage }) => {
      const all = inspector.routes(ctx);
      const found = all.filter(
        (route) =>
          (surface === undefined || route.surface === surface) &&
          (plugin === '' || route.plugin === plugin) &&
          `${route.method} ${route.path} ${route.summary ?? ''}`.toLowerCase().includes(q.toLowerCase()),
      );
      const here = ctx.links.to('admin', '/dev-tools/routes');
      const option = (value: string, chosen: string) => ({ value, isSelected: value === chosen });
      return view('dev-tools/routes', {
        tabs: toolTabs(ctx, 'routes'),
        q,
        searchAction: here,
        total: found.length,
        surfaces: SURFACES.map((value) => option(value, surface ?? '')),
        plugins: [...new Set(all.map((route) => route.plugin))].sort().map((value) => option(value, plugin)),
        routes: found.slice((page - 1) * perPage, page * perPage).map((route) => ({
          method: route.method,
          path: route.path,
          surface: route.surface,
          kind: route.kind,
          access: route.access,
          feature: route.feature ?? null,
          plugin: route.plugin,
          summary: route.summary ?? null,
          moduleHref: ctx.links.to('admin', `/dev-tools/graph/${route.plugin}`),
        })),
        pagination: paginationOf({ page, perPage, total: found.length }, here, {
          q,
          surface: surface ?? '',
          plugin,
        }),
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/dev-tools/events',
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    handle: (ctx) =>
      view('dev-tools/events', {
        tabs: toolTabs(ctx, 'events'),
        events: inspector.events(ctx),
        hooks: inspector.hooks(ctx),
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/dev-tools/jobs',
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    handle: (ctx) => view('dev-tools/jobs', { tabs: toolTabs(ctx, 'jobs'), jobs: inspector.jobs(ctx) }),
  }),
];
