import type { Host } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { PluginError } from '../kernel/pluginError.js';

/** The plugins of all hosts of a process, each once. @throws {PluginError} P105 when two hosts bring different plugins of one code, P106 for two hosts of one code */
export function collectPlugins(hosts: readonly Host[]): AnyPlugin[] {
  const plugins = new Map<string, { plugin: AnyPlugin; host: string }>();
  const codes = new Set<string>();
  for (const host of hosts) {
    if (codes.has(host.code))
      throw new PluginError(
        'P106',
        host.code,
        `the host '${host.code}' is there twice`,
        'start each host once',
      );
    codes.add(host.code);
    for (const plugin of host.plugins) {
      const known = plugins.get(plugin.code);
      if (known && known.plugin !== plugin) {
        throw new PluginError(
          'P105',
          plugin.code,
          `the hosts '${known.host}' and '${host.code}' bring two different plugins '${plugin.code}'`,
          'install one version of the package for both',
        );
      }
      plugins.set(plugin.code, { plugin, host: host.code });
    }
  }
  checkUnique([...plugins.values()].map(({ plugin }) => plugin));
  return [...plugins.values()].map(({ plugin }) => plugin);
}

/** Features and limits are asked for by their bare code, so a code may exist once in an installation. */
function checkUnique(plugins: readonly AnyPlugin[]): void {
  const owners = new Map<string, string>();
  for (const plugin of plugins) {
    for (const [kind, list] of [
      ['feature', plugin.features],
      ['limit', plugin.limits],
    ] as const) {
      for (const { code } of list) {
        const owner = owners.get(`${kind} ${code}`);
        if (owner)
          throw new PluginError(
            'P107',
            plugin.code,
            `the ${kind} '${code}' is declared by '${owner}' and by '${plugin.code}'`,
            'rename one of them',
          );
        owners.set(`${kind} ${code}`, plugin.code);
      }
    }
  }
}
