import type { InTransaction } from '../../database/InTransaction.js';
import { Conflict } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Host } from '../../kernel/host.js';
import { closedUnderRequirements } from '../../modules/enablement/closure.js';
import type { PlatformDetails } from '../../tenancy/services/Platforms.js';
import { nextStep, type ModulePreset } from '../../tenancy/services/platformSteps.js';
import { THEME_PRESETS } from '../../tenancy/theme/presets.js';
import type { CoreParts } from '../core/CoreParts.js';

type Parts = Pick<CoreParts, 'platformDrafts' | 'platforms' | 'platformSetup' | 'states'>;

/**
 * Makes the platform that a draft describes, with its modules, in one transaction; then brings its first content, which
 * the next start would bring, too. Of two at once one makes it.
 *
 * @throws {Conflict} when a step has no answer yet, or code or domain were taken meanwhile
 */
export async function createFromDraft(
  parts: Parts,
  ctx: TenantContext,
  draftId: string,
): Promise<PlatformDetails> {
  const { id, answers } = await parts.platformDrafts.get(ctx, draftId);
  const { name, domain, product, languages, branding } = answers;
  if (!name || !domain || !product || !languages || !branding)
    throw new Conflict({ reason: `The step '${nextStep(answers)}' has no answer yet.` });
  const platform = await parts.platforms.create(
    ctx,
    {
      ...name,
      ...domain,
      ...languages,
      host: product.host,
      theme: THEME_PRESETS[branding.theme],
    },
    { id, also: (inside) => writeModules(parts, inside, product) },
  );
  await parts.platformSetup.bring(platform.id);
  await parts.platformDrafts.discard(ctx, draftId);
  return platform;
}

/** Rows only where the platform is to differ from what its host says. */
async function writeModules(
  { states }: Parts,
  ctx: InTransaction,
  { host: code, modules: preset }: { readonly host: string; readonly modules: ModulePreset },
): Promise<void> {
  const host = states.hostOf(code);
  if (!host || preset === 'host') return;
  const on = preset === 'all' ? allOf(states, host) : new Set<string>();
  for (const { code: module } of host.plugins) {
    const isOn = on.has(module);
    if (isOn === host.modules.on.includes(module)) continue;
    await ctx.tx.query(
      `insert into core_platform_module (platform_id, module, is_enabled, enabled_at, enabled_by, updated_at)
       values ($1, $2, $3::boolean, case when $3::boolean then $4::timestamptz end, $5, $4)`,
      [ctx.platform.id, module, isOn, ctx.now, isOn && ctx.actor.kind === 'user' ? ctx.actor.userId : null],
    );
  }
}

/** As many as can be on together: of two that exclude each other the first in the order of booting. */
function allOf(states: CoreParts['states'], host: Host): ReadonlySet<string> {
  const { graph } = states.snapshots;
  const composed = new Set([...states.coreSnapshot.modules, ...host.plugins.map((plugin) => plugin.code)]);
  const wanted = new Set<string>(states.coreSnapshot.modules);
  for (const code of graph.order) {
    if (!composed.has(code)) continue;
    const conflicts = graph.plugins.get(code)?.conflicts ?? [];
    const isRefused = [...wanted].some(
      (other) => conflicts.includes(other) || graph.plugins.get(other)?.conflicts.includes(code),
    );
    if (!isRefused) wanted.add(code);
  }
  return closedUnderRequirements({ graph, composed }, wanted);
}
