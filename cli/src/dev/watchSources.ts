import { readdirSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import type { InstalledPackage } from '../installation/packages.js';

/** Changes that come this soon after one another are one; editors write a file in several steps. In milliseconds. */
const settledAfterMs = 30;
const SKIPPED = new Set(['node_modules', 'dist', 'test', 'coverage', 'scaffold']);
const IGNORED = /(\.(test|deep|fixture)\.ts|\.tsbuildinfo|~|\.swp)$|(^|\/)\./;

/** Packages of which the sources are worked on: those that are not merely installed. */
export const ownSources = (packages: readonly InstalledPackage[]): InstalledPackage[] =>
  packages.filter(({ folder }) => !folder.split(path.sep).includes('node_modules'));

/**
 * Tells which files below the folders of packages change, in bunches.
 *
 * @returns stops watching
 */
export function watchSources(
  folders: readonly string[],
  changed: (files: readonly string[]) => void,
): () => void {
  const watchers: FSWatcher[] = [];
  const bunch = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const noticed = (file: string): void => {
    if (IGNORED.test(file)) return;
    bunch.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = [...bunch];
      bunch.clear();
      changed(files);
    }, settledAfterMs);
  };
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || SKIPPED.has(entry.name) || entry.name.startsWith('.')) continue;
      const place = path.join(folder, entry.name);
      watchers.push(
        watch(place, { recursive: true }, (_kind, name) => {
          if (name) noticed(path.relative(process.cwd(), path.join(place, name)));
        }),
      );
    }
  }
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
