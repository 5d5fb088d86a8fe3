import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@wizamart/core/testing';

const own = fileURLToPath(new URL('.', import.meta.url));
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const hostSource = (text: string): string => `
import { defineHost, definePlugin, defineRoute, raw, THEME_PRESETS } from '@wizamart/core';
const hello = definePlugin({
  code: 'hello', name: 'Hello', description: 'Says hello.',
  routes: () => [defineRoute({ method: 'GET', path: '/hello', surface: 'platform', kind: 'page', access: 'public', handle: () => raw(${text}) })],
});
export default defineHost({ code: 'shed', name: 'Shed', domain: 'shed.lu', plugins: [hello], modules: { on: ['hello'] }, theme: THEME_PRESETS.modern });
`;

describe('wizamart dev [module:core]', function () {
  this.timeout(180_000);
  let folder: string;
  let data: string;
  let dev: ChildProcess;
  let said = '';
  let page: string;

  before(async () => {
    // Below this folder, so that the packages of the workspace are found.
    folder = mkdtempSync(path.join(own, '.dev-'));
    data = mkdtempSync(path.join(os.tmpdir(), 'wizamart-dev-'));
    chmodSync(data, 0o755);
    mkdirSync(path.join(folder, 'src'));
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({
        name: 'shed',
        type: 'module',
        wizamart: { hosts: ['.'] },
        exports: { '.': { source: './src/index.ts', default: './dist/index.js' } },
        dependencies: { '@wizamart/core': '*' },
      }),
    );
    writeFileSync(path.join(folder, 'src/index.ts'), hostSource("'one'"));
    const port = await freePort();
    page = `http://localhost:${port}/platforms/shed/hello`;
    // On an embedded server of their own, whatever database the tests run on.
    const { NODE_ENV: _test, DATABASE_URL: _url, DATABASE_OWNER_URL: _owner, ...environment } = process.env;
    dev = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx/esm'), '--conditions=source', main, 'dev'],
      {
        cwd: folder,
        env: { ...environment, PORT: String(port), WIZAMART_DATA: data, WIZAMART_DEMO: 'false' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [dev.stdout, dev.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
  });
  after(async () => {
    if (dev.exitCode === null) {
      const ended = new Promise((resolve) => dev.once('exit', resolve));
      dev.kill('SIGTERM');
      await ended;
    }
    for (const place of [folder, data]) rmSync(place, { recursive: true, force: true });
  });
  const answers = (text: string): Promise<unknown> =>
    eventually(async () => (await (await fetch(page)).text()).includes(text), 120_000).catch(
      (error: unknown) => {
        throw new Error(said, { cause: error });
      },
    );
  const change = (text: string): void => {
    writeFileSync(path.join(folder, 'src/index.ts'), hostSource(text));
  };

  it('serves from the sources', async () => {
    await answers('one');
    assert.match(said, /Wizamart is ready/);
  });

  it('serves what was changed, and says which file it was', async () => {
    change("'two'");
    await answers('two');
    assert.match(said, /changed: src\/index\.ts/);
  });

  it('says what is wrong with a source and goes on when it is mended', async () => {
    change("'three");
    // The words and the report come on two streams.
    await eventually(
      () => said.includes('waiting for a change') && said.includes('Unterminated string'),
      120_000,
    );
    change("'four'");
    await answers('four');
  });

  it('leaves nothing running when it is stopped', async () => {
    const ended = new Promise((resolve) => dev.once('exit', resolve));
    dev.kill('SIGTERM');
    assert.equal(await ended, 0);
    await assert.rejects(fetch(page));
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
