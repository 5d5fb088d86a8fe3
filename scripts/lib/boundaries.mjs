// The rules of who may import whom, checked with dependency-cruiser.
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { allPackages, entriesOf, filesBelow } from './workspace.mjs';

/** A file's package, as first group: the rules compare it with the package of what the file imports. */
const ownPackage = '^(core|cli|templates|scenarios|bench|scripts|plugins/[^/]+|hosts/[^/]+)/';
const anyPackage = ownPackage.replace('(', '(?:');

/**
 * Looks at every TypeScript file below a folder that is laid out like this repository.
 *
 * @returns what is wrong, one line each, and how many files were looked at
 */
export async function checkBoundaries(base) {
  const sources = [...sourceFiles(base)];
  const { output } = await cruise(
    sources,
    {
      baseDir: base,
      validate: true,
      ruleSet: { forbidden: rules(publicEntries(base)) },
      doNotFollow: { path: ['node_modules', '/dist/'] },
      // A type import is an import: who needs the type needs the package.
      tsPreCompilationDeps: true,
      combinedDependencies: true,
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['source', 'import', 'types', 'node', 'default'],
        extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
      },
    },
    { extensionAlias: { '.js': ['.ts', '.js'] } },
  );
  const seen = output.modules.map((module) => module.source);
  return {
    looked: seen.filter((file) => sources.includes(file)).length,
    faults: faultsOf(output, seen, sources),
  };
}

/**
 * What is wrong in the result of a run.
 *
 * A checker that does not see a file finds no fault in it, so every file that it did not see is one.
 */
export function faultsOf({ summary }, seen, sources) {
  const unseen = sources.filter((file) => !seen.includes(file));
  return [
    ...(sources.length === 0 ? ['no-sources: there is nothing to look at'] : []),
    ...unseen.map((file) => `not-looked-at: ${file}`),
    ...summary.violations.map(describe),
  ];
}

function describe({ rule, from, to, cycle }) {
  const way = cycle ? [from, ...cycle.map((step) => step.name)] : [from, to];
  return `${rule.name}: ${way.join(' → ')}`;
}

function rules(entries) {
  const forbid = (name, from, to) => ({ name, severity: 'error', from, to });
  return [
    forbid('circle', {}, { circular: true }),
    forbid('not-found', {}, { couldNotResolve: true }),
    forbid('core-knows-nobody', { path: '^core/' }, { path: '^(plugins|hosts|cli|scenarios|bench)/' }),
    forbid('plugins-know-no-host', { path: '^plugins/' }, { path: '^(hosts|cli|scenarios|bench)/' }),
    forbid(
      'hosts-know-no-host',
      { path: '^(hosts/[^/]+)/' },
      { path: '^(hosts|cli|scenarios|bench)/', pathNot: '^$1/' },
    ),
    forbid(
      'templates-know-nobody',
      { path: '^templates/' },
      { path: '^(core|plugins|hosts|cli|scenarios|bench)/' },
    ),
    forbid('cli-knows-core-only', { path: '^cli/src/' }, { path: '^(plugins|hosts|scenarios|bench)/' }),
    // By the name of the package, so that it works when the packages lie elsewhere …
    forbid(
      'by-name-only',
      { path: ownPackage },
      { path: anyPackage, pathNot: '^$1/', dependencyTypes: ['local'] },
    ),
    // … and only what the package offers.
    forbid('public-entry-only', { path: ownPackage }, { path: anyPackage, pathNot: ['^$1/', ...entries] }),
  ];
}

function publicEntries(base) {
  const packages = allPackages(base).filter((directory) => directory !== '.');
  const entries = packages.flatMap((directory) =>
    Object.values(entriesOf(directory, base)).map((file) => path.posix.join(directory, file)),
  );
  return [...entries, 'templates/index.js', 'templates/index.d.ts'].map(
    (file) => `^${file.replaceAll('.', '\\.')}$`,
  );
}

function* sourceFiles(base) {
  const folders = allPackages(base).filter((directory) => directory !== '.');
  for (const folder of folders) {
    for (const file of filesBelow(
      path.join(base, folder),
      (name) => name.endsWith('.ts') && !name.endsWith('.d.ts'),
    )) {
      yield path.relative(base, file);
    }
  }
}
