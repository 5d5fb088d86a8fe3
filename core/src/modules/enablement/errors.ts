import { defineError } from '../../errors/defineError.js';
import type { ModulePlan } from './ModulePlan.js';

export const ModuleUnknown = defineError<{ module: string; platform: string }>({
  code: 'MODULE_UNKNOWN',
  status: 422,
  message: (d) =>
    `The platform '${d.platform}' has no module '${d.module}'. Compose its plugin into the platform's host first.`,
});
export const ModuleIsCore = defineError<{ module: string }>({
  code: 'MODULE_IS_CORE',
  status: 422,
  message: (d) => `The module '${d.module}' belongs to the core and is always on.`,
});
export const ModuleContradiction = defineError<{ module: string }>({
  code: 'MODULE_CONTRADICTION',
  status: 422,
  message: (d) => `The change would turn '${d.module}' on and off at once. Take one of the two out.`,
});
export const ModuleConflict = defineError<{ module: string; other: string }>({
  code: 'MODULE_CONFLICT',
  status: 409,
  message: (d) =>
    `The modules '${d.module}' and '${d.other}' cannot be on together. Turn one of them off in the same step.`,
});
export const ModulePathConflict = defineError<{ reason: string }>({
  code: 'MODULE_PATH_CONFLICT',
  status: 409,
  message: (d) => `Two modules claim one path: ${d.reason}`,
});
export const ModulePlanStale = defineError<{ plan: ModulePlan }>({
  code: 'MODULE_PLAN_STALE',
  status: 409,
  message:
    'The modules of this platform have changed since this plan was made. Look at the fresh plan and confirm it.',
});
export const ModulePlanIncomplete = defineError<{ plan: ModulePlan; missing: readonly string[] }>({
  code: 'MODULE_PLAN_INCOMPLETE',
  status: 409,
  message: (d) =>
    `The change also concerns ${d.missing.join(', ')}. Look at the fresh plan and confirm the whole of it.`,
});
export const ModuleSettingsChanged = defineError<{ module: string }>({
  code: 'MODULE_SETTINGS_CHANGED',
  status: 409,
  message: (d) =>
    `Somebody else has changed the settings of '${d.module}' in the meantime. Look at them and save again.`,
});
export const ModuleHasNoSettings = defineError<{ module: string }>({
  code: 'MODULE_HAS_NO_SETTINGS',
  status: 404,
  message: (d) => `The module '${d.module}' has no settings.`,
});
