import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Host } from '@wizamart/core';
import { ConfigError } from '@wizamart/core/server';
import { unknown } from '../errors.js';
import { findInstallation, manifestOf, type Installation } from './findInstallation.js';
import { runsFromSources } from './sources.js';

/**
 * The hosts that the nearest package.json lists under `wizamart.hosts`: names of packages, or paths beginning with `.`.
 *
 * @param wanted codes of hosts; empty means all
 * @throws {ConfigError} when nothing is listed or a host cannot be loaded
 * @throws {UsageError} when a code is unknown
 */
export async function loadHosts(
  wanted: readonly string[] = [],
  installation: Installation = findInstallation(),
): Promise<Host[]> {
  const hosts: Host[] = [];
  for (const name of installation.hosts) hosts.push(await loadHost(installation, name));
  const known = hosts.map((host) => host.code);
  for (const code of wanted) if (!known.includes(code)) throw unknown('host', code, known);
  return wanted.length === 0 ? hosts : hosts.filter((host) => wanted.includes(host.code));
}

async function loadHost({ folder }: Installation, name: string): Promise<Host> {
  const module = (await import(pathToFileURL(fileOf(folder, name)).href)) as { default?: Host };
  if (!module.default || !Array.isArray(module.default.plugins)) {
    throw new ConfigError(
      `the package '${name}' has no host as its default export; write: export default defineHost({ … })`,
    );
  }
  return module.default;
}

function fileOf(folder: string, name: string): string {
  if (name.startsWith('.')) return entryOfFolder(path.resolve(folder, name), name);
  try {
    return createRequire(path.join(folder, 'package.json')).resolve(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' && String(error).includes('dist')) {
      throw new ConfigError(`the host package '${name}' is not built; run: npm run build`);
    }
    throw new ConfigError(
      `the host package '${name}' is not installed in ${folder}; run: npm install ${name}`,
    );
  }
}

/** A path leads to a file, or to a package, whose sources count when this process runs from sources. */
function entryOfFolder(place: string, name: string): string {
  const entry = manifestOf(place)?.exports?.['.'] as
    { readonly source?: string; readonly default?: string } | undefined;
  const file = (runsFromSources() ? entry?.source : undefined) ?? entry?.default;
  if (manifestOf(place) && !file)
    throw new ConfigError(`the package at '${name}' has no entry: add "exports" to its package.json`);
  return file ? path.join(place, file) : place;
}
