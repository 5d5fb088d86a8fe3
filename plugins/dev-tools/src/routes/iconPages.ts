import { defineRoute, type Inspector, type RouteDefinition, view, z } from '@wizamart/core';
import { MAY_LOOK } from '../permissions.js';
import { toolTabs } from '../views/tools.js';

/** All icons of the set, with what a template writes to draw them. */
export const iconPages = (inspector: Inspector): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/dev-tools/icons',
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    menu: 'icons',
    input: z.object({ q: z.string().trim().max(100).default('') }),
    handle: (ctx, { q }) => {
      const wanted = q.toLowerCase().split(/\s+/).filter(Boolean);
      const names = inspector.icons().filter((name) => wanted.every((word) => name.includes(word)));
      const here = ctx.links.to('admin', '/dev-tools/icons');
      return view('dev-tools/icons', {
        tabs: toolTabs(ctx, 'icons'),
        q,
        searchAction: here,
        total: names.length,
        icons: names.map((name) => ({ name, source: `{{icon '${name}'}}` })),
      });
    },
  }),
];
