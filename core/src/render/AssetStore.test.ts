import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { AssetStore } from './AssetStore.js';
import { AssetNotFound } from './errors.js';

describe('AssetStore [module:core]', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assets-'));
  const css = 'a{color:red}'.repeat(200);
  mkdirSync(path.join(folder, 'img'));
  writeFileSync(path.join(folder, 'site.css'), css);
  writeFileSync(path.join(folder, 'img', 'logo.svg'), '<svg/>');
  writeFileSync(path.join(folder, 'secret.pem'), 'key');
  const store = new AssetStore(new Map([['shop', pathToFileURL(folder)]]));

  after(() => rmSync(folder, { recursive: true }));

  it('gives a file an address with its content’s hash, and finds it there', () => {
    const address = store.address('shop', 'site.css');
    assert.match(address, /^\/assets\/shop\/site\.[0-9a-f]{16}\.css$/);
    const asset = store.find(address);
    assert.equal(asset?.body.toString(), css);
    assert.equal(asset.type, 'text/css; charset=utf-8');
    assert.ok(address.includes(asset.etag.slice(1, -1)));
  });

  it('keeps folders in the address', () => {
    assert.match(store.address('shop', 'img/logo.svg'), /^\/assets\/shop\/img\/logo\.[0-9a-f]{16}\.svg$/);
  });

  it('compresses text that is worth it, and only that', () => {
    const { gzip } = store.find(store.address('shop', 'site.css'))!;
    assert.equal(gunzipSync(gzip!).toString(), css);
    assert.equal(store.find(store.address('shop', 'img/logo.svg'))!.gzip, undefined);
  });

  it('serves nothing but the addresses it gave out', () => {
    for (const address of [
      '/assets/shop/site.css',
      '/assets/shop/../../etc/passwd',
      '/assets/shop/%2e%2e/secret.pem',
      '/assets/shop/site.0000000000000000.css',
      '/assets/',
      '',
    ]) {
      assert.equal(store.find(address), undefined, address);
    }
  });

  it('leaves out files of kinds it does not know, and says which file is missing', () => {
    assert.throws(
      () => store.address('shop', 'secret.pem'),
      new AssetNotFound({ plugin: 'shop', file: 'secret.pem' }),
    );
  });
});
