import { defineHost, type Host, type TierSeed } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { THEME_PRESETS } from '../tenancy/theme/presets.js';

export interface TestHostOptions {
  /** Also the platform's code; default `test`. */
  readonly code?: string;
  readonly name?: string;
  /** Default: the code below `.lu`. */
  readonly domain?: string;
  readonly plugins?: readonly AnyPlugin[];
  /** Codes that are on at first; default: all plugins. */
  readonly on?: readonly string[];
  readonly tiers?: readonly TierSeed[];
  readonly defaultTier?: string;
  readonly languages?: Host['languages'];
  readonly pages?: URL;
  /** What plugins start with, by their codes. */
  readonly seeds?: Host['seeds'];
  readonly onBootFailure?: 'abort' | 'degrade';
}

/** Composes plugins into a small host. Lists that are made at run time are checked at boot only. */
export function testHost({ code = 'test', plugins = [], on, ...rest }: TestHostOptions = {}): Host {
  return defineHost({
    name: `Host ${code}`,
    domain: `${code}.lu`,
    ...rest,
    code,
    plugins: plugins as readonly never[],
    modules: { on: (on ?? plugins.map((plugin) => plugin.code)) as never[] },
    theme: THEME_PRESETS.modern,
  });
}
