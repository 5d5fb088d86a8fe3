import type { RouteContext } from '@wizamart/core';

const TOOLS = ['components', 'icons', 'graph', 'routes', 'events', 'jobs', 'templates'] as const;
export type Tool = (typeof TOOLS)[number];

/** The row of tabs above every tool: translation keys and addresses. */
export const toolTabs = (ctx: RouteContext, current: Tool): readonly object[] =>
  TOOLS.map((tool) => ({
    key: `dev-tools.tabs.${tool}`,
    href: ctx.links.to('admin', `/dev-tools/${tool}`),
    isCurrent: tool === current,
  }));
