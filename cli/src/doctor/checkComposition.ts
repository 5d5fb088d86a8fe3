import { PluginError, type Host } from '@wizamart/core';
import { buildGraph, declaredPlugins } from '@wizamart/core/server';
import { error, ok, type Finding } from './Finding.js';

/** The plugins of all hosts fit each other: no code twice, every required service there, no circle. */
export function checkComposition(hosts: readonly Host[]): Finding[] {
  try {
    const { order } = buildGraph(declaredPlugins(hosts));
    return [
      ok('composition', `${order.length} plugins boot in this order: ${order.join(', ')}`),
      ...checkModules(hosts),
    ];
  } catch (cause) {
    if (!(cause instanceof PluginError)) throw cause;
    return [
      error(cause.code === 'P301' ? 'cycle' : 'composition', `${cause.code} ${cause.problem}`, cause.fix),
    ];
  }
}

/** What a host turns on brings along what it needs, and tiers name features that exist. */
function checkModules(hosts: readonly Host[]): Finding[] {
  const all = declaredPlugins(hosts);
  const features = new Set(all.flatMap((plugin) => plugin.features.map(({ code }) => code)));
  return hosts.flatMap((host) => {
    const graph = buildGraph(all);
    const on = new Set([
      ...host.modules.on,
      ...all.filter((plugin) => plugin.isCore).map((plugin) => plugin.code),
    ]);
    const lacking = host.modules.on.flatMap((code) =>
      [...graph.requirements(code)]
        .filter((needed) => !on.has(needed))
        .map((needed) => [code, needed] as const),
    );
    const unknown = [...new Set(host.tiers.flatMap((tier) => tier.features))].filter(
      (feature) => !features.has(feature),
    );
    return [
      ...lacking.map(([code, needed]) =>
        error(
          'composition',
          `host '${host.code}' turns on '${code}' without '${needed}', which it needs`,
          `add '${needed}' to modules.on of the host`,
        ),
      ),
      ...(unknown.length === 0
        ? []
        : [
            {
              level: 'ok' as const,
              check: 'composition',
              message: `tiers of host '${host.code}' name features of no installed plugin: ${unknown.join(', ')}`,
              fix: undefined,
            },
          ]),
    ];
  });
}
