// Libraries that become part of a package's bundle, and whose words of licence go with it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
/** Parts of the above that nobody here can reach, and what stands in their place. */
const LEFT_OUT = [
  // Dialects of other databases, of which the database's own code knows nothing.
  {
    file: /[\\/]knex[\\/]lib[\\/]dialects[\\/](better-sqlite3|cockroachdb|mariadb|mssql|mysql2?|oracle(db)?|pgnative|redshift|sqlite3)[\\/]/,
    contents: "throw new Error('only the dialect for PostgreSQL is part of this bundle');",
  },
  // Messages in fifty languages: what is said of wrong input comes from our own dictionaries.
  {
    file: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/,
    contents: "export { default as en } from './en.js';",
  },
  // Finds modules in folders, which no plugin is found by.
  {
    file: /[\\/]fast-glob[\\/]out[\\/]index\.js$/,
    contents:
      "module.exports = { sync() { throw new Error('loading modules by pattern is not part of this bundle'); } };",
  },
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

/** An esbuild plugin: what is never reached is not read, compiled and kept at every start. */
export const leaveOut = {
  name: 'leave-out',
  setup(esbuild) {
    for (const { file, contents } of LEFT_OUT)
      esbuild.onLoad({ filter: file }, ({ path: place }) => ({
        contents,
        loader: 'js',
        resolveDir: path.dirname(place),
      }));
    // Two versions of one big table are asked for: koa's serves both.
    const table = ['koa', 'mime-types', 'mime-db'].reduce(
      (from, name) => createRequire(from).resolve(name),
      path.join(root, 'core/package.json'),
    );
    esbuild.onResolve({ filter: /^mime-db$/ }, () => ({ path: table }));
  },
};

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
