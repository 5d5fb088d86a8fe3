import { install, type Installed } from '../kernel/snapshot/Installed.js';
import { SnapshotStore } from '../kernel/snapshot/SnapshotStore.js';
import { bootKernel, type Kernel } from '../kernel/boot.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { PluginError } from '../kernel/pluginError.js';
import type { ServerParts } from './makeParts.js';

export interface Modules {
  readonly kernel: Kernel;
  readonly installed: ReadonlyMap<string, Installed>;
}

/** Makes all services, runs the wiring functions, and opens the states for snapshots to be compiled. */
export function bootModules(parts: ServerParts, plugins: readonly AnyPlugin[], onBootFailure: 'abort' | 'degrade'): Modules {
  const kernel = bootKernel({ plugins, onBootFailure });
  const installed = new Map<string, Installed>();
  for (const plugin of kernel.ready) {
    try {
      installed.set(plugin.code, install(plugin, kernel.container.wiringOf(plugin.code)));
    } catch (error) {
      if (onBootFailure === 'abort' || plugin.isCore || !(error instanceof Error)) throw error;
      kernel.fail(plugin.code, error.message);
    }
  }
  for (const code of installed.keys()) {
    if (kernel.report.find((entry) => entry.code === code)?.state !== 'ready') installed.delete(code);
  }
  for (const [code, { jobs }] of installed) for (const job of jobs) parts.registry.add(code, job);
  parts.states.open(new SnapshotStore(kernel.graph, installed));
  checkMenuAndPermissions(installed);
  return { kernel, installed };
}

/** A menu item may name a permission of another plugin only if that plugin is one of the core. */
function checkMenuAndPermissions(installed: ReadonlyMap<string, Installed>): void {
  for (const { plugin } of installed.values()) {
    for (const item of plugin.menu) {
      if (item.permission && !(item.permission in plugin.permissions)) {
        throw new PluginError('P507', plugin.code, `the menu item '${item.code}' of plugin '${plugin.code}' needs the permission '${item.permission}', which the plugin does not declare`, 'add it to permissions');
      }
    }
  }
}
