import {
  defineRoute,
  type Inspector,
  type ModuleFacts,
  NotFound,
  type RouteContext,
  type RouteDefinition,
  view,
  z,
} from '@wizamart/core';
import { MAY_LOOK } from '../permissions.js';
import { graphView } from '../views/graphView.js';
import { moduleView } from '../views/moduleView.js';
import { toolTabs } from '../views/tools.js';

/** Which module needs which, and why each of them is on or off here. */
export const graphPages = (inspector: Inspector): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/dev-tools/graph',
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    menu: 'graph',
    handle: (ctx) => {
      const modules = inspector.modules(ctx);
      return view('dev-tools/graph', {
        tabs: toolTabs(ctx, 'graph'),
        ...graphView(modules, (code) => hrefOf(ctx, code)),
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/dev-tools/graph/:module',
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    menu: 'graph',
    input: z.object({ module: z.string().max(50) }),
    handle: (ctx, { module }) => {
      const facts = inspector.modules(ctx).find(({ code }) => code === module);
      if (!facts) throw new NotFound({ what: 'This module' });
      return view('dev-tools/module', {
        tabs: toolTabs(ctx, 'graph'),
        graphHref: ctx.links.to('admin', '/dev-tools/graph'),
        ...moduleView(facts, contributions(inspector, ctx, facts), (code) => hrefOf(ctx, code)),
      });
    },
  }),
];

const hrefOf = (ctx: RouteContext, code: string): string => ctx.links.to('admin', `/dev-tools/graph/${code}`);

const contributions = (inspector: Inspector, ctx: RouteContext, { code }: ModuleFacts) => ({
  routes: inspector.routes(ctx).filter(({ plugin }) => plugin === code),
  jobs: inspector.jobs(ctx).filter(({ plugin }) => plugin === code),
  events: inspector.events(ctx).filter(({ listeners }) => listeners.some(({ plugin }) => plugin === code)),
  hooks: inspector.hooks(ctx).filter(({ listeners }) => listeners.some(({ plugin }) => plugin === code)),
  templates: inspector.templates.list().filter(({ plugin }) => plugin === code),
});
