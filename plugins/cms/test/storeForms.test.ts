import assert from 'node:assert/strict';
import { rootOf, type TestClient } from '@wizamart/core/testing';
import { openWorld, type World } from './world.fixture.js';

describe('the pages on which a store’s staff writes [module:cms] [surface:store]', () => {
  let world: World;
  let staff: TestClient;
  let root: string;

  before(async () => {
    world = await openWorld();
    const { server, tiers, onPlatform, acme, acmeShop, oms } = world;
    await tiers.seed(onPlatform(), [
      {
        code: 'small',
        name: 'Small plan',
        features: ['cms_basic', 'cms_custom_pages'],
        limits: { cms_pages: 2, cms_custom_pages: 2 },
      },
      { code: 'large', name: 'Large plan', features: ['cms_seo', 'cms_templates'], limits: {} },
    ]);
    await world.asTier(acme, 'small');
    await world.platformPages.create(onPlatform(), 'default', {
      slug: 'about',
      title: 'Default about',
      body: [{ type: 'richText', html: '<p>Default</p>' }],
      status: 'published',
    });
    await world.platformPages.create(onPlatform(), 'default', {
      slug: 'faq',
      title: 'Default faq',
      status: 'published',
    });
    root = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    staff = await server.signIn(await server.user({ memberOf: { store: acmeShop, role: 'staff' } }), {
      surface: 'store',
      platform: oms,
      root,
    });
  });
  after(() => world.close());
  afterEach(() => world.db.everything('delete from cms_store_page'));

  const form = (more: Record<string, string> = {}) => ({
    language: 'en',
    slug: 'hours',
    title: 'Hours',
    description: '',
    placement: 'header',
    position: '5',
    newBlock: 'hero',
    do: 'save',
    ...more,
  });
  const seen = async (slug: string) =>
    (await world.publicPages.find(world.visitor(world.inStore()), slug))?.title;
  /** Where a redirect leads, below the dashboard. */
  const follow = (location: string | undefined) => staff.get((location as string).slice(root.length));

  it('lists the pages with their origin, how many the plan leaves, and what can be done', async () => {
    const { html } = (await staff.get('/content-pages')).expect(200);
    assert.match(html, /0 of 2/);
    assert.match(html, />Default<\/span>/);
    assert.match(html, /<input type="hidden" name="slug" value="about">/);
  });

  it('write a page with blocks, publish it, and take it offline', async () => {
    const blocks = {
      'body.0.type': 'heading',
      'body.0.level': '2',
      'body.0.text': 'When',
      'body.1.type': 'richText',
      'body.1.html': '<p>9–18</p><script>x</script>',
    };
    const created = (await staff.post('/content-pages/new', { form: form(blocks) })).expect(303);
    const editor = (await follow(created.location)).expect(200).html;
    assert.match(editor, /The draft is saved/);
    assert.match(editor, /&lt;p&gt;9–18&lt;\/p&gt;<\/textarea>/);
    assert.equal(await seen('hours'), undefined);
    const address = /action="[^"]*(\/content-pages\/[0-9a-f-]{36})"/.exec(editor)?.[1] as string;
    (await staff.post(address, { form: form({ ...blocks, title: 'Opening hours', do: 'publish' }) })).expect(
      303,
    );
    assert.equal(await seen('hours'), 'Opening hours');
    (await staff.post(`${address}/unpublish`)).expect(303);
    assert.equal(await seen('hours'), undefined);
    assert.match((await staff.get(`${address}/delete`)).expect(200).html, /Visitors never saw it/);
    (await staff.post(`${address}/delete`)).expect(303);
    (await staff.get(address)).expect(404);
  });

  it('writes a second language without touching the first', async () => {
    const { id } = await world.storePages.create(world.inStore(), {
      slug: 'hours',
      title: 'Hours',
      body: [{ type: 'richText', html: '<p>en</p>' }],
      status: 'published',
    });
    const french = (await staff.get(`/content-pages/${id}?language=fr`)).expect(200).html;
    assert.match(french, /name="title"[^>]*value=""/);
    assert.match(french, /not written yet/);
    (
      await staff.post(`/content-pages/${id}`, {
        form: form({ language: 'fr', title: 'Horaires', do: 'publish' }),
      })
    ).expect(303);
    const { translations } = await world.storePages.get(world.inStore(), id);
    assert.deepEqual(
      [translations.en?.title, translations.en?.body.length, translations.fr?.title],
      ['Hours', 1, 'Horaires'],
    );
  });

  it('says what visitors see in a language that is missing, and takes a language out again', async () => {
    const { id } = await world.storePages.create(world.inStore(), {
      slug: 'hours',
      title: 'Hours',
      status: 'published',
      translations: { fr: { title: 'Horaires' } },
    });
    assert.match(
      (await staff.get(`/content-pages/${id}?language=de`)).expect(200).html,
      /visitors who ask for Deutsch see English/,
    );
    assert.match(
      (await staff.get(`/content-pages/${id}?language=fr`)).html,
      /Remove Français from this page/,
    );
    const gone = (
      await staff.post(`/content-pages/${id}/remove-language`, { form: { language: 'fr' } })
    ).expect(303);
    assert.match((await follow(gone.location)).expect(200).html, /gone from the draft/);
    assert.deepEqual((await world.storePages.get(world.inStore(), id)).languages, ['en']);
    assert.doesNotMatch((await staff.get(`/content-pages/${id}`)).html, /Remove English/);
    (await staff.post(`/content-pages/${id}/remove-language`, { form: { language: 'en' } })).expect(409);
  });

  it('adds, moves and removes blocks without saving, keeping what was typed', async () => {
    const added = (
      await staff.post('/content-pages/new', {
        form: form({ title: 'Typed so far', do: 'add', newBlock: 'faq' }),
      })
    ).expect(200).html;
    assert.match(added, /value="Typed so far"/);
    assert.match(added, /name="body\.0\.items\.0\.question"/);
    assert.match(added, /Save to keep them/);
    const moved = (
      await staff.post('/content-pages/new', {
        form: form({
          'body.0.type': 'quote',
          'body.0.text': 'First',
          'body.0.by': 'A',
          'body.1.type': 'quote',
          'body.1.text': 'Second',
          'body.1.by': 'B',
          do: 'up:1',
        }),
      })
    ).expect(200).html;
    assert.ok(moved.indexOf('Second') < moved.indexOf('First'));
    assert.deepEqual(await world.db.everything('select 1 from cms_store_page'), []);
  });

  it('shows each error at its field, with everything that was typed', async () => {
    const { html } = (
      await staff.post('/content-pages/new', {
        form: form({
          slug: 'Not A Slug',
          title: '',
          position: 'first',
          'body.0.type': 'cta',
          'body.0.title': 'Kept title',
          'body.0.actions.0.label': 'Go',
          'body.0.actions.0.href': 'javascript:alert(1)',
          'body.0.actions.0.style': 'primary',
        }),
      })
    ).expect(422);
    for (const name of ['slug', 'title', 'position', 'body.0.actions.0.href'])
      assert.match(html, new RegExp(`id="error-${name.replaceAll('.', '\\.')}"`), name);
    for (const value of ['Not A Slug', 'first', 'Kept title', 'javascript:alert(1)'])
      assert.ok(html.includes(`value="${value}"`), value);
  });

  it('shows what the plan lacks as locked with the plans that have it', async () => {
    const { html } = (await staff.get('/content-pages/new')).expect(200);
    assert.equal(html.match(/Part of: Large plan/g)?.length, 2);
    assert.doesNotMatch(html, /name="seo\.title"|name="template"/);
  });

  it('prompts to upgrade at the limit, in the list and in the form', async () => {
    for (const slug of ['a', 'b']) await world.storePages.create(world.inStore(), { slug, title: slug });
    assert.match((await staff.get('/content-pages')).html, /2 of 2[\s\S]*/);
    const refused = (await staff.post('/content-pages/override', { form: { slug: 'about' } })).expect(303);
    assert.match((await follow(refused.location)).html, /The plan Large plan has room for more/);
    const { html } = (
      await staff.post('/content-pages/new', { form: form({ title: 'One too many' }) })
    ).expect(402);
    assert.match(html, /All 2 pages/);
    assert.match(html, /value="One too many"/);
  });

  it('overrides a default and reverts it after a confirmation', async () => {
    const overridden = (await staff.post('/content-pages/override', { form: { slug: 'about' } })).expect(303);
    assert.match((await follow(overridden.location)).html, /Visitors see the default until you publish it/);
    const address = (overridden.location as string).slice(root.length).replace(/\?.*/, '');
    assert.match(
      (await staff.get(`${address}/revert`)).expect(200).html,
      /Delete your page and show the default again/,
    );
    const reverted = (await staff.post(`${address}/revert`)).expect(303);
    assert.match((await follow(reverted.location)).html, /The default shows again/);
    assert.deepEqual(await world.db.everything('select 1 from cms_store_page'), []);
  });

  it('is hidden from those who may not see it, and shows no buttons to those who only read', async () => {
    const { server, acmeShop, oms } = world;
    const nobody = await server.signIn(
      await server.user({ memberOf: { store: acmeShop, role: ['core.dashboard.view'] } }),
      { surface: 'store', platform: oms, root },
    );
    assert.ok([403, 404].includes((await nobody.get('/content-pages')).status));
    const reader = await server.signIn(
      await server.user({ memberOf: { store: acmeShop, role: ['cms.pages.view'] } }),
      { surface: 'store', platform: oms, root },
    );
    assert.doesNotMatch(
      (await reader.get('/content-pages')).expect(200).html,
      /content-pages\/(new|override)/,
    );
  });
});
