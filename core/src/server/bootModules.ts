import { install, type Installed } from '../kernel/snapshot/Installed.js';
import { SnapshotStore } from '../kernel/snapshot/SnapshotStore.js';
import { bootKernel, type Kernel } from '../kernel/boot.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { PluginError } from '../kernel/pluginError.js';
import type { ServerParts } from './makeParts.js';

export interface Modules {
  readonly kernel: Kernel;
  readonly installed: Map<string, Installed>;
}

/** Makes all services, runs the wiring functions, and opens the states for snapshots to be compiled. */
export function bootModules(
  parts: ServerParts,
  plugins: readonly AnyPlugin[],
  onBootFailure: 'abort' | 'degrade',
): Modules {
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
  dropFailed(kernel, installed);
  for (const [code, { jobs }] of installed) for (const job of jobs) parts.registry.add(code, job);
  parts.states.open(new SnapshotStore(kernel.graph, installed));
  checkMenuAndPermissions(installed);
  return { kernel, installed };
}

/** Runs the plugins' `start`; those that fail, and what needs them, are taken out of what is served. @returns whether there were any */
export async function startModules(parts: ServerParts, { kernel, installed }: Modules): Promise<boolean> {
  await kernel.start();
  if (!dropFailed(kernel, installed)) return false;
  parts.states.open(new SnapshotStore(kernel.graph, installed));
  return true;
}

function dropFailed(kernel: Kernel, installed: Map<string, Installed>): boolean {
  const ready = new Set(kernel.ready.map(({ code }) => code));
  const failed = [...installed.keys()].filter((code) => !ready.has(code));
  for (const code of failed) installed.delete(code);
  return failed.length > 0;
}

/** A menu item may name a permission of another plugin only if that plugin is one of the core. */
function checkMenuAndPermissions(installed: ReadonlyMap<string, Installed>): void {
  for (const { plugin } of installed.values()) {
    for (const item of plugin.menu) {
      if (item.permission && !(item.permission in plugin.permissions)) {
        throw new PluginError(
          'P507',
          plugin.code,
          `the menu item '${item.code}' of plugin '${plugin.code}' needs the permission '${item.permission}', which the plugin does not declare`,
          'add it to permissions',
        );
      }
    }
  }
}
