// Builds the publishable packages in one run.
//
//   node scripts/build.mjs              bundles and declarations, from scratch: what is published
//   node scripts/build.mjs --bundle     only the bundles that are stale: all that `npm start` needs
//   node scripts/build.mjs --bundle --all   every bundle
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'tsup';
import { leaveOut, licencesOf, librariesOf } from './lib/libraries.mjs';
import { inputsOf, markBuilt, stalePackages } from './lib/staleness.mjs';
import { builtPackages, entriesOf, root } from './lib/workspace.mjs';

process.chdir(root);
const bundleOnly = process.argv.includes('--bundle');
const everything = !bundleOnly || process.argv.includes('--all');

if (!bundleOnly) removeOutputs();
try {
  await Promise.all((everything ? builtPackages() : stalePackages()).map(bundle));
} catch (error) {
  // esbuild has told what and where; its stack says nothing more.
  if (!error.errors) console.error(error);
  process.exit(1);
}
if (!bundleOnly) writeDeclarations();

/** Bundles one package; what it imports by name stays an import, but for the libraries that become part of it. */
async function bundle(directory) {
  const entry = existingEntries(directory);
  if (Object.keys(entry).length === 0) return;
  const inputs = inputsOf(directory);
  const outputs = [];
  await build({
    config: false,
    silent: true,
    entry,
    outDir: path.join(root, directory, 'dist'),
    tsconfig: path.join(root, 'tsconfig.base.json'),
    format: 'esm',
    target: 'node20',
    platform: 'node',
    dts: false,
    clean: false,
    sourcemap: true,
    // index and server of core share their modules: two copies would be two registries.
    splitting: true,
    ...librariesOf(directory),
    esbuildOptions(options) {
      options.outbase = path.join(root, directory, 'src');
      // Chunks lie directly in dist/, so that `new URL('../templates', import.meta.url)` holds in each of them.
      options.chunkNames = 'chunk-[hash]';
    },
    esbuildPlugins: [leaveOut, collectOutputs(directory, outputs)],
  });
  removeFormerChunks(directory, outputs);
  for (const file of outputs) if (file.endsWith('.js')) writePlain(path.join(root, directory, file));
  markBuilt(directory, inputs, outputs);
}

function existingEntries(directory) {
  const entries = Object.entries(entriesOf(directory)).map(([name, file]) => [
    name,
    path.join(root, directory, file),
  ]);
  return Object.fromEntries(
    entries.filter(
      ([, file]) => existsSync(file) || console.warn(`${path.relative(root, file)} does not exist: left out`),
    ),
  );
}

function collectOutputs(directory, outputs) {
  return {
    name: 'collect-outputs',
    setup(esbuild) {
      esbuild.initialOptions.metafile = true;
      esbuild.onEnd(({ metafile }) => {
        for (const file of Object.keys(metafile?.outputs ?? {})) {
          outputs.push(path.relative(path.join(root, directory), path.resolve(root, file)));
        }
        const licences = licencesOf(Object.keys(metafile?.inputs ?? {}));
        if (!licences) return;
        // In a fresh working copy nothing has been written yet.
        const dist = path.join(root, directory, 'dist');
        mkdirSync(dist, { recursive: true });
        writeFileSync(path.join(dist, 'LICENCES.txt'), licences);
      });
    },
  };
}

/**
 * Strings have been written in ASCII; comments are so here. One letter beyond Latin-1 anywhere, and Node keeps the whole
 * file in memory with two bytes for each.
 */
function writePlain(file) {
  const code = readFileSync(file, 'utf8');
  const plain = code.replace(/^\s*(?:\/\/|\/?\*).*|\/\/ [^'"`]*$/gm, (comment) =>
    comment.replace(/[\u0080-\uffff]/g, '?'),
  );
  if (plain !== code) writeFileSync(file, plain);
}

function removeFormerChunks(directory, outputs) {
  const dist = path.join(root, directory, 'dist');
  for (const name of readdirSync(dist)) {
    if (/^chunk-.*\.js(\.map)?$/.test(name) && !outputs.includes(`dist/${name}`))
      rmSync(path.join(dist, name));
  }
}

/** Old declarations of files that are gone would be published: the compiler starts from nothing. */
function removeOutputs() {
  for (const directory of builtPackages()) {
    for (const name of ['dist', 'tsconfig.tsbuildinfo'])
      rmSync(path.join(root, directory, name), { recursive: true, force: true });
  }
}

function writeDeclarations() {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const projects = builtPackages().map((directory) => path.join(root, directory));
  const { status } = spawnSync(process.execPath, [compiler, '-b', ...projects], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
