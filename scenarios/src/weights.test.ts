import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { TestAppServer } from '@wizamart/core/testing';
import { openShop } from './world.fixture.js';

/** Most that a page of a storefront may weigh, compressed, in kB of 1,000 bytes. */
const MOST = { html: 25, css: 15, js: 30 } as const;

const PAGES = ['/', '/about', '/opening-hours', '/storefront/', '/nothing-here'];

describe('Pages of a storefront [module:core] [module:cms] [surface:storefront]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await openShop();
  });
  after(() => server.stop());

  for (const path of PAGES) {
    it(`weigh little: ${path}`, async () => {
      const client = server.client({ host: 'acme.oms.lu' });
      const html = (await client.get(path)).html;
      const sum = async (addresses: readonly string[]): Promise<number> => {
        let bytes = 0;
        for (const address of addresses)
          bytes += gzipSync((await client.get(address)).expect(200).body).length;
        return bytes / 1_000;
      };
      const weight = {
        html: gzipSync(html).length / 1_000,
        css: await sum(
          [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, a]) => a as string),
        ),
        js: await sum([...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, a]) => a as string)),
      };
      for (const kind of ['html', 'css', 'js'] as const)
        assert.ok(weight[kind] <= MOST[kind], `${kind} of ${path}: ${weight[kind]} kB`);
      assert.doesNotMatch(html, / style=|<style/, 'nothing inline');
    });
  }

  it('ask for the fonts of the theme before its sheet is read, and for nothing from elsewhere', async () => {
    const client = server.client({ host: 'acme.oms.lu' });
    const html = (await client.get('/')).html;
    const fonts = [...html.matchAll(/<link rel="preload" href="([^"]+)" as="font"/g)].map(
      ([, a]) => a as string,
    );
    assert.ok(fonts.length > 0 && fonts.length <= 2, fonts.join());
    for (const font of fonts)
      assert.equal((await client.get(font)).expect(200).headers['content-type'], 'font/woff2');
    for (const [, address] of html.matchAll(
      /<(?:link rel="(?:stylesheet|preload|icon)" href|script src|img src)="([^"]+)"/g,
    ))
      assert.ok((address as string).startsWith('/'), address);
  });
});
