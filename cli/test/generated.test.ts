import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addHost, addReference } from '../src/scaffold/joinWorkspace.js';
import { namesOf } from '../src/scaffold/names.js';
import { writeScaffold } from '../src/scaffold/writeScaffold.js';

const own = fileURLToPath(new URL('.', import.meta.url));
const workspace = fileURLToPath(new URL('../../', import.meta.url));

describe('what wizamart new makes [module:core]', function () {
  this.timeout(180_000);
  let folder: string;
  // Below this folder, so that the packages of the workspace are found.
  beforeEach(() => {
    folder = mkdtempSync(path.join(own, '.new-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('a plugin that keeps the contract and whose own tests pass', async () => {
    const place = path.join(folder, 'gift-cards');
    const files = writeScaffold(['plugin'], place, namesOf('gift-cards', '@wizamart/plugin-gift-cards'));
    for (const file of [
      'package.json',
      'README.md',
      'src/models/EntryRow.ts',
      'templates/entries.hbs',
      'locales/lb.json',
      'test/contract.test.ts',
    ])
      assert.ok(files.includes(file), file);
    for (const file of files)
      assert.doesNotMatch(readFileSync(path.join(place, file), 'utf8') + file, /__\w+__/, file);
    const { NODE_ENV: _test, ...environment } = process.env;
    const mocha = path.join(
      path.dirname(createRequire(import.meta.url).resolve('mocha/package.json')),
      'bin/mocha.js',
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [mocha, '--reporter', 'json', `${place}/test/*.test.ts`],
      { cwd: workspace, env: environment, maxBuffer: 64 * 1024 * 1024 },
    ).catch((error: unknown) => error as { stdout: string });
    const { stats, failures } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      stats: { passes: number };
      failures: object[];
    };
    assert.deepEqual(failures, []);
    assert.ok(stats.passes > 10);
  });

  it('a package that is a member of the workspace, once', () => {
    const before = {
      tsconfig: readFileSync(path.join(workspace, 'tsconfig.json'), 'utf8'),
      tests: readFileSync(path.join(workspace, 'tsconfig.tests.json'), 'utf8'),
    };
    writeFileSync(path.join(folder, 'tsconfig.json'), before.tsconfig);
    writeFileSync(path.join(folder, 'tsconfig.tests.json'), before.tests);
    writeFileSync(path.join(folder, 'package.json'), readFileSync(path.join(workspace, 'package.json')));
    for (let i = 0; i < 2; i++) {
      addReference(folder, 'hosts/bazaar');
      addHost(folder, '@wizamart/host-bazaar');
    }
    for (const file of ['tsconfig.json', 'tsconfig.tests.json']) {
      const { references } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as {
        references: { path: string }[];
      };
      assert.equal(references.filter((reference) => reference.path === './hosts/bazaar').length, 1, file);
    }
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      wizamart: { hosts: string[] };
      dependencies: Record<string, string>;
    };
    assert.equal(manifest.wizamart.hosts.filter((name) => name === '@wizamart/host-bazaar').length, 1);
    assert.equal(manifest.dependencies['@wizamart/host-bazaar'], 'workspace:*');
  });

  it('nothing where something is already', () => {
    writeFileSync(path.join(folder, 'mine.txt'), 'kept');
    assert.throws(() => writeScaffold(['host'], folder, namesOf('bazaar', 'x')), /is not empty/);
    assert.equal(readFileSync(path.join(folder, 'mine.txt'), 'utf8'), 'kept');
  });
});
