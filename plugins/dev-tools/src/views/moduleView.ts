import type { JobFacts, ListenerFacts, ModuleFacts, RouteFacts, TemplateSummary } from '@wizamart/core';
import { whyView } from './graphView.js';

export interface Contributions {
  readonly routes: readonly RouteFacts[];
  readonly jobs: readonly JobFacts[];
  readonly events: readonly ListenerFacts[];
  readonly hooks: readonly ListenerFacts[];
  readonly templates: readonly TemplateSummary[];
}

/** View of `dev-tools/module`: one module, why it is on or off, and all it brings to this platform. */
export const moduleView = (
  module: ModuleFacts,
  { routes, jobs, events, hooks, templates }: Contributions,
  hrefOf: (code: string) => string,
): Readonly<Record<string, unknown>> => ({
  module: { code: module.code, name: module.name, description: module.description, version: module.version },
  why: whyView(module),
  needs: module.needs.map((code) => ({ code, href: hrefOf(code) })),
  usedBy: module.usedBy.map((code) => ({ code, href: hrefOf(code) })),
  requires: module.requires.map(({ id, plugin, isOptional }) => ({
    id,
    plugin,
    href: plugin === null ? null : hrefOf(plugin),
    isOptional,
  })),
  provides: module.provides,
  brings: [
    {
      key: 'dev-tools.brings.routes',
      names: routes.map(({ method, surface, kind, path }) => `${method} ${surface} ${kind} ${path}`),
    },
    {
      key: 'dev-tools.brings.jobs',
      names: jobs.map(({ name, schedule }) => (schedule === null ? name : `${name} (${schedule})`)),
    },
    { key: 'dev-tools.brings.events', names: events.map(({ name }) => name) },
    { key: 'dev-tools.brings.hooks', names: hooks.map(({ name }) => name) },
    { key: 'dev-tools.brings.templates', names: templates.map(({ name }) => name) },
  ],
});
