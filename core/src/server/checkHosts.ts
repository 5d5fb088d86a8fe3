import { buildGraph } from '../kernel/graph.js';
import type { Host } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { PluginError } from '../kernel/pluginError.js';

/**
 * Makes sure that each host brings all that its plugins require: what another host of the process brings does not
 * count, since a platform has its own host's modules only.
 *
 * @throws {PluginError} P101, P102, P201, P202 or P301, naming the host
 */
export function checkHosts(hosts: readonly Host[], core: readonly AnyPlugin[]): void {
  for (const host of hosts) {
    try {
      buildGraph([...core, ...host.plugins]);
    } catch (error) {
      if (!(error instanceof PluginError)) throw error;
      throw new PluginError(error.code, error.plugin, error.problem, `${error.fix} (host '${host.code}')`, {
        cause: error,
      });
    }
  }
}
