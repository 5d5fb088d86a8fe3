import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { InstalledPackage } from '../installation/packages.js';
import { codeFiles } from '../installation/sourceFiles.js';
import { error, ok, type Finding } from './Finding.js';

const IMPORTS =
  /(?:^|[;\n}])\s*(?:import|export)\b[^'";`]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a package imports, it names in its package.json: else it works only where something else brings it. */
export function checkImports(packages: readonly InstalledPackage[]): Finding[] {
  const findings = packages.flatMap((own) =>
    undeclaredImports(own).map(({ name, file }) =>
      error(
        'undeclared-import',
        `${own.name} imports '${name}' (${path.relative(process.cwd(), file)}), which its package.json does not name`,
        name === '@wizamart/core'
          ? `add "@wizamart/core" to peerDependencies of ${own.name}`
          : `npm install ${name} --workspace ${own.name}, or use what @wizamart/core offers`,
      ),
    ),
  );
  return findings.length > 0 ? findings : [ok('undeclared-import', 'every package names what it imports')];
}

/** Packages that the code of a package imports without naming them; each once, with the first file. */
function undeclaredImports({
  name: own,
  folder,
  manifest,
}: Pick<InstalledPackage, 'name' | 'folder' | 'manifest'>): {
  readonly name: string;
  readonly file: string;
}[] {
  const named = new Set([
    own,
    ...Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    }),
  ]);
  const found = new Map<string, string>();
  for (const file of codeFiles(folder)) {
    // What is only for tests may come from devDependencies, like the kit.
    for (const [, from, bare, dynamic] of withoutComments(readFileSync(file, 'utf8')).matchAll(IMPORTS)) {
      const name = packageName(from ?? bare ?? dynamic ?? '');
      if (name !== undefined && !named.has(name) && !found.has(name)) found.set(name, file);
    }
  }
  return [...found].map(([name, file]) => ({ name, file }));
}

function packageName(specifier: string): string | undefined {
  if (!/^(@[\w.-]+\/)?[\w.-]+/.test(specifier) || specifier.startsWith('.') || isBuiltin(specifier))
    return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const withoutComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
