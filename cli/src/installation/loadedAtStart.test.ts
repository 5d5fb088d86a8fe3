import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Each takes tens of milliseconds and megabytes, and is first needed when the port has long answered. */
const LATER = ['diff', 'graphile-worker', 'jsvat', 'nodemailer', 'pdfkit', 's3mini', 'sharp', 'stripe'];

const HOOKS = `import fs from 'node:fs';
export async function resolve(name, context, next) {
  const found = await next(name, context);
  if (found.url.includes('/node_modules/')) fs.writeSync(1, found.url + '\\n');
  return found;
}`;
const REGISTER = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(HOOKS))});`;
const LOAD = `const { loadHosts } = await import(${JSON.stringify(new URL('loadHosts.ts', import.meta.url).href)});
await loadHosts();
const { default: Module } = await import('node:module');
console.log(Object.keys(Module._cache).join('\\n'));
process.exit(0);`;

describe('what is loaded before the port answers [module:core]', () => {
  it('leaves out what only documents, mails, payments, pictures, comparisons and jobs need', async () => {
    const args = ['--import', 'tsx/esm', '--conditions=source', '--import', dataUrl(REGISTER)];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...args, '--input-type=module', '-e', LOAD],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
    );
    const loaded = new Set(stdout.split('\n').map(packageOf));
    assert.ok(loaded.has('knex') && loaded.has('zod'), 'nothing was seen of what is loaded');
    assert.deepEqual(
      LATER.filter((name) => loaded.has(name)),
      [],
    );
  });
});

const packageOf = (file: string): string | undefined =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file.split(path.sep).join('/'))?.[1];

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
