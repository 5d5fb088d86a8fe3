import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { planOf } from '../database/migrations/ledger.js';
import type { Host } from '../kernel/host.js';
import { collectPlugins } from '../server/collectPlugins.js';

/**
 * Changes when the code of core, of the plugins or of the hosts does, so that what was made with it is made anew.
 *
 * Files are told apart by size and time of change. What lies in no package with a folder counts by its manifest.
 */
export function codeChecksum(hosts: readonly Host[], extra: readonly unknown[] = []): string {
  const hash = createHash('sha256');
  const folders = new Set([fileURLToPath(new URL('..', import.meta.url))]);
  for (const plugin of collectPlugins(hosts)) {
    const { code, version, onInstall, demo, features, limits, services } = plugin;
    add(hash, [code, version, String(onInstall), String(demo), features, limits, Object.keys(services)]);
    add(hash, planOf([{ plugin: code, migrations: plugin.migrations }]));
    for (const url of [plugin.templates, plugin.locales, plugin.assets]) if (url) folders.add(packageOf(url));
  }
  for (const { plugins, pages, ...facts } of hosts) {
    add(hash, [facts, plugins.map(({ code }) => code)]);
    if (pages) folders.add(packageOf(pages));
  }
  for (const folder of [...folders].sort()) addFolder(hash, folder);
  add(hash, extra);
  return hash.digest('hex');
}

const add = (hash: Hash, value: unknown): void => void hash.update(`${JSON.stringify(value)}\n`);

/** The folder of the nearest package.json above. */
function packageOf(url: URL): string {
  let folder = fileURLToPath(url);
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder)
    folder = path.dirname(folder);
  return folder;
}

const SKIPPED = new Set(['node_modules', 'dist', 'test', 'coverage']);

function addFolder(hash: Hash, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) addFolder(hash, file);
    } else if (!/\.(test|deep|fixture)\.ts$|\.tsbuildinfo$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(file);
      add(hash, [file, size, mtimeMs]);
    }
  }
}
