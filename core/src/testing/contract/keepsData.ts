import { ownTables } from './ownTables.js';
import { messageOf, type Findings } from './subject.js';
import { switchModules } from './switchModules.js';
import type { ContractWorld } from './world.js';

/** Turning the plugin off and on again leaves every row of its tables where it was. */
export async function keepsDataFindings(world: ContractWorld): Promise<Findings> {
  const before = await counts(world);
  try {
    await switchModules(world, { disable: [world.plugin.code] });
    const off = await counts(world);
    await switchModules(world, { enable: [world.plugin.code] });
    const on = await counts(world);
    return [...before].flatMap(([table, count]) =>
      off.get(table) === count && on.get(table) === count
        ? []
        : [
            `${table} had ${count} rows, ${off.get(table)} when the plugin was off, and ${on.get(table)} when it was on again`,
          ],
    );
  } catch (error) {
    return [messageOf(error)];
  }
}

async function counts({ plugin, server }: ContractWorld): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const table of ownTables(plugin)) {
    const [row] = await server.database.everything<{ count: number }>(
      `select count(*)::int as count from ${table}`,
    );
    found.set(table, row?.count ?? 0);
  }
  return found;
}
