import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { InstalledPackage } from '../installation/packages.js';
import { checkImports } from './checkImports.js';
import { checkDuplicates, checkNode, checkPeers, checkVersions, satisfies } from './checkPackages.js';

describe('what the doctor says of packages [module:core]', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'wizamart-doctor-')));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const write = (file: string, content: string | object): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const own = (folder: string, manifest: object): InstalledPackage => {
    write(`${folder}/package.json`, manifest);
    return { name: `@shop/${folder}`, version: '1.0.0', folder: path.join(root, folder), manifest };
  };
  const faults = (findings: readonly { readonly level: string; readonly message: string }[]): string[] =>
    findings.filter(({ level }) => level !== 'ok').map(({ message }) => message);

  it('tells versions that fit a range from those that do not', () => {
    for (const [version, range, fits] of [
      ['0.1.4', '^0.1.0', true],
      ['0.2.0', '^0.1.0', false],
      ['1.9.0', '^1.2.3', true],
      ['1.2.2', '^1.2.3', false],
      ['2.0.0', '^1.2.3', false],
      ['1.2.9', '~1.2.3', true],
      ['1.3.0', '~1.2.3', false],
      ['20.19.0', '>=20.19', true],
      ['20.18.9', '>=20.19', false],
      ['1.2.3', '1.2.3', true],
      ['1.2.4', '1.2.3', false],
      ['3.0.0', '^1.0.0 || ^3.0.0', true],
      ['5.0.0', '*', true],
      ['0.0.4', '^0.0.3', false],
    ] as const)
      assert.equal(satisfies(version, range), fits, `${version} in ${range}`);
  });

  it('finds a Node that is too old', () => {
    assert.match(
      faults(checkNode([own('a', { engines: { node: '>=99' } })]))[0] as string,
      /needs Node >=99/,
    );
  });

  it('finds two copies of a library that must be one', () => {
    write('a/node_modules/zod/package.json', { version: '4.0.0' });
    write('node_modules/zod/package.json', { version: '4.6.7' });
    const packages = [own('a', { dependencies: { zod: '*' } }), own('b', { dependencies: { zod: '*' } })];
    const [fault] = faults(checkDuplicates(packages));
    assert.match(fault as string, /zod is there 2 times: 4\.0\.0 for @shop\/a .*4\.6\.7 for @shop\/b/);
    rmSync(path.join(root, 'a/node_modules'), { recursive: true });
    assert.deepEqual(faults(checkDuplicates(packages)), []);
  });

  it('finds what is needed in another version, and what is not there', () => {
    write('node_modules/@shop/b/package.json', { version: '2.0.0' });
    const b = own('b', {});
    const packages = [own('a', { peerDependencies: { '@shop/b': '^1.0.0' } }), b];
    assert.match(faults(checkVersions(packages))[0] as string, /needs @shop\/b \^1\.0\.0, but 2\.0\.0/);
    rmSync(path.join(root, 'node_modules'), { recursive: true });
    assert.match(faults(checkVersions(packages))[0] as string, /not installed/);
  });

  it('finds a plugin that brings its own core', () => {
    const plugin = { ...own('plugin-x', { dependencies: { '@wizamart/core': '1.0.0' } }) };
    assert.equal(faults(checkPeers([plugin])).length, 1);
  });

  it('finds imports that a package does not name, and no others', () => {
    const plugin = own('a', { name: '@shop/a', dependencies: { named: '*' } });
    write(
      'a/src/index.ts',
      [
        "import { z } from 'zod';",
        "import fs from 'node:fs';",
        "import path from 'path';",
        "import './local.js';",
        "import type { T } from '@scope/types/deep';",
        "import { a } from 'named/sub';",
        "export { b } from '@shop/a';",
        "// import 'commented';",
        'const text = "import x from";',
        'const lazy = () => import("lazy");',
        "export {\n  several,\n} from 'lines';",
      ].join('\n'),
    );
    write('a/src/only.test.ts', "import 'for-tests';");
    assert.deepEqual(
      faults(checkImports([plugin])).map((fault) => /imports '(.*?)'/.exec(fault)?.[1]),
      ['zod', '@scope/types', 'lazy', 'lines'],
    );
  });
});
