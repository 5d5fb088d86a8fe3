import type { z } from 'zod';
import type { Language } from './context.js';
import { checkHost } from './manifest.js';
import type { AnyPlugin, Plugin } from './plugin.js';
import type { ServiceRef, ServiceRefs } from './service.js';
import type { themeSchema } from '../tenancy/theme/themeSchema.js';

/** A subscription tier as a host brings it; later the database's rows count. */
export interface TierSeed {
  readonly code: string;
  readonly name: string;
  readonly features: readonly string[];
  /** Limit code → number; a limit that is left out is unlimited. */
  readonly limits: Readonly<Record<string, number>>;
}

interface HostManifest<Plugins extends readonly AnyPlugin[]> {
  readonly code: string;
  readonly name: string;
  /** Domain of the platform that this host starts with, e.g. `oms.lu`. */
  readonly domain: string;
  /** The optional plugins; core and platform-admin are always there. */
  readonly plugins: Plugins & Closed<Plugins>;
  readonly modules: {
    /** Codes that are on until an admin decides otherwise. */ readonly on: readonly CodeOf<
      Plugins[number]
    >[];
  };
  readonly languages?: { readonly default: Language; readonly supported: readonly Language[] };
  readonly theme: z.input<typeof themeSchema>;
  /** In ascending order; each has the features of the lower ones too. */
  readonly tiers?: readonly TierSeed[];
  /** Tier of a merchant that has none; left out: all features, no limits. */
  readonly defaultTier?: string;
  /** Folder of pages: `platform/*.json` and `defaults/*.json`. */
  readonly pages?: URL;
  /** What plugins start with on the platform, such as prices, by the plugin's code; each reads and checks its own. */
  readonly seeds?: Readonly<Partial<Record<CodeOf<Plugins[number]>, unknown>>>;
  /** A plugin that cannot boot: stop everything (default) or run the rest without it and its dependants. */
  readonly onBootFailure?: 'abort' | 'degrade';
}

export interface Host {
  readonly code: string;
  readonly name: string;
  readonly domain: string;
  readonly plugins: readonly AnyPlugin[];
  readonly modules: { readonly on: readonly string[] };
  readonly languages: { readonly default: Language; readonly supported: readonly Language[] };
  readonly theme: z.input<typeof themeSchema>;
  readonly tiers: readonly TierSeed[];
  readonly defaultTier: string | undefined;
  readonly pages: URL | undefined;
  readonly seeds: Readonly<Record<string, unknown>>;
  readonly onBootFailure: 'abort' | 'degrade';
}

type CodeOf<P> = P extends Plugin<infer Code, ServiceRefs, ServiceRefs> ? Code : never;
// Distributes over the union: a bare `P[keyof P]` of `{}` would be never and infer `string`.
type IdOf<Ref> = Ref extends ServiceRef<infer Id, unknown> ? Id : never;
type ProvidedIds<Plugins extends readonly unknown[]> = {
  [I in keyof Plugins]: Plugins[I] extends { readonly provides: infer Provides }
    ? IdOf<Provides[keyof Provides]>
    : never;
}[number];
type MissingOf<P, Available> = P extends { readonly code: infer Code; readonly requires: infer Required }
  ? {
      [K in keyof Required]: Required[K] extends ServiceRef<infer Id, unknown>
        ? Id extends Available | `core.${string}` | `platform-admin.${string}`
          ? never
          : `✗ plugin '${Code & string}' requires '${Id & string}': add the plugin that provides it to the host`
        : never;
    }[keyof Required]
  : never;
/** Per element of the tuple: the plugin itself, or the words that say what it lacks. */
type Closed<Plugins extends readonly unknown[]> = {
  [I in keyof Plugins]: [MissingOf<Plugins[I], ProvidedIds<Plugins>>] extends [never]
    ? Plugins[I]
    : MissingOf<Plugins[I], ProvidedIds<Plugins>>;
};

/** Composes plugins into one platform product. A required service that no plugin provides does not compile. */
export function defineHost<const Plugins extends readonly AnyPlugin[]>(host: HostManifest<Plugins>): Host {
  return checkHost(host as never) as unknown as Host;
}
