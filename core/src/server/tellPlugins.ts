import type { TenantContext } from '../kernel/context.js';
import type { Modules } from './bootModules.js';
import type { ServerParts } from './makeParts.js';

/** Runs `onEnable` and `onDisable` of the plugins after their module was turned on or off; what fails is reported. */
export function tellPlugins(
  { modules, states, attribution }: Pick<ServerParts, 'modules' | 'states' | 'attribution'>,
  { kernel, installed }: Modules,
): void {
  modules.onChange(async (changed, { enable, disable }) => {
    const ctx: TenantContext = { ...changed, snapshot: states.snapshotOf(changed.platform.id), tx: null };
    // What is needed is told first that it is on, and last that it is off.
    for (const [codes, during] of [
      [disable.toReversed(), 'onDisable'],
      [enable, 'onEnable'],
    ] as const) {
      for (const code of codes) {
        try {
          await installed.get(code)?.plugin[during]?.(kernel.container.wiringOf(code))(ctx);
        } catch (error) {
          attribution.report({ plugin: code, platform: ctx.platform.code, during, error });
        }
      }
    }
  });
}
