// Tells whether a package's bundle still belongs to its sources, without reading their contents.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtPackages, filesBelow, fingerprintOf, readJson, root } from './workspace.mjs';

const stampFile = (directory) => path.join(root, '.cache/build', `${directory.replaceAll('/', '-')}.json`);

/** Packages that were never built, have changed since, or lost a file of their bundle. */
export function stalePackages() {
  const common = commonInputs();
  return builtPackages().filter((directory) => !isFresh(directory, common));
}

/**
 * Records what a package has just been built from.
 *
 * @param inputs `inputsOf(directory)`, taken before the build: a file saved meanwhile counts as changed
 * @param outputs files of the bundle, relative to the package
 */
export function markBuilt(directory, inputs, outputs) {
  mkdirSync(path.dirname(stampFile(directory)), { recursive: true });
  writeFileSync(stampFile(directory), JSON.stringify({ inputs, outputs }));
}

/** One hash over name, size and time of everything the package's bundle depends on. */
export function inputsOf(directory, common = commonInputs()) {
  const hash = createHash('sha256').update(common);
  const sources = path.join(root, directory, 'src');
  const files = existsSync(sources) ? [...filesBelow(sources, isBundled)].sort() : [];
  for (const file of [path.join(root, directory, 'package.json'), ...files])
    hash.update(`${file} ${fingerprintOf(file)}\n`);
  return hash.digest('hex');
}

function isFresh(directory, common) {
  const stamp = stampFile(directory);
  if (!existsSync(stamp)) return false;
  const { inputs, outputs } = readJson(stamp);
  return (
    inputs === inputsOf(directory, common) &&
    outputs.every((file) => existsSync(path.join(root, directory, file)))
  );
}

function isBundled(file) {
  return !/\.(test|deep|fixture)\.ts$/.test(file);
}

function commonInputs() {
  const files = ['pnpm-lock.yaml', 'tsconfig.base.json', 'scripts/build.mjs', 'scripts/lib/libraries.mjs'];
  return files
    .map((file) =>
      createHash('sha256')
        .update(readFileSync(path.join(root, file)))
        .digest('hex'),
    )
    .join();
}
