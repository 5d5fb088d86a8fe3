import { realpathSync } from 'node:fs';
import { folderOf, type InstalledPackage } from '../installation/packages.js';
import { manifestOf } from '../installation/findInstallation.js';
import { error, ok, warning, type Finding } from './Finding.js';

/** Of these a second copy in one process means two registries, two error classes, or types that do not fit. */
const SINGLE = [
  '@wizamart/core',
  '@wizamart/templates',
  'zod',
  'koa',
  'knex',
  'objection',
  'pg',
  'handlebars',
  'awilix',
];

/** Node is new enough for every package of one's own. */
export function checkNode(packages: readonly InstalledPackage[], running = process.versions.node): Finding[] {
  const unmet = packages.filter(({ manifest }) => !satisfies(running, manifest.engines?.node ?? '*'));
  if (unmet.length === 0) return [ok('node', `Node ${running}`)];
  return unmet.map(({ name, manifest }) =>
    error(
      'node',
      `${name} needs Node ${manifest.engines?.node}, this is ${running}`,
      'install a newer Node: https://nodejs.org/en/download',
    ),
  );
}

/** Packages of one's own fit the versions of those they need. */
export function checkVersions(packages: readonly InstalledPackage[]): Finding[] {
  const findings = packages.flatMap(({ name, folder, manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies }).flatMap(([needed, range]) => {
      if (range.startsWith('workspace:') || !packages.some((own) => own.name === needed)) return [];
      const place = folderOf(needed, folder);
      const version = place === undefined ? undefined : manifestOf(place)?.version;
      if (version === undefined)
        return [
          error(
            'versions',
            `${name} needs ${needed} ${range}, which is not installed`,
            `npm install ${needed}@"${range}"`,
          ),
        ];
      return satisfies(version, range)
        ? []
        : [
            error(
              'versions',
              `${name} needs ${needed} ${range}, but ${version} is installed`,
              `npm install ${needed}@"${range}", or a newer ${name}`,
            ),
          ];
    }),
  );
  return findings.length > 0
    ? findings
    : [ok('versions', `${packages.length} packages of Wizamart fit each other`)];
}

/** One copy of each library that must be the same for all. */
export function checkDuplicates(packages: readonly InstalledPackage[]): Finding[] {
  const findings = SINGLE.flatMap((name) => {
    const copies = new Map<string, string[]>();
    for (const { name: user, folder, manifest } of packages) {
      if (!(name in { ...manifest.dependencies, ...manifest.peerDependencies })) continue;
      const place = folderOf(name, folder);
      if (place) copies.set(realpathSync(place), [...(copies.get(realpathSync(place)) ?? []), user]);
    }
    if (copies.size < 2) return [];
    const list = [...copies].map(
      ([place, users]) => `${manifestOf(place)?.version} for ${users.join(', ')} (${place})`,
    );
    return [
      error(
        'duplicates',
        `${name} is there ${copies.size} times: ${list.join('; ')}`,
        name === '@wizamart/core'
          ? 'let plugins name it under peerDependencies, then: npm dedupe'
          : `take it from @wizamart/core instead of naming ${name} yourself, then: npm dedupe`,
      ),
    ];
  });
  return findings.length > 0
    ? findings
    : [ok('duplicates', `one copy each of ${SINGLE.length} shared libraries`)];
}

/** A plugin that brings its own core would run beside the host's. */
export function checkPeers(packages: readonly InstalledPackage[]): Finding[] {
  return packages
    .filter(({ name, manifest }) => /(^|\/)plugin-/.test(name) && manifest.dependencies?.['@wizamart/core'])
    .map(({ name }) =>
      warning(
        'peers',
        `${name} names @wizamart/core under dependencies`,
        'move it to peerDependencies: the host brings it',
      ),
    );
}

/** Whether a version lies in a range of the plain kinds: *, 1.2.3, ^1.2.3, ~1.2.3, >=1.2.3; several by `||`. Others count as met. */
export function satisfies(version: string, range: string): boolean {
  return range.split('||').some((part) => {
    const [, sign, wanted] = /^\s*(\^|~|>=|)\s*v?(\d+(?:\.\d+){0,2})/.exec(part) ?? [];
    if (wanted === undefined) return true;
    const have = numbers(version);
    const want = numbers(wanted);
    const atLeast = compare(have, want) >= 0;
    if (sign === '>=') return atLeast;
    if (sign === '~') return atLeast && have[0] === want[0] && have[1] === want[1];
    if (sign === '^') {
      const fixed = want.findIndex((number) => number !== 0);
      return atLeast && have.slice(0, Math.max(fixed, 0) + 1).every((number, i) => number === want[i]);
    }
    return compare(have.slice(0, wanted.split('.').length), want.slice(0, wanted.split('.').length)) === 0;
  });
}

const numbers = (version: string): number[] =>
  [...version.replace(/-.*/, '').split('.').map(Number), 0, 0].slice(0, 3);
const compare = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((number, i) => number !== b[i]);
  return at === -1 ? 0 : (a[at] as number) - (b[at] as number);
};
