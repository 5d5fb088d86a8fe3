import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { assets } from '@wizamart/templates';
import { AssetStore } from './AssetStore.js';
import { testFrame, testRenderer } from './render.fixture.js';

const package_ = fileURLToPath(new URL('..', assets));
const textOf = (file: string): string => readFileSync(path.join(package_, file), 'utf8');

/** Rules with declarations: blocks that are no at-rule. */
function rulesIn(css: string): number {
  const withoutComments = css.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/"[^"]*"|'[^']*'/g, '""');
  return [...withoutComments.matchAll(/([^{};]*)\{/g)].filter(([, head = '']) => !head.trim().startsWith('@'))
    .length;
}

describe('Styles and scripts of the dashboards [module:core]', () => {
  it('are what compiling them gives: npm start needs no compiler', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'styles-'));
    const compiled = path.join(folder, 'app.css');
    const command = path.join(package_, 'node_modules/.bin/tailwindcss');
    try {
      execFileSync(command, ['-i', 'styles/app.css', '-o', compiled, '--minify'], {
        cwd: package_,
        stdio: 'pipe',
      });
      assert.ok(
        readFileSync(compiled).equals(readFileSync(new URL('app.css', assets))),
        'templates/assets/app.css is out of date: npm run styles',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  it('have at most 150 rules of our own', () => {
    const count = rulesIn(textOf('styles/own.css'));
    assert.ok(count > 50 && count <= 150, `${count} rules`);
  });
  it('name files that are served', () => {
    const store = new AssetStore(new Map([['core', assets]]));
    const named = [...textOf('assets/app.css').matchAll(/url\("?(\.[^)"]+)"?\)/g)].map(
      (match) => match[1] as string,
    );
    assert.ok(named.length > 0);
    for (const file of named)
      assert.ok(store.find(new URL(file, 'http://x/assets/core/app.css').pathname), file);
  });
  it('bring htmx as it is published', () => {
    const published = path.join(package_, 'node_modules/htmx.org/dist/htmx.min.js');
    assert.ok(readFileSync(published).equals(readFileSync(new URL('htmx.min.js', assets))));
  });
  it('have scripts below 2 kB each, without eval', () => {
    const scripts = readdirSync(assets).filter((file) => file.endsWith('.js') && file !== 'htmx.min.js');
    assert.ok(scripts.length >= 7, scripts.join());
    for (const script of scripts) {
      const text = readFileSync(new URL(script, assets), 'utf8');
      assert.ok(Buffer.byteLength(text) < 2048, `${script}: ${Buffer.byteLength(text)} bytes`);
      assert.doesNotMatch(text, /\beval\(|new Function|innerHTML|\.style\b/);
    }
  });
  it('take at most 60 kB of an administration page, compressed', () => {
    const { renderer, remove } = testRenderer({ 'shop/page.hbs': '<h1>x</h1>' });
    const html = renderer.render('shop/page', { frame: testFrame({ surface: 'admin' }), data: {} });
    remove();
    const store = new AssetStore(new Map([['core', assets]]));
    const addresses = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(
      (match) => match[1] as string,
    );
    assert.ok(addresses.length >= 9, addresses.join());
    const bytes = addresses
      .map((address) => gzipSync(store.find(address)?.body ?? assert.fail(address), { level: 9 }).length)
      .reduce((sum, size) => sum + size, 0);
    assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
  });
});
