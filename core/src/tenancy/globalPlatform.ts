import { LANGUAGES, type PlatformRecord } from '../kernel/context.js';
import { compileTheme } from './theme/compileTheme.js';
import { THEME_PRESETS } from './theme/presets.js';

/** Code of the provider's own platform, whose domain carries the global admin at `admin.`. */
export const MAIN_PLATFORM_CODE = 'main';

/** Stands for "above all platforms": the context of the global admin. */
export const GLOBAL_PLATFORM: PlatformRecord = Object.freeze({
  id: '00000000-0000-0000-0000-000000000000',
  code: 'global',
  name: 'Wizamart',
  domain: null,
  host: null,
  isActive: true,
  defaultLanguage: 'en',
  languages: LANGUAGES,
  theme: compileTheme(THEME_PRESETS.modern),
  settings: Object.freeze({}),
  revision: 0,
});

export const isGlobalPlatform = (platform: PlatformRecord): boolean => platform.code === GLOBAL_PLATFORM.code;
