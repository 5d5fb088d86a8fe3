import assert from 'node:assert/strict';
import type { StoreRecord } from '@wizamart/core';
import { rootOf, startTestServer, type TestAppServer, type TestClient } from '@wizamart/core/testing';
import { cms } from '../src/index.js';

describe('the live preview beside the editor [module:cms] [surface:store]', () => {
  let server: TestAppServer;
  let store: StoreRecord;
  let owner: TestClient;
  before(async () => {
    server = await startTestServer({ plugins: [cms] });
    store = await server.store();
    const user = await server.user({ ownerOf: store.merchant });
    owner = await server.signIn(user, {
      surface: 'store',
      platform: server.platform('test'),
      root: root('page'),
    });
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, []);
  });
  const root = (kind: 'page' | 'api') =>
    rootOf({ surface: 'store', kind, platform: server.platform('test'), store });
  const typed = (more: Record<string, string> = {}): Record<string, string> => ({
    title: 'As typed',
    slug: 'typed',
    placement: 'none',
    position: '100',
    ...more,
  });

  it('shows what was typed as a page of the storefront, sanitised, without what is not whole, and saves nothing', async () => {
    const shown = (
      await owner.post('/content-pages/live', {
        form: typed({
          'body.0.type': 'richText',
          'body.0.html': '<p>Seen<script>alert(1)</script></p>',
          'body.1.type': 'heading',
          'body.1.level': '2',
          'body.1.text': '',
          'body.2.type': 'heading',
          'body.2.level': '2',
          'body.2.text': 'Also seen',
        }),
      })
    ).expect(200);
    assert.match(shown.html, /site--storefront/);
    assert.match(shown.html, /<h1>As typed<\/h1>/);
    assert.match(shown.html, /<p>Seen<\/p>/);
    assert.match(shown.html, /Also seen/);
    assert.doesNotMatch(shown.html, /alert\(1\)/);
    assert.equal(shown.headers['cache-control'], 'no-store');
    const list = (await owner.get('/content-pages')).html;
    assert.doesNotMatch(list, /As typed/);
  });

  it('loads its sheet and leads its links below the dashboard, on the same origin', async () => {
    const { html } = (await owner.post('/content-pages/live', { form: typed() })).expect(200);
    const sheet = /href="([^"]+\/theme\.[0-9a-f]{16}\.css)"/.exec(html)?.[1] ?? assert.fail('no theme');
    assert.ok(sheet.startsWith(`${root('page')}/theme/preview/`), sheet);
    const css = (await server.client().get(sheet)).expect(200).text;
    assert.match(css, /prefers-color-scheme:dark/, 'the theme as visitors have it, with both palettes');
  });

  it('is for editors only', async () => {
    (await server.client({ root: root('page') }).post('/content-pages/live', { form: typed() })).expect(
      303,
      401,
      403,
    );
    const looker = await server.user({ memberOf: { store, role: ['cms.pages.view'] } });
    const client = await server.signIn(looker, {
      surface: 'store',
      platform: server.platform('test'),
      root: root('page'),
    });
    (await client.post('/content-pages/live', { form: typed() })).expect(403);
  });

  it('brings back the block that was removed last, where it stood', async () => {
    const blocks = {
      'body.0.type': 'heading',
      'body.0.level': '2',
      'body.0.text': 'First',
      'body.1.type': 'faq',
      'body.1.items.0.question': 'Why?',
      'body.1.items.0.html': '<p>So.</p>',
    };
    const without = (
      await owner.post('/content-pages/new', { form: typed({ ...blocks, do: 'remove:1' }) })
    ).expect(200);
    const [, kept] = /name="removed" value="([^"]+)"/.exec(without.html) ?? [];
    const removed = (kept as string)
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    assert.doesNotMatch(without.html, /value="Why\?"/);
    const again = (
      await owner.post('/content-pages/new', {
        form: typed({
          'body.0.type': 'heading',
          'body.0.level': '2',
          'body.0.text': 'First',
          removed,
          do: 'restore',
        }),
      })
    ).expect(200);
    assert.match(again.html, /value="First"[\s\S]*value="Why\?"/);
    for (const bad of [
      'no json',
      '{"at":-1,"block":{}}',
      '{"at":0,"block":{"type":"__proto__"}}',
      '{"at":0,"block":{"type":"faq","items":"x"}}',
    ])
      (await owner.post('/content-pages/new', { form: typed({ removed: bad, do: 'restore' }) })).expect(200);
  });
});
