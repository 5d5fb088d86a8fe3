// Checks what would be published: exports, types and the list of files. Build before: `npm run build`.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { builtPackages, readJson, root } from './lib/workspace.mjs';

/** What a published package must not carry. */
const unwanted = /\.(test|deep|fixture)\.|\.tsbuildinfo$|^test\/|^src\//;

let faults = 0;
for (const directory of [...builtPackages(), 'templates']) {
  const manifest = readJson(path.join(root, directory, 'package.json'));
  const packed = packedFiles(directory);
  const { messages } = await publint({
    pkgDir: path.join(root, directory),
    level: 'suggestion',
    strict: true,
    pack: { files: packed },
  });
  report(directory, [
    ...messages.map((message) => formatMessage(message, manifest, { color: false })),
    ...packed.filter(({ name }) => unwanted.test(name)).map(({ name }) => `publishes ${name}`),
  ]);
}
console.log(`publint: ${faults} faults in what ${builtPackages().length + 1} packages publish`);
process.exitCode = faults > 0 ? 1 : 0;

function packedFiles(directory) {
  const cwd = path.join(root, directory);
  const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
  });
  return [Object.values(JSON.parse(json))[0]]
    .flatMap(({ files }) => files)
    .map(({ path: name }) => ({ name }));
}

function report(directory, messages) {
  faults += messages.length;
  for (const message of messages) console.error(`${directory}: ${message}`);
}
