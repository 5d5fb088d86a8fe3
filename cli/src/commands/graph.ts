import { defineCommand } from 'citty';
import type { AnyPlugin } from '@wizamart/core';
import { buildGraph, declaredPlugins, type PluginGraph } from '@wizamart/core/server';
import { loadHosts } from '../installation/loadHosts.js';
import { print, printJson } from '../output/print.js';

export const graph = defineCommand({
  meta: { name: 'graph', description: 'Shows which plugin needs which, in the order in which they boot.' },
  args: {
    format: { type: 'enum', options: ['text', 'mermaid'], default: 'text', description: 'How to draw it.' },
    json: { type: 'boolean', description: 'Answer as JSON.' },
  },
  async run({ args }) {
    const hosts = await loadHosts();
    const made = buildGraph(declaredPlugins(hosts));
    const nodes = made.order.map((code) => nodeOf(made, code, hosts));
    if (args.json) printJson(nodes);
    else if (args.format === 'mermaid') print(...mermaid(nodes));
    else print(...text(nodes));
  },
});

interface Node {
  readonly code: string;
  readonly version: string;
  readonly hosts: readonly string[];
  readonly provides: readonly string[];
  readonly requires: readonly Edge[];
  readonly optional: readonly Edge[];
}

interface Edge {
  readonly service: string;
  /** Undefined where nobody provides an optional one. */
  readonly plugin: string | undefined;
}

function nodeOf(
  made: PluginGraph,
  code: string,
  hosts: readonly { readonly code: string; readonly plugins: readonly AnyPlugin[] }[],
): Node {
  const plugin = made.plugins.get(code) as AnyPlugin;
  const edges = (refs: AnyPlugin['requires']): Edge[] =>
    Object.values(refs).map(({ id }) => ({ service: id, plugin: made.providers.get(id)?.code }));
  return {
    code,
    version: plugin.version,
    hosts: hosts.filter((host) => plugin.isCore || host.plugins.includes(plugin)).map((host) => host.code),
    provides: Object.values(plugin.provides).map(({ id }) => id),
    requires: edges(plugin.requires),
    optional: edges(plugin.optional),
  };
}

function text(nodes: readonly Node[]): string[] {
  return nodes.flatMap(({ code, version, hosts, requires, optional }) => [
    `${code} ${version}  (${hosts.join(', ')})`,
    ...byPlugin(requires).map(([plugin, services]) => `  needs ${plugin}: ${services.join(', ')}`),
    ...byPlugin(optional).map(
      ([plugin, services]) => `  uses, where it is on, ${plugin}: ${services.join(', ')}`,
    ),
  ]);
}

function mermaid(nodes: readonly Node[]): string[] {
  const id = (code: string): string => code.replaceAll('-', '_');
  return [
    'flowchart BT',
    ...nodes.map(({ code }) => `  ${id(code)}["${code}"]`),
    ...nodes.flatMap(({ code, requires, optional }) => [
      ...byPlugin(requires).map(([plugin]) => `  ${id(code)} --> ${id(plugin)}`),
      ...byPlugin(optional).map(([plugin]) => `  ${id(code)} -.-> ${id(plugin)}`),
    ]),
  ];
}

function byPlugin(edges: readonly Edge[]): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const { plugin, service } of edges) {
    if (plugin !== undefined) found.set(plugin, [...(found.get(plugin) ?? []), service]);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
