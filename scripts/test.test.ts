import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

describe('npm test', () => {
  let directory: string;

  before(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'wizamart-test-'));
    fs.writeFileSync(path.join(directory, 'package.json'), '{"type":"module"}');
    write('green', [
      test('[module:cms] [surface:store]', 'cms in the store'),
      test('[module:cms] [surface:admin]', 'cms for admins'),
      test('[module:billing] [surface:admin]', 'billing for admins'),
      test('', 'of no module'),
    ]);
    write('red', [`it('fails', () => { throw new Error('on purpose'); });`]);
  });

  after(() => fs.rmSync(directory, { recursive: true }));

  const test = (tags: string, title: string) =>
    `describe('things ${tags}', () => { it('${title}', () => {}); });`;

  function write(name: string, lines: string[]): void {
    fs.writeFileSync(path.join(directory, `${name}.test.ts`), lines.join('\n'));
  }

  function run(
    name: string,
    ...options: string[]
  ): { status: number | null; passed: string[]; errors: string } {
    const script = fileURLToPath(new URL('./test.mjs', import.meta.url));
    const file = path.join(directory, `${name}.test.ts`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options, file], {
      encoding: 'utf8',
    });
    return {
      status,
      passed: [...stdout.matchAll(/✔ (.*?)(?: \(\d+ms\))?$/gm)].map(([, title]) => title!),
      errors: stderr,
    };
  }

  it('runs every test of a file and ends with 0', () => {
    const { status, passed } = run('green');
    assert.deepEqual([status, passed.length], [0, 4]);
  });

  it('ends with an error when a test fails', () => {
    assert.equal(run('red').status, 1);
  });

  it('runs only the tests that carry the module and the surface', () => {
    assert.deepEqual(run('green', '--module', 'cms', '--surface', 'admin').passed, ['cms for admins']);
  });

  it('takes a repeated option as one of several', () => {
    const { passed } = run('green', '--module=cms', '--module=billing', '--surface=admin');
    assert.deepEqual(passed, ['cms for admins', 'billing for admins']);
  });

  it('refuses a tag that no test carries and names those that exist', () => {
    const { status, passed, errors } = run('green', '--module', 'cmss');
    assert.deepEqual([status, passed], [2, []]);
    assert.match(
      errors,
      /No test carries module:cmss\. Known: module:billing, module:cms, surface:admin, surface:store\./,
    );
  });

  it('fails when known tags select nothing together', () => {
    assert.notEqual(run('green', '--module', 'billing', '--surface', 'store').status, 0);
  });

  it('hands other options to mocha', () => {
    assert.deepEqual(run('green', '--grep', 'no module').passed, ['of no module']);
  });
});
