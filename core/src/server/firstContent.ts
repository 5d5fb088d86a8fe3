import { fileURLToPath } from 'node:url';
import type { Database } from '../database/Database.js';
import type { Statement } from '../database/unitOfWork.js';
import type { Host } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import type { PlatformRecord, TenantContext } from '../kernel/context.js';
import type { Contexts } from './contexts.js';
import type { Modules } from './bootModules.js';
import type { ServerParts } from './makeParts.js';

/** With a colon: of which version, where a step is done anew for each. */
type Step = 'install' | 'demo' | 'tiers' | `demo:${string}`;

/**
 * Brings each platform what it starts with: its host's tiers, and what every composed plugin installs, on or off.
 * Each step runs once per platform and plugin and is written down; with `demo` the plugins' demo data follow.
 */
export async function bringFirstContent(
  parts: ServerParts,
  modules: Modules,
  contexts: Contexts,
): Promise<void> {
  const done = await readDone(parts.database);
  for (const platform of parts.tenants.platforms()) {
    const host = parts.states.hostOf(platform.host);
    if (!host) continue;
    const ctx = contexts.forSystem('core.install', platform);
    await once(parts, done, platform, 'core', 'tiers', () => parts.tiers.seed(ctx, host.tiers));
    for (const plugin of modules.kernel.ready) {
      if (!plugin.isCore && !host.plugins.includes(plugin)) continue;
      if (plugin.onInstall)
        await once(parts, done, platform, plugin.code, 'install', () => install(modules, plugin, ctx, host));
    }
  }
}

/** Fills in the plugins' demo data; after merchants and stores are there. */
export async function bringDemoContent(
  parts: ServerParts,
  modules: Modules,
  contexts: Contexts,
  done: Set<string>,
): Promise<void> {
  for (const platform of parts.tenants.platforms()) {
    const host = parts.states.hostOf(platform.host);
    if (!host) continue;
    const ctx = contexts.forSystem('core.demo', platform);
    for (const plugin of modules.kernel.ready) {
      const { demo } = plugin;
      if (!demo || (!plugin.isCore && !host.plugins.includes(plugin))) continue;
      await once(parts, done, platform, plugin.code, 'demo', () =>
        demo(modules.kernel.container.wiringOf(plugin.code))(ctx),
      );
    }
  }
}

async function install(modules: Modules, plugin: AnyPlugin, ctx: TenantContext, host: Host): Promise<void> {
  const pages = host.pages ? fileURLToPath(host.pages) : undefined;
  await plugin.onInstall?.(modules.kernel.container.wiringOf(plugin.code))(ctx, {
    code: host.code,
    name: host.name,
    pages,
    seed: host.seeds[plugin.code],
  });
}

export const keyOf = (platformId: string, plugin: string, step: Step): string =>
  `${platformId} ${plugin} ${step}`;

const DONE: Statement = {
  name: 'core_install_done',
  text: 'select platform_id, plugin, step from core_install',
};

/** What is written down, by `keyOf`. */
export async function readDone(database: Database): Promise<Set<string>> {
  const rows = await database.readSystem<{ platform_id: string; plugin: string; step: Step }>(DONE);
  return new Set(rows.map((row) => keyOf(row.platform_id, row.plugin, row.step)));
}

/** Runs a step unless it is written down. The lock lets one of several starting processes do it; steps are repeatable, so a crash in between only repeats it. */
async function once(
  parts: ServerParts,
  done: Set<string>,
  platform: PlatformRecord,
  plugin: string,
  step: Step,
  work: () => Promise<void>,
): Promise<void> {
  const key = keyOf(platform.id, plugin, step);
  if (done.has(key)) return;
  await parts.database.system(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`core.install ${key}`]);
    const [known] = await tx.query(
      'select 1 from core_install where platform_id = $1 and plugin = $2 and step = $3',
      [platform.id, plugin, step],
    );
    if (known) return;
    await work();
    await tx.query(
      'insert into core_install (platform_id, plugin, step, installed_at) values ($1, $2, $3, $4)',
      [platform.id, plugin, step, parts.clock.now()],
    );
  });
  done.add(key);
}
