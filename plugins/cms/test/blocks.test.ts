import assert from 'node:assert/strict';
import { parseInput, definePlugin, type DomainError, z } from '@wizamart/core';
import {
  rootOf,
  startTestServer,
  testHost,
  type TestAppServer,
  type TestClient,
} from '@wizamart/core/testing';
import { newPage } from '../src/input/pageInput.js';
import { cms } from '../src/plugin.js';
import type { StorePages } from '../src/services/StorePages.js';
import type { StoreContext, StoreRecord } from '@wizamart/core';

const shelf = definePlugin({
  code: 'shelf',
  name: 'Shelf',
  description: 'Brings a block.',
  blocks: [
    { type: 'shelf', schema: z.strictObject({ count: z.int().min(1).max(9) }), template: 'shelf/shelf' },
  ],
  templates: new URL('./shelf/', import.meta.url),
});

describe('blocks of pages [module:cms] [surface:store]', () => {
  let server: TestAppServer;
  let pages: StorePages;
  let shop: StoreRecord;
  let staff: TestClient;

  before(async () => {
    server = await startTestServer({ hosts: [testHost({ code: 'oms', plugins: [cms, shelf] })] });
    pages = (server.modules.kernel.container.wiringOf('cms') as unknown as { storePages: StorePages })
      .storePages;
    shop = await server.store({ platform: 'oms' });
    const root = rootOf({ surface: 'store', kind: 'page', platform: server.platform(), store: shop });
    staff = await server.signIn(await server.user({ memberOf: { store: shop, role: 'staff' } }), {
      surface: 'store',
      platform: server.platform(),
      root,
    });
  });
  after(() => server.stop());
  afterEach(async () => {
    await turn('enable');
    await server.database.everything('delete from cms_store_page');
    server.parts.pageCache.clear();
  });

  const ctx = () => server.context({ store: shop, surface: 'store', language: 'en' }) as StoreContext;
  const create = (body: unknown, slug = 'page') =>
    pages.create(ctx(), parseInput(newPage, { slug, title: 'T', body, status: 'published' }));
  const get = async (slug = 'page') =>
    (await server.client({ host: `${shop.subdomain}.oms.lu` }).get(`/${slug}`)).expect(200).html;
  async function turn(what: 'enable' | 'disable'): Promise<void> {
    const platform = server.context({ platform: server.platform() });
    const plan = await server.parts.modules.plan(platform, { enable: [], disable: [], [what]: ['shelf'] });
    await server.parts.modules.apply(platform, {
      enable: plan.enable,
      disable: plan.disable,
      revision: plan.revision,
    });
  }
  const errorsOf = (error: DomainError) =>
    error.errors?.map(({ path, message }) => `${path}: ${message}`) ?? [];

  it('stand in two to four columns, of the simple kinds only', async () => {
    const inside = [
      { type: 'heading', level: 3, text: 'IN A COLUMN' },
      { type: 'richText', html: '<p onclick=x>words<script>x</script></p>' },
      { type: 'button', label: 'Go', href: '/about', style: 'primary' },
    ];
    await create([
      {
        type: 'columns',
        items: [
          { blocks: inside },
          { blocks: [{ type: 'html', html: '<table><tr><td>cell</td></tr></table>' }] },
        ],
      },
    ]);
    const html = await get();
    assert.match(
      html,
      /block-columns__one[\s\S]*<h3>IN A COLUMN<\/h3>[\s\S]*<p>words<\/p>[\s\S]*href="\/about">Go<[\s\S]*<td>cell<\/td>/,
    );
    const refused = [
      { type: 'columns', items: [{ blocks: [] }] },
      { type: 'columns', items: Array(5).fill({ blocks: [] }) },
      {
        type: 'columns',
        items: [{ blocks: [{ type: 'columns', items: [{ blocks: [] }, { blocks: [] }] }] }, { blocks: [] }],
      },
      { type: 'columns', items: [{ blocks: [{ type: 'shelf', count: 1 }] }, { blocks: [] }] },
      { type: 'button', label: 'x', href: 'javascript:alert(1)', style: 'primary' },
      { type: 'html', html: '<p>x</p>', extra: 1 },
    ];
    for (const block of refused)
      assert.throws(
        () => parseInput(newPage, { slug: 'x', title: 'x', body: [block] }),
        /not valid/,
        JSON.stringify(block),
      );
  });

  it('of a module that is on are checked by its schema and drawn by its template', async () => {
    await create([{ type: 'shelf', count: 3 }]);
    assert.match(await get(), /SHELF OF 3/);
    await assert.rejects(
      create(
        [
          { type: 'heading', level: 2, text: 'x' },
          { type: 'shelf', count: 10 },
        ],
        'bad',
      ),
      (error: DomainError) => errorsOf(error)[0]?.startsWith('body.1.count:') === true,
    );
    await assert.rejects(create([{ type: 'shelf', count: 1, more: 1 }], 'bad'), /valid/);
  });

  it('of no known kind are refused with the kinds that there are', async () => {
    await assert.rejects(create([{ type: 'carousel' }], 'bad'), (error: DomainError) =>
      /^body\.0\.type: There is no kind of block 'carousel' here\. There are: .*columns.*hero.*shelf/.test(
        errorsOf(error)[0] ?? '',
      ),
    );
    await assert.rejects(create([{ type: 'foreign', block: { type: 'hero' } }], 'bad'), /valid/);
  });

  it('of a module that is off show nothing, are kept when the page is saved, and are back with the module', async () => {
    const { id } = await create([
      { type: 'shelf', count: 3 },
      { type: 'heading', level: 2, text: 'BELOW' },
    ]);
    await turn('disable');
    const without = await get();
    assert.match(without, /BELOW/);
    assert.doesNotMatch(without, /SHELF/);
    const editor = (await staff.get(`/content-pages/${id}`)).expect(200).html;
    assert.match(editor, /module of this block is off/);
    const kept = JSON.stringify({ count: 3 });
    const form = {
      language: 'en',
      slug: 'page',
      title: 'New title',
      description: '',
      placement: 'none',
      position: '1',
      'body.0.type': 'shelf',
      'body.1.type': 'heading',
      'body.1.level': '2',
      'body.1.text': 'BELOW',
      do: 'publish',
    };
    assert.match(
      (await staff.post(`/content-pages/${id}`, { form: { ...form, 'body.0.kept': '{"count":4}' } })).expect(
        422,
      ).html,
      /There is no kind of block/,
    );
    (await staff.post(`/content-pages/${id}`, { form: { ...form, 'body.0.kept': kept } })).expect(303);
    await turn('enable');
    assert.match(await get(), /New title[\s\S]*SHELF OF 3/);
    await turn('disable');
    await assert.rejects(create([{ type: 'shelf', count: 3 }], 'other'), /valid/);
  });

  it('are added, moved and removed within a column without a script', async () => {
    const form = {
      language: 'en',
      slug: 'cols',
      title: 'Cols',
      description: '',
      placement: 'none',
      position: '1',
    };
    const empty = (
      await staff.post('/content-pages/new', { form: { ...form, do: 'add', newBlock: 'columns' } })
    ).expect(200).html;
    assert.match(empty, /value="block-add:0\.items\.1\.blocks:heading"/);
    const columns = {
      'body.0.type': 'columns',
      'body.0.items.0.blocks.0.type': 'quote',
      'body.0.items.0.blocks.0.text': 'First',
      'body.0.items.0.blocks.0.by': 'A',
      'body.0.items.0.blocks.1.type': 'quote',
      'body.0.items.0.blocks.1.text': 'Second',
      'body.0.items.0.blocks.1.by': 'B',
      'body.0.items.1.blocks.0.type': 'html',
      'body.0.items.1.blocks.0.html': '<p>x</p>',
    };
    const moved = (
      await staff.post('/content-pages/new', {
        form: { ...form, ...columns, do: 'block-up:0.items.0.blocks.1' },
      })
    ).expect(200).html;
    assert.ok(moved.indexOf('Second') < moved.indexOf('First'));
    assert.match(
      (
        await staff.post('/content-pages/new', {
          form: { ...form, ...columns, do: 'block-add:0.items.1.blocks:button' },
        })
      ).html,
      /name="body\.0\.items\.1\.blocks\.1\.href"/,
    );
    assert.doesNotMatch(
      (
        await staff.post('/content-pages/new', {
          form: { ...form, ...columns, do: 'block-remove:0.items.0.blocks.0' },
        })
      ).html,
      /First/,
    );
    (await staff.post('/content-pages/new', { form: { ...form, ...columns, do: 'publish' } })).expect(303);
    assert.match(await get('cols'), /First[\s\S]*Second/);
  });
});
