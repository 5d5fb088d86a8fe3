import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Sources and bundles lie at different depths below the package's root. */
function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

const FILES: Readonly<Record<string, string>> = {
  '/v3/': 'v3.js',
  '/v3/card.js': 'card.js',
  '/v3/challenge.js': 'challenge.js',
  '/v3/pages.css': 'pages.css',
};

/** A script or stylesheet of the card pages; undefined where there is none at this address. */
export function fileAt(address: string): { readonly type: string; readonly body: Buffer } | undefined {
  const name = FILES[address];
  if (name === undefined) return undefined;
  return {
    type: `${TYPES[path.extname(name)] ?? 'text/plain'}; charset=utf-8`,
    body: readFileSync(path.join(packageRoot(), 'local-stripe', name)),
  };
}
