// Libraries that become part of a package's bundle, and whose words of licence go with it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readJson, root } from './workspace.mjs';

/** Hundreds of small files that every start would look up, read and compile one by one. */
const BUNDLED = {
  core: [
    '@fastify/busboy',
    '@koa/router',
    'awilix',
    'handlebars',
    'knex',
    'koa',
    'koa-compress',
    'lru-cache',
    'objection',
    'zod',
  ],
};
/** Asked for by the above where they are there: drivers of other databases, and source maps of templates. */
const OPTIONAL = [
  'better-sqlite3',
  'mariadb',
  'mysql',
  'mysql2',
  'oracledb',
  'pg-native',
  'pg-query-stream',
  'source-map',
  'sqlite3',
  'tedious',
];
/** CommonJS asks for parts of Node by `require`, which modules do not have. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** What tsup is to do about the libraries that a package imports. */
export function librariesOf(directory) {
  const bundled = BUNDLED[directory];
  if (!bundled) return { skipNodeModulesBundle: true };
  const { dependencies, optionalDependencies } = readJson(path.join(root, directory, 'package.json'));
  const others = Object.keys({ ...dependencies, ...optionalDependencies });
  return {
    noExternal: bundled,
    external: [...OPTIONAL, ...others.filter((name) => !bundled.includes(name))].flatMap((name) => [
      name,
      new RegExp(`^${name}/`),
    ]),
    banner: { js: REQUIRE },
  };
}

/** The licences of all libraries that files of a bundle come from; '' where there are none. */
export function licencesOf(files) {
  const folders = new Set(files.map(packageOf).filter((folder) => folder !== undefined));
  return [...folders].map(licenceOf).sort().join('\n');
}

function packageOf(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function licenceOf(folder) {
  const place = path.resolve(root, folder);
  const { name, version, license } = readJson(path.join(place, 'package.json'));
  const file = existsSync(place) ? readdirSync(place).find((each) => /^licen[cs]e/i.test(each)) : undefined;
  const text = file ? readFileSync(path.join(place, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text}\n\n${'-'.repeat(80)}`;
}
