import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import * as packaged from '@wizamart/templates';
import fc from 'fast-check';
import type { AssetStore } from './AssetStore.js';
import type { IconSet } from './IconSet.js';
import { makeHelpers } from './helpers/makeHelpers.js';
import { TemplateFiles } from './TemplateFiles.js';
import type { Helper } from './helpers/helper.js';
import { each, unless, using, when } from './helpers/blocks.js';
import { concat, eq, or } from './helpers/logic.js';
import { drawnByHandlebars, drawnByUs, outcome, type TemplateWorld } from './handlebarsRuntime.fixture.js';

const HELPERS = { each, if: when, unless, with: using, concat, eq, or } as unknown as Readonly<
  Record<string, Helper>
>;
const PARTIALS = {
  small: '[{{a}}]',
  boxed: '<p>{{> @partial-block}}</p>',
  nested: '{{#> boxed}}<i>{{> @partial-block}}</i>{{/boxed}}',
  loose: '({{#if x}}{{x}}{{else}}-{{/if}}{{> small x=1 a=a}})',
  given: '{{#each this}}{{@key}}={{this}};{{/each}}',
};

const worldOf = (source: string): TemplateWorld => ({
  helpers: HELPERS,
  ownerOf: () => 'core',
  templates: new Map(
    Object.entries({ ...PARTIALS, page: source }).map(([name, text]) => [
      name,
      { name, plugin: 'core', file: `${name}.hbs`, source: text },
    ]),
  ),
});

const PATHS = [
  ...[
    'a',
    'b',
    'this',
    'this.a',
    'obj',
    'obj.a',
    'obj.deep.b',
    'list',
    'list.[0]',
    'list.length',
    'rows',
    'zero',
  ],
  ...[
    'empty',
    'none',
    'missing',
    'obj.missing',
    'none.a',
    '../a',
    '../b',
    '../../a',
    '../obj.a',
    'item',
    'item.a',
  ],
  ...['number', '@index', '@key', '@first', '@last', '@../index', '@root.a', '@root.missing', '@nowhere'],
  ...[
    'constructor',
    '__proto__',
    'toString',
    'obj.constructor',
    'obj.hasOwnProperty',
    'obj.__proto__',
    'a.length',
  ],
  ...['kind.own', 'kind.inherited', 'bare.a', 'bare.toString', 'danger'],
];
class Kind {
  own = 'own';
  get inherited(): string {
    return 'of the prototype';
  }
}
const CONTEXT = {
  ...{ a: 'A', b: 'B', zero: 0, empty: '', none: null, danger: '<"&\'`=>' },
  obj: { a: 'oa', deep: { b: 'odb' }, missingNot: 1 },
  list: ['x', { a: 'la' }, null, 3],
  rows: [
    { a: 'r1', obj: { a: 'r1o' } },
    { a: 'r2', list: [] },
  ],
  kind: new Kind(),
  bare: Object.assign(Object.create(null) as object, { a: 'bare' }),
};

const path = fc.constantFrom(...PATHS);
const tilde = fc.constantFrom('', '', '', '~');
const text = fc.constantFrom('x', ' ', '\n   ', ' <b> ', '&', '', '\n\n y ');
const value = fc.oneof(
  { weight: 4, arbitrary: path },
  fc.constantFrom("'lit'", '1', 'true', 'null', 'undefined'),
  fc.tuple(path, path).map(([one, other]) => `(or ${one} ${other})`),
  path.map((one) => `(eq ${one} 'A')`),
);
const shut = (left: string, right: string, inner: string): string => `{{${left}${inner}${right}}}`;

const { source } = fc.letrec<{ source: string; piece: string }>((tie) => ({
  source: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.tuple(tilde, tilde, path).map(([left, right, one]) => shut(left, right, one)),
    value.map((one) => `{{concat ${one} '!'}}`),
    fc
      .tuple(
        tilde,
        tilde,
        value,
        tie('source'),
        tie('source'),
        fc.constantFrom('each', 'if', 'unless', 'with'),
      )
      .map(
        ([left, right, one, yes, no, block]) =>
          `${shut(left, right, `#${block} ${one}`)}${yes}${shut(right, left, 'else')}${no}${shut(left, right, `/${block}`)}`,
      ),
    fc
      .tuple(value, value, tie('source'), tie('source'))
      .map(([one, other, yes, no]) => `{{#if ${one}}}${yes}{{else if ${other}}}${no}{{else}}z{{/if}}`),
    fc.tuple(path, tie('source')).map(([one, inner]) => `{{#if ${one} includeZero=true}}${inner}{{/if}}`),
    fc.tuple(path, tie('source')).map(([one, inner]) => `{{#each ${one} as |item number|}}${inner}{{/each}}`),
    fc.tuple(path, tie('source')).map(([one, inner]) => `{{#with ${one} as |item|}}${inner}{{/with}}`),
    fc.constantFrom('small', 'loose', 'given', 'nowhere', '@partial-block').map((name) => `{{> ${name}}}`),
    fc
      .tuple(fc.constantFrom('small', 'loose', 'given'), path, value)
      .map(([name, one, other]) => `{{> ${name} ${one} x=${other}}}`),
    value.map((one) => `{{> small a=${one}}}`),
    fc.constantFrom("{{> (concat 'sm' 'all') a=1}}", "{{> (concat 'no' 'where')}}"),
    fc
      .tuple(fc.constantFrom('boxed', 'nested', 'nowhere', 'small'), tie('source'))
      .map(([name, inner]) => `{{#> ${name} a='h'}}${inner}{{/${name}}}`),
    fc
      .tuple(fc.constantFrom('boxed', 'nested'), path, tie('source'))
      .map(([name, one, inner]) => `{{#> ${name} ${one}}}${inner}{{/${name}}}`),
  ),
}));

