import { defineError } from '../errors/defineError.js';
import type { ModuleStates } from '../modules/enablement/ModuleStates.js';
import type { TenantResolution } from '../tenancy/address/resolution.js';

/** What turned a module off may be turned on again; who sends webhooks tries again until then. */
const RETRY_AFTER_SECONDS = 600;

const WebhookModuleOff = defineError<{ module: string }>({
  code: 'MODULE_OFF',
  status: 503,
  message: (d) => `The module '${d.module}' is turned off here at the moment. Send this again later.`,
  retryAfterSeconds: RETRY_AFTER_SECONDS,
});

/**
 * The one exception to "off means absent": a webhook of a module that the platform has, and that is off, answers
 * 503 with Retry-After, so that the sender keeps what it has to tell. Undefined where no module would take it.
 */
export function webhookOfModuleOff(
  states: ModuleStates,
  { platform, surface, path }: TenantResolution,
  method: string,
): Error | undefined {
  const state = surface === 'webhook' ? states.get(platform.id) : undefined;
  if (!state) return undefined;
  const { snapshots } = states;
  for (const module of state.composed) {
    if (state.snapshot.isOn(module)) continue;
    const alone = snapshots.of(new Set([module, ...snapshots.graph.requirements(module)]));
    const found = alone.find('webhook', 'api', 'platform', method, path);
    if (found && 'mounted' in found && found.mounted.plugin === module)
      return new WebhookModuleOff({ module });
  }
  return undefined;
}
