import { defineRoute, type Inspector, NotFound, type RouteDefinition, view, z } from '@wizamart/core';
import { MAY_LOOK } from '../permissions.js';
import { toolTabs } from '../views/tools.js';

/** What templates there are, what each wants to be given, and who draws it. */
export const templatePages = (inspector: Inspector): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/dev-tools/templates',
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    input: z.object({ q: z.string().trim().max(100).default('') }),
    handle: (ctx, { q }) => {
      const here = ctx.links.to('admin', '/dev-tools/templates');
      const found = inspector.templates
        .list()
        .filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
      const plugins = [...new Set(found.map(({ plugin }) => plugin))].sort();
      return view('dev-tools/templates', {
        tabs: toolTabs(ctx, 'templates'),
        q,
        searchAction: here,
        total: found.length,
        groups: plugins.map((plugin) => ({
          plugin,
          templates: found
            .filter((template) => template.plugin === plugin)
            .map(({ name }) => ({ name, href: `${here}/${name}` })),
        })),
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/dev-tools/templates/*name',
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    input: z.object({ name: z.string().max(200) }),
    handle: (ctx, { name }) => {
      const template = inspector.templates.explain(name);
      if (!template) throw new NotFound({ what: 'This template' });
      const list = ctx.links.to('admin', '/dev-tools/templates');
      const link = (other: string) => ({
        name: other,
        href: other.startsWith('(') ? null : `${list}/${other}`,
      });
      return view('dev-tools/template', {
        tabs: toolTabs(ctx, 'templates'),
        listHref: list,
        ...template,
        parts: template.parts.map(link),
        usedBy: template.usedBy.map(link),
      });
    },
  }),
];
