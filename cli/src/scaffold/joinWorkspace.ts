import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Adds a package to what the compiler and its tests look at; a package that is there already stays as it is. */
export function addReference(root: string, folder: string): void {
  for (const file of ['tsconfig.json', 'tsconfig.tests.json']) {
    const place = path.join(root, file);
    const text = readFileSync(place, 'utf8');
    const entry = `{ "path": "./${folder}" }`;
    if (text.includes(entry)) continue;
    // The command comes after plugins and hosts; without it the entry goes last.
    const before = /^( *)\{ "path": "\.\/cli" \}/m;
    writeFileSync(
      place,
      before.test(text)
        ? text.replace(before, `$1${entry},\n$&`)
        : text.replace(/\n( *)\](?![\s\S]*\])/, `,\n$1  ${entry}\n$1]`),
    );
  }
}

/** Lists a host in the package.json of the workspace, so that `start` serves it. */
export function addHost(root: string, name: string): void {
  const place = path.join(root, 'package.json');
  const manifest = JSON.parse(readFileSync(place, 'utf8')) as {
    wizamart?: { hosts?: string[] };
    dependencies?: Record<string, string>;
  };
  manifest.wizamart = {
    ...manifest.wizamart,
    hosts: [...new Set([...(manifest.wizamart?.hosts ?? []), name])],
  };
  manifest.dependencies = { ...manifest.dependencies, [name]: 'workspace:*' };
  writeFileSync(place, `${JSON.stringify(manifest, null, 2)}\n`);
}
