import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually } from '@wizamart/core/testing';
import { guideFiles, writeFiles } from './guideFiles.fixture.js';

const workspace = fileURLToPath(new URL('../../', import.meta.url));
const guide = new URL('../../docs/guides/plugin.md', import.meta.url);

/** What npm tells the programmes it runs would mislead those that we run. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_(lifecycle|package|command)|NODE_ENV|DATABASE_|WIZAMART_|NODE_OPTIONS)/i.test(name),
  ),
);
const run = async (command: string, args: readonly string[], cwd: string): Promise<string> => {
  const { stdout } = await promisify(execFile)(command, [...args], {
    cwd,
    env: environment,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: unknown) => {
    const { stdout: out = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(
      `${command} ${args.join(' ')} failed in ${cwd}\n${out.slice(-4000)}\n${stderr.slice(-4000)}`,
      { cause: error },
    );
  });
  return stdout;
};

describe('packages outside the workspace [module:core]', function () {
  this.timeout(600_000);
  let folder: string;
  let packs: string;
  let app: ChildProcess | undefined;
  let root: string;
  const tarball = (name: string): string =>
    path.join(packs, readdirSync(packs).find((file) => file.startsWith(name)) as string);

  before(async () => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'wizamart-outside-')));
    // The user of the database must get in.
    chmodSync(folder, 0o755);
    packs = path.join(folder, 'packs');
    mkdirSync(packs);
    await run('node', ['scripts/build.mjs'], workspace);
    for (const directory of ['core', 'cli', 'templates', 'plugins/cms']) {
      await run(
        'npx',
        ['-y', 'pnpm@12.21.0', 'pack', '--pack-destination', packs],
        path.join(workspace, directory),
      );
    }
  });
  after(async () => {
    if (app && app.exitCode === null) {
      const ended = new Promise((resolve) => app?.once('exit', resolve));
      app.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('packs no protocol of the workspace, and no entry for sources that are not there', async () => {
    for (const name of readdirSync(packs)) {
      const manifest = await run('tar', ['-xOf', path.join(packs, name), 'package/package.json'], packs);
      assert.doesNotMatch(manifest, /workspace:|"source"/, name);
    }
  });

  it('a plugin that is written by following the guide keeps the contract', async () => {
    const plugin = path.join(folder, 'greetings');
    writeFiles(plugin, guideFiles(guide));
    await install(plugin, [tarball('wizamart-core'), tarball('wizamart-templates')], '--save-dev');
    // npm wrote where the packages came from; the guide says what a plugin publishes.
    writeFileSync(path.join(plugin, 'package.json'), guideFiles(guide).get('package.json') as string);
    const output = await run('npm', ['test'], plugin);
    assert.match(output, /passing/);
    assert.doesNotMatch(output, /failing/);
  });

  it('is packed with npm and has types, templates and texts in it', async () => {
    await run('npm', ['pack', '--pack-destination', packs], path.join(folder, 'greetings'));
    const files = await run('tar', ['-tf', tarball('plugin-greetings')], packs);
    for (const file of ['dist/index.js', 'dist/index.d.ts', 'templates/list.hbs', 'locales/lb.json'])
      assert.match(files, new RegExp(`package/${file}`));
  });

  it('a generated host compiles with it, and does not when a required service is missing', async () => {
    const tool = path.join(folder, 'tool');
    mkdirSync(tool);
    await install(
      tool,
      ['core', 'templates', 'cli'].map((name) => tarball(`wizamart-${name}`)),
    );
    await run(
      path.join(tool, 'node_modules/.bin/wizamart'),
      ['new', 'host', 'bazaar', '--no-install'],
      folder,
    );
    const host = path.join(folder, 'bazaar');
    await install(
      host,
      ['core', 'templates', 'cli', 'plugin-cms'].map((name) => tarball(`wizamart-${name}`)),
    );
    await install(host, [tarball('plugin-greetings')]);
    const file = path.join(host, 'src/index.ts');
    const source = readFileSync(file, 'utf8')
      .replace('import { cms }', "import { greetings } from 'plugin-greetings';\nimport { cms }")
      .replace('plugins: [cms]', 'plugins: [cms, greetings]')
      .replace("on: ['cms']", "on: ['cms', 'greetings']");
    writeFileSync(file, source.replace("'greetings']", "'greeting']"));
    await assert.rejects(run('npm', ['run', 'build'], host), /greeting/);
    writeFileSync(file, source);
    await run('npm', ['run', 'build'], host);
  });

  it('serves the plugin’s page in two languages, and its API, with its table', async () => {
    const port = await freePort();
    root = `http://localhost:${port}/platforms/bazaar`;
    app = spawn('node', ['node_modules/@wizamart/cli/dist/main.js', 'start'], {
      cwd: path.join(folder, 'bazaar'),
      env: { ...environment, PORT: String(port) },
      stdio: 'ignore',
    });
    await eventually(async () => (await fetch(`${root}/`)).ok, 120_000);
    assert.match(await (await fetch(`${root}/`)).text(), /Welcome to Bazaar/);
    assert.match(await (await fetch(`${root}/greetings`)).text(), /Nobody has said anything yet/);
    assert.match(await (await fetch(`${root}/fr/greetings`)).text(), /Salutations/);

    const { token } = (await json(`${root}/api/v1/admin/auth/login`, {
      email: 'admin@wizamart.example',
      password: 'wizamart-demo',
    })) as { token: string };
    const made = await json(
      `${root}/api/v1/admin/platforms/bazaar/greetings`,
      { text: 'Moien, Bazaar!' },
      token,
    );
    assert.equal(made['text'], 'Moien, Bazaar!');
    assert.match(await (await fetch(`${root}/greetings`)).text(), /Moien, Bazaar!/);
    assert.match(await (await fetch(`${root}/api/docs?q=greeting`)).text(), /Add a greeting/);
  });

  it('is found sound by the doctor', async () => {
    const { findings } = JSON.parse(
      await run(
        'node',
        ['node_modules/@wizamart/cli/dist/main.js', 'doctor', '--json'],
        path.join(folder, 'bazaar'),
      ),
    ) as { findings: { level: string; message: string }[] };
    assert.deepEqual(
      findings.filter(({ level }) => level === 'error'),
      [],
    );
    assert.ok(findings.some(({ message }) => message.includes('greetings')));
  });

  async function install(
    where: string,
    tarballs: readonly string[],
    ...options: readonly string[]
  ): Promise<void> {
    await run(
      'npm',
      ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...options, ...tarballs],
      where,
    );
  }
});

async function json(url: string, body: unknown, token?: string): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  assert.ok(response.ok, JSON.stringify(answer));
  return answer;
}

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
