import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

describe('staleness of bundles', () => {
  let base: string;
  let staleness: typeof import('./staleness.mjs');

  beforeEach(async () => {
    base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wizamart-staleness-')));
    // The scripts work on the checkout that they lie in: a copy of them makes the folder one.
    for (const script of ['staleness.mjs', 'workspace.mjs']) {
      fs.cpSync(new URL(script, import.meta.url), path.join(base, 'scripts/lib', script));
    }
    for (const file of [
      'pnpm-lock.yaml',
      'tsconfig.base.json',
      'scripts/build.mjs',
      'scripts/lib/libraries.mjs',
    ])
      write(file, '');
    for (const directory of ['core', 'plugins/cms']) {
      write(`${directory}/package.json`, '{}');
      write(`${directory}/src/index.ts`, 'export {};');
    }
    staleness = await import(pathToFileURL(path.join(base, 'scripts/lib/staleness.mjs')).href);
    for (const directory of ['core', 'plugins/cms']) build(directory);
  });

  afterEach(() => fs.rmSync(base, { recursive: true }));

  function write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
    fs.writeFileSync(path.join(base, file), text);
  }

  function build(directory: string): void {
    write(`${directory}/dist/index.js`, '');
    staleness.markBuilt(directory, staleness.inputsOf(directory), ['dist/index.js']);
  }

  it('finds nothing to do after a build', () => {
    assert.deepEqual(staleness.stalePackages(), []);
  });

  for (const [what, change] of [
    ['a source changed', () => write('core/src/index.ts', 'export const changed = 1;')],
    ['a source was added', () => write('core/src/deep/below/more.ts', '')],
    ['a source was removed', () => fs.rmSync(path.join(base, 'core/src/index.ts'))],
    ['its package.json changed', () => write('core/package.json', '{"type":"module"}')],
    ['a file of the bundle is gone', () => fs.rmSync(path.join(base, 'core/dist/index.js'))],
  ] as const) {
    it(`builds the one package when ${what}`, () => {
      change();
      assert.deepEqual(staleness.stalePackages(), ['core']);
    });
  }

  it('builds every package when the lockfile changed', () => {
    write('pnpm-lock.yaml', 'changed: true');
    assert.deepEqual(staleness.stalePackages(), ['core', 'plugins/cms']);
  });

  it('builds nothing when only a test changed', () => {
    write('core/src/index.test.ts', '');
    assert.deepEqual(staleness.stalePackages(), []);
  });
});