const folder = (name: string): URL => new URL(`../../../${name}/`, import.meta.url);
const withTemplates = ['plugins', 'hosts'].flatMap((kind) =>
  readdirSync(folder(kind))
    .filter((code) => existsSync(new URL(`${code}/templates`, folder(kind))))
    .map((code) => [code, new URL(`${code}/templates/`, folder(kind))] as const),
);
const folders = {
  plugins: new Map([['core', packaged.pages] as const, ...withTemplates]),
  layouts: packaged.layouts,
  partials: packaged.partials,
};

/** Every template of every package: their pages, mails, partials and layouts. */
function allTemplates(): TemplateWorld {
  const files = new TemplateFiles(folders);
  const known = [...files.shared(), ...files.partials()];
  const blocks = new Set(known.map(({ name }) => name).filter((name) => name.startsWith('blocks/')));
  const assets = { url: () => '/asset', has: () => true } as unknown as AssetStore;
  const icons = { has: () => true, svg: () => '<svg/>', symbol: () => '<svg/>' } as unknown as IconSet;
  const helpers = makeHelpers(icons, assets, blocks, (name) => `drawn alone: ${name}`);
  // What helpers make of values is their own tests'; here it counts what they are given.
  const plain = Object.entries(helpers).map(([name, helper]) =>
    STRUCTURE.has(name) ? ([name, helper] as const) : ([name, said(name)] as const),
  );
  return {
    helpers: Object.fromEntries(plain),
    ownerOf: files.ownerOf,
    templates: new Map(known.map((file) => [file.name, { ...file, source: files.read(file) }])),
  };
}
const SEEDS = 6;
const STRUCTURE = new Set([
  'each',
  'if',
  'unless',
  'with',
  'eq',
  'ne',
  'and',
  'or',
  'not',
  'nth',
  'list',
  'object',
  'attr',
]);
const said =
  (name: string): Helper =>
  (...given: unknown[]) => {
    const call = given.pop() as { hash: object; fn?: (context: unknown) => string };
    return `${name}(${given.map((one) => inWords(one)).join()} ${Object.entries(call.hash)
      .map(([key, one]) => `${key}=${inWords(one)}`)
      .join()})`;
  };
const inWords = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.length}]`
    : typeof value === 'object' && value !== null
      ? '{}'
      : String(value);

/** A view that has every field: a list, nothing, a truth or something with fields of its own, by name and number. */
function anyView(path: string, seed: number, depth = 0): object {
  const kept = new Map<string, unknown>();
  const field = (name: string): unknown => {
    if (!kept.has(name)) kept.set(name, valueAt(`${path}.${name}`, seed, depth + 1));
    return kept.get(name);
  };
  return new Proxy(
    {},
    {
      has: () => true,
      get: (_, name) =>
        typeof name === 'symbol' || name === 'toHTML'
          ? undefined
          : name === 'toString'
            ? () => `<${path}>`
            : field(name),
      getOwnPropertyDescriptor: (_, name) => ({
        configurable: true,
        enumerable: true,
        value: field(String(name)),
      }),
    },
  );
}

function valueAt(path: string, seed: number, depth: number): unknown {
  const chance = createHash('sha1').update(`${path} ${seed}`).digest().readUInt8(0);
  const isList = /s$|items|list|tree/i.test(path.slice(path.lastIndexOf('.') + 1));
  if (depth > 7) return isList ? [] : chance % 2 === 0 ? 'end' : null;
  if (isList && chance < 200)
    return Array.from({ length: chance % 3 }, (_, at) => anyView(`${path}[${at}]`, seed, depth));
  if (chance < 30) return null;
  if (chance < 60) return chance % 2 === 0;
  return anyView(path, seed, depth);
}

describe('our runtime of compiled templates [module:core]', () => {
  it('draws what Handlebars’ own draws, byte for byte, and refuses what it refuses', () => {
    let drawn = 0;
    fc.assert(
      fc.property(source, (page) => {
        const world = worldOf(page);
        const data = { root: CONTEXT };
        const ours = outcome(() => drawnByUs(world)('page', CONTEXT, data));
        const theirs = outcome(() => drawnByHandlebars(world)('page', CONTEXT, data));
        assert.equal(ours, theirs, page);
        if (page.length > 40 && ours.startsWith('drawn')) drawn += 1;
      }),
      { numRuns: 1_000 },
    );
    assert.ok(drawn > 25, `only ${drawn} of the longer templates were drawn`);
  });

  it('draws every template of every package as Handlebars does, whatever its view says', () => {
    const world = allTemplates();
    const [ours, theirs] = [drawnByUs(world), drawnByHandlebars(world)];
    const drawn = new Set<string>();
    for (const name of world.templates.keys())
      for (let seed = 0; seed < SEEDS; seed++) {
        const view = anyView('view', seed);
        const data = { root: view, frame: anyView('frame', seed), head: anyView('head', seed) };
        const [mine, reference] = [ours, theirs].map((draw) => outcome(() => draw(name, view, data)));
        assert.equal(mine, reference, `${name}, seed ${seed}`);
        if (mine?.startsWith('drawn')) drawn.add(name);
      }
    const never = [...world.templates.keys()].filter((name) => !drawn.has(name));
    assert.ok(never.length < world.templates.size / 10, `never drawn: ${never.join(' ')}`);
  });
});
