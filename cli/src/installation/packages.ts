import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyPlugin } from '@wizamart/core';
import { findInstallation, manifestOf, upwards, type Manifest } from './findInstallation.js';
import { packageRoot } from '../packageRoot.js';

/** A package that stands in the way from the installation to its libraries. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Without symbolic links. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * The packages of an installation that are built on core, core itself and this command among them.
 *
 * Found by walking dependencies from the package.json that lists the hosts.
 */
export function ownPackages(from = process.cwd()): InstalledPackage[] {
  const { folder, hosts } = findInstallation(from);
  const found = new Map<string, InstalledPackage>();
  const open = [
    realpathSync(folder),
    fileURLToPath(packageRoot),
    ...hosts
      .filter((host) => host.startsWith('.'))
      .map((host) => packageFolderOf(path.resolve(folder, host))),
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const place = path.resolve(next);
    const manifest = manifestOf(place);
    if (!manifest || found.has(place)) continue;
    const names = Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    });
    const isOwn = manifest.name === '@wizamart/core' || names.includes('@wizamart/core');
    if (!isOwn && place !== realpathSync(folder)) continue;
    found.set(place, {
      name: manifest.name ?? path.basename(place),
      version: manifest.version ?? '–',
      folder: place,
      manifest,
    });
    for (const name of names) {
      const dependency = folderOf(name, place);
      if (dependency) open.push(dependency);
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Folder of a package as seen from another one; undefined where it is not installed. */
export function folderOf(name: string, from: string): string | undefined {
  // Not by require.resolve: a package need not offer its package.json, nor anything to require.
  for (const folder of upwards(from)) {
    const place = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(place, 'package.json'))) return realpathSync(place);
  }
  return undefined;
}

/** The package that a file or folder belongs to. */
function packageFolderOf(place: string): string {
  for (const folder of upwards(place)) if (existsSync(path.join(folder, 'package.json'))) return folder;
  return place;
}

/** The package that offers a plugin; undefined where none of the installed ones does. */
export async function packageOfPlugin(
  plugin: AnyPlugin,
  packages: readonly InstalledPackage[],
): Promise<InstalledPackage | undefined> {
  if (plugin.isCore) return packages.find(({ name }) => name === '@wizamart/core');
  const folder = plugin.templates ?? plugin.locales ?? plugin.assets;
  if (folder) {
    const place = packageFolderOf(realpathSync(fileURLToPath(folder)));
    const own = packages.find((candidate) => candidate.folder === place);
    if (own) return own;
  }
  for (const candidate of packages) {
    const entry = entryOf(candidate);
    if (entry === undefined || !readFileSync(entry, 'utf8').includes('plugin')) continue;
    const module = (await import(pathToFileURL(entry).href)) as Record<string, unknown>;
    if (Object.values(module).includes(plugin)) return candidate;
  }
  return undefined;
}

function entryOf({ name, folder, manifest }: InstalledPackage): string | undefined {
  const entry = manifest.exports?.['.'] as
    { readonly source?: string; readonly default?: string } | undefined;
  const fromSources = process.execArgv.some((word) => word.includes('conditions=source'));
  const file = (fromSources ? entry?.source : undefined) ?? entry?.default;
  if (file === undefined || name === '@wizamart/cli') return undefined;
  return existsSync(path.join(folder, file)) ? path.join(folder, file) : undefined;
}
