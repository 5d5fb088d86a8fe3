import type { ModuleFacts } from '@wizamart/core';
import { layoutGraph, NODE } from '../graph/layout.js';

/** View of `dev-tools/graph`: the drawing, and the same as a table. */
export function graphView(
  modules: readonly ModuleFacts[],
  hrefOf: (code: string) => string,
): Readonly<Record<string, unknown>> {
  const composed = modules.filter(({ why }) => why.reason !== 'absent');
  const layout = layoutGraph(composed);
  const byCode = new Map(composed.map((module) => [module.code, module]));
  return {
    total: composed.length,
    width: layout.width,
    height: layout.height,
    edges: layout.edges.map(({ from, to, path }) => ({
      path,
      isOn: (byCode.get(from)?.why.isOn ?? false) && (byCode.get(to)?.why.isOn ?? false),
    })),
    nodes: layout.nodes.map(({ code, x, y }) => ({
      code,
      name: byCode.get(code)?.name ?? code,
      isOn: byCode.get(code)?.why.isOn ?? false,
      href: hrefOf(code),
      x,
      y,
      width: NODE.width,
      height: NODE.height,
      textX: x + NODE.width / 2,
      textY: y + NODE.height / 2 + 5,
    })),
    modules: composed.map((module) => ({
      code: module.code,
      name: module.name,
      version: module.version,
      href: hrefOf(module.code),
      why: whyView(module),
      needs: module.needs.map((code) => ({ code, href: hrefOf(code) })),
      usedBy: module.usedBy.filter((code) => byCode.has(code)).map((code) => ({ code, href: hrefOf(code) })),
    })),
  };
}

/** The reason as a translation key, with what it names. */
export const whyView = ({ why }: ModuleFacts): Readonly<Record<string, unknown>> => ({
  isOn: why.isOn,
  key: `dev-tools.why.${why.isOn ? 'on' : 'off'}.${why.reason}`,
  by: why.by.join(', '),
});
