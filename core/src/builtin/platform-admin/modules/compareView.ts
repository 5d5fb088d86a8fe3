import type { PlatformRecord } from '../../../kernel/context.js';
import type { AnyPlugin } from '../../../kernel/plugin.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { MODULE_GROUPS, moduleTexts } from './moduleTexts.js';

/** How a module stands on a platform. */
export type ModuleStanding = 'core' | 'on' | 'off' | 'absent';

export interface Comparison {
  readonly platforms: readonly PlatformRecord[];
  readonly rows: readonly {
    readonly code: string;
    readonly name: string;
    readonly group: string;
    /** One per platform, in their order. */
    readonly standings: readonly ModuleStanding[];
  }[];
}

/** Every module beside every platform that the person administers. @param onlyDifferences leaves out what is the same everywhere */
export async function compareModules(
  parts: CoreParts,
  ctx: RouteContext,
  onlyDifferences: boolean,
): Promise<Comparison> {
  const texts = moduleTexts(parts, ctx);
  const platforms = await administered(parts, ctx);
  const { graph } = parts.states.snapshots;
  const rows = [...graph.order]
    .sort((a, b) => placeOf(graph.plugins.get(a)) - placeOf(graph.plugins.get(b)))
    .map((code) => ({
      code,
      name: texts.name(code),
      group: texts.words.text(`core.modules.group.${graph.plugins.get(code)?.group ?? 'operations'}`),
      standings: platforms.map((platform) => standingOf(parts, platform, code)),
    }))
    .filter(({ standings }) => standings.some((one) => one !== 'absent'))
    .filter(({ standings }) => !onlyDifferences || new Set(standings).size > 1);
  return { platforms, rows };
}

const placeOf = (plugin: AnyPlugin | undefined): number =>
  MODULE_GROUPS.indexOf(plugin?.group ?? 'operations');

async function administered(
  { tenants, users }: CoreParts,
  { actor }: RouteContext,
): Promise<PlatformRecord[]> {
  if (actor.kind !== 'user') return [];
  const mine = actor.isSuperAdmin
    ? null
    : await users.platformsAdministeredBy(actor.userId, 'platform-admin.modules.view');
  return tenants.platforms().filter(({ id }) => mine === null || mine.includes(id));
}

function standingOf({ states }: CoreParts, { id }: PlatformRecord, code: string): ModuleStanding {
  const state = states.get(id);
  if (state?.composed.has(code) !== true) return 'absent';
  if (states.coreSnapshot.isOn(code)) return 'core';
  return state.snapshot.isOn(code) ? 'on' : 'off';
}
