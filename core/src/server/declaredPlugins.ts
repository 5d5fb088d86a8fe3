import { corePlugin } from '../builtin/core/plugin.js';
import { platformAdminPlugin } from '../builtin/platform-admin/plugin.js';
import type { Host } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { collectPlugins } from './collectPlugins.js';
import type { ServerParts } from './makeParts.js';

/**
 * The core plugins and those of all hosts, each once, for reading what they declare.
 *
 * Nothing is made: the wiring functions of the core plugins cannot be run, since their parts do not exist.
 *
 * @throws {PluginError} as `collectPlugins` does
 */
export function declaredPlugins(hosts: readonly Host[]): AnyPlugin[] {
  const empty = {} as ServerParts;
  return [corePlugin(empty), platformAdminPlugin(empty), ...collectPlugins(hosts)];
}
