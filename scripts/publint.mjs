// Checks what would be published: exports, types and the list of files. Build before: `npm run build`.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { builtPackages, readJson, root } from './lib/workspace.mjs';

/** What a published package must not carry. */
const unwanted = /\.(test|deep|fixture)\.(?!ts\.tmpl$)|\.tsbuildinfo$|^test\/|^src\//;

const packages = [...builtPackages(), 'templates'];
const faults = (await Promise.all(packages.map(faultsOf))).flat();
for (const fault of faults) console.error(fault);
console.log(`publint: ${faults.length} faults in what ${packages.length} packages publish`);
process.exitCode = faults.length > 0 ? 1 : 0;

async function faultsOf(directory) {
  const pkgDir = path.join(root, directory);
  const { messages } = await publint({ pkgDir, level: 'suggestion', strict: true, pack: 'npm' });
  const manifest = readJson(path.join(pkgDir, 'package.json'));
  const strays = (await packedFiles(pkgDir)).filter((name) => unwanted.test(name));
  return [
    ...messages.map((message) => formatMessage(message, manifest, { color: false })),
    ...strays.map((name) => `publishes ${name}`),
  ].map((fault) => `${directory}: ${fault}`);
}

async function packedFiles(cwd) {
  const options = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const { stdout } = await promisify(execFile)('npm', options, { cwd });
  return [Object.values(JSON.parse(stdout))[0]].flatMap(({ files }) => files).map((file) => file.path);
}
