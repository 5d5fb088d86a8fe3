// What the scripts know about the workspace: where it is and which packages it builds.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Not import.meta.dirname: on a Node without it, bootstrap must come to say so.
export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** The package manager, always of this version: it is fetched by npx, so a bare machine needs npm only. */
export const pnpm = 'pnpm@12.21.0';

/** Folders, relative to the root, whose packages are compiled to `dist/` and published. */
export function builtPackages(base = root) {
  return ['core', 'cli', ...childrenOf(base, 'plugins'), ...childrenOf(base, 'hosts')].filter((directory) =>
    existsSync(path.join(base, directory, 'package.json')),
  );
}

/** Every folder with a package.json, relative to the root; the root itself is `.`. */
export function allPackages(base = root) {
  const others = ['templates', 'scenarios', 'bench'];
  return [
    '.',
    ...builtPackages(base),
    ...others.filter((name) => existsSync(path.join(base, name, 'package.json'))),
  ];
}

/**
 * The entry files of a package, from what its `exports` promise under the `source` condition.
 *
 * @returns name in `dist` without extension → source file, both relative to the package
 */
export function entriesOf(directory, base = root) {
  const { exports = {} } = readJson(path.join(base, directory, 'package.json'));
  const sources = Object.values(exports).flatMap((target) => target?.source ?? []);
  return Object.fromEntries(
    sources.map((file) => [file.replace(/^\.\/src\//, '').replace(/\.ts$/, ''), file]),
  );
}

export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Lists the files below a folder, without node_modules, dist and hidden folders. */
export function* filesBelow(directory, accepts = () => true) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'coverage'].includes(entry.name) && !entry.name.startsWith('.'))
        yield* filesBelow(file, accepts);
    } else if (entry.isFile() && accepts(file)) {
      yield file;
    }
  }
}

/** Size and time of a file as one word, '-' when it does not exist. */
export function fingerprintOf(file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.size}:${stats.mtimeMs}` : '-';
}

function childrenOf(base, directory) {
  if (!existsSync(path.join(base, directory))) return [];
  const entries = readdirSync(path.join(base, directory), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${directory}/${entry.name}`)
    .sort();
}
