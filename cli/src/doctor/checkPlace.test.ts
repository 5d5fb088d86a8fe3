import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig, type Config } from '@wizamart/core/server';
import { definePlugin, defineService, THEME_PRESETS, type Host } from '@wizamart/core';
import { checkComposition } from './checkComposition.js';
import { checkDomains } from './checkDomains.js';
import { checkChromium, checkDataFolder, checkSecret } from './checkPlace.js';

describe('what the doctor says of the place [module:core]', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'wizamart-place-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const config = (change: Partial<Config> = {}): Config => ({
    ...readConfig({ WIZAMART_DATA: folder }),
    ...change,
  });

  it('finds a key for secrets that others can read', () => {
    writeFileSync(path.join(folder, 'secret'), 'x', { mode: 0o600 });
    assert.equal(checkDataFolder(config())[0]?.level, 'ok');
    chmodSync(path.join(folder, 'secret'), 0o644);
    assert.match(checkDataFolder(config())[0]?.fix ?? '', /chmod 600/);
  });

  it('asks for a secret where nodes share a database', () => {
    assert.equal(checkSecret(config())[0]?.level, 'ok');
    const shared = config({ database: { ...config().database, url: 'postgres://x' } });
    assert.equal(checkSecret(shared)[0]?.level, 'warning');
    assert.equal(checkSecret({ ...shared, secret: Buffer.alloc(32) })[0]?.level, 'ok');
  });

  it('says how to get a Chromium where there is none', () => {
    assert.match(checkChromium(['/nowhere'])[0]?.fix ?? '', /chromium/);
  });

  it('finds a domain without an address, and one without the names below it', async () => {
    const addresses: Record<string, readonly string[]> = {
      'a.lu': ['1.1.1.1'],
      'doctor-looks.a.lu': ['1.1.1.1'],
      'b.lu': ['1.1.1.1'],
    };
    const findings = await checkDomains(
      ['a', 'b', 'c'].map((code) => ({ code, domain: `${code}.lu` })),
      async (name) => addresses[name] ?? [],
    );
    assert.deepEqual(
      findings.map(({ level, message }) => `${level} ${message.split(' (')[0]}`),
      ['ok a.lu and *.a.lu lead to 1.1.1.1', 'warning names below b.lu', 'warning c.lu'],
    );
  });

  it('finds circles and missing services, with the way out', () => {
    const [a, b] = [
      defineService<object>()('aa.one', { major: 1 }),
      defineService<object>()('bb.one', { major: 1 }),
    ];
    const plugin = (code: string, requires: object, provides: object) =>
      definePlugin({
        code,
        name: code,
        description: code,
        requires: requires as never,
        provides: provides as never,
        services: Object.fromEntries(Object.keys(provides).map((name) => [name, () => ({})])) as never,
      });
    const host = (...plugins: object[]): Host =>
      ({
        code: 'h',
        plugins,
        modules: { on: [] },
        tiers: [],
        theme: THEME_PRESETS.modern,
      }) as unknown as Host;
    const circle = checkComposition([
      host(plugin('aa', { other: b }, { one: a }), plugin('bb', { other: a }, { one: b })),
    ]);
    assert.deepEqual(
      circle.map(({ level, check }) => `${level} ${check}`),
      ['error cycle'],
    );
    assert.match(circle[0]?.message ?? '', /aa → bb → aa/);
    const missing = checkComposition([host(plugin('aa', { other: b }, { one: a }))]);
    assert.match(missing[0]?.fix ?? '', /add the plugin/);
  });
});
