import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkBoundaries, faultsOf } from './boundaries.mjs';

/** A small house without a fault: a host, a plugin, another plugin that it uses, the core. */
const faultless: Record<string, string> = {
  'core/src/index.ts': `export { kernel } from './kernel.js';`,
  'core/src/kernel.ts': `export const kernel = 1;`,
  'plugins/catalog/src/index.ts': `export { kernel as catalog } from '@wizamart/core';`,
  'plugins/cms/src/index.ts': `import { catalog } from '@wizamart/plugin-catalog';\nexport const cms = catalog;`,
  'plugins/cms/src/secret.ts': `export const secret = 1;`,
  'hosts/oms/src/index.ts': `export { cms as oms } from '@wizamart/plugin-cms';`,
  'hosts/main/src/index.ts': `export const main = 1;`,
};

const plantedFaults: [what: string, file: string, text: string, expected: RegExp][] = [
  [
    'a circle',
    'core/src/kernel.ts',
    `import { other } from './other.js';\nexport const kernel = other;\n`,
    /^circle: core\/src\/(kernel|other)\.ts → /,
  ],
  [
    'a circle of types',
    'core/src/kernel.ts',
    `import type { other } from './other.js';\nexport type kernel = typeof other;\n`,
    /^circle: /,
  ],
  [
    'core that imports a plugin',
    'core/src/kernel.ts',
    `export * from '@wizamart/plugin-cms';`,
    /^core-knows-nobody: /,
  ],
  [
    'a plugin that imports a host',
    'plugins/cms/src/index.ts',
    `export * from '@wizamart/host-oms';`,
    /^plugins-know-no-host: /,
  ],
  [
    'a host that imports a host',
    'hosts/oms/src/index.ts',
    `export * from '@wizamart/host-main';`,
    /^hosts-know-no-host: /,
  ],
  [
    'a relative path into another package',
    'plugins/catalog/src/index.ts',
    `export * from '../../cms/src/index.js';`,
    /^by-name-only: /,
  ],
  [
    'the inside of another package',
    'plugins/catalog/src/index.ts',
    `export * from '../../cms/src/secret.js';`,
    /^public-entry-only: /,
  ],
  [
    'the inside by name',
    'hosts/oms/src/index.ts',
    `export * from '@wizamart/plugin-cms/src/secret.js';`,
    /^not-found: /,
  ],
  ['a file that is not there', 'core/src/kernel.ts', `export * from './nowhere.js';`, /^not-found: /],
];

describe('boundary check', () => {
  let base: string;

  beforeEach(() => {
    base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wizamart-boundaries-')));
    for (const [file, text] of Object.entries(faultless)) write(file, text);
    for (const [directory, name] of [
      ['core', 'core'],
      ['plugins/cms', 'plugin-cms'],
      ['plugins/catalog', 'plugin-catalog'],
      ['hosts/oms', 'host-oms'],
      ['hosts/main', 'host-main'],
    ] as const) {
      write(
        `${directory}/package.json`,
        JSON.stringify({ name: `@wizamart/${name}`, exports: { '.': { source: './src/index.ts' } } }),
      );
      fs.mkdirSync(path.join(base, 'node_modules/@wizamart'), { recursive: true });
      fs.symlinkSync(path.join(base, directory), path.join(base, 'node_modules/@wizamart', name));
    }
  });

  afterEach(() => fs.rmSync(base, { recursive: true }));

  function write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
    fs.writeFileSync(path.join(base, file), text);
  }

  it('looks at every source file and finds nothing in a tree without fault', async () => {
    assert.deepEqual(await checkBoundaries(base), { looked: Object.keys(faultless).length, faults: [] });
  });

  for (const [what, file, text, expected] of plantedFaults) {
    it(`catches ${what}`, async () => {
      if (what.startsWith('a circle'))
        write(
          'core/src/other.ts',
          `import type { kernel } from './kernel.js';\nexport const other = 1 as kernel;`,
        );
      write(file, text);
      const { faults } = await checkBoundaries(base);
      assert.ok(
        faults.some((fault: string) => expected.test(fault)),
        `not among: ${faults.join('; ')}`,
      );
    });
  }

  it('counts a file that it did not see as a fault', () => {
    const nothing = { summary: { violations: [] } };
    assert.deepEqual(faultsOf(nothing, ['core/src/index.ts'], ['core/src/index.ts', 'core/src/kernel.ts']), [
      'not-looked-at: core/src/kernel.ts',
    ]);
    assert.equal(faultsOf(nothing, [], []).length, 1);
  });
});
