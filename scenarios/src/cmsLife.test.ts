import assert from 'node:assert/strict';
import {
  startCluster,
  eventually,
  type TestAppServer,
  type TestClient,
  type TestCluster,
} from '@wizamart/core/testing';
import { acmeOwner, HOSTS, signedIn, superAdmin } from './world.fixture.js';

const API = '/platforms/oms/store/acme/api/v1/store/pages';
const DEFAULTS = '/api/v1/admin/platforms/oms/defaults';

interface Item {
  readonly id: string;
  readonly slug: string;
  readonly source: 'default' | 'override' | 'custom';
  readonly status: string;
  readonly hasDraft?: boolean;
}
interface Meter {
  readonly used: number;
  readonly limit: number | null;
}

const say = (text: string) => [{ type: 'richText', html: `<p>${text}</p>` }];

describe('The life of a page, seen by two nodes [module:cms]', function () {
  this.timeout(120_000);
  let cluster: TestCluster;
  let nodes: readonly [TestAppServer, ...TestAppServer[]];
  let owner: TestClient;
  let admin: TestClient;
  before(async () => {
    cluster = await startCluster({ nodes: 2, hosts: HOSTS, demo: true });
    nodes = cluster.nodes;
    owner = await acmeOwner(nodes[0]);
    admin = await superAdmin(nodes[1] as TestAppServer);
  });
  after(async () => {
    await cluster.stop();
    for (const { log } of nodes) assert.deepEqual(log.errors, [], log.text());
  });

  const read = async (node: TestAppServer, path: string, host = 'acme.oms.lu') => {
    const { status, text } = await node.client({ host }).get(path);
    return { status, text };
  };
  /** Every node shows it within a second; the one that changed it, at once. */
  async function allSee(
    changer: TestAppServer,
    path: string,
    seen: RegExp | number,
    host?: string,
  ): Promise<void> {
    const isSeen = ({ status, text }: { status: number; text: string }): boolean =>
      typeof seen === 'number' ? status === seen : status === 200 && seen.test(text);
    const here = await read(changer, path, host);
    assert.ok(isSeen(here), `the node itself shows ${here.status} at ${path}, not ${seen}`);
    for (const node of nodes) await eventually(async () => isSeen(await read(node, path, host)), 1_000);
  }
  const one = async (slug: string): Promise<Item | undefined> =>
    (await owner.get(`${API}?perPage=100`))
      .expect(200)
      .json<{ items: Item[] }>()
      .items.find((item) => item.slug === slug);
  const usage = async () =>
    (await owner.get(API)).json<{ usage: { pages: Meter; customPages: Meter } }>().usage;

  it('a default is overridden, edited, published, visited and reverted', async () => {
    for (const node of nodes) assert.equal((await read(node, '/terms')).status, 200);
    const standard = (await read(nodes[0], '/terms')).text;
    assert.equal((await one('terms'))?.source, 'default');
    const { used } = (await usage()).pages;

    const { id } = (await owner.post(`${API}/terms/override`)).expect(201).json<{ id: string }>();
    assert.deepEqual([(await one('terms'))?.source, (await usage()).pages.used], ['override', used + 1]);
    for (const node of nodes)
      assert.equal((await read(node, '/terms')).text, standard, 'a draft is seen by nobody');
    assert.equal((await owner.post(`${API}/terms/override`)).expect(409).problem, 'CMS_ALREADY_OVERRIDDEN');

    (
      await owner.patch(`${API}/${id}`, { json: { title: 'Our own terms', body: say('We mean it.') } })
    ).expect(200);
    for (const node of nodes) assert.equal((await read(node, '/terms')).text, standard);
    (await owner.post(`${API}/${id}/publish`)).expect(200);
    await allSee(nodes[0], '/terms', /Our own terms[\s\S]*We mean it\./);

    (await owner.patch(`${API}/${id}`, { json: { title: 'Second thoughts' } })).expect(200);
    for (const node of nodes) assert.match((await read(node, '/terms')).text, /Our own terms/);
    (await owner.post(`${API}/${id}/publish`)).expect(200);
    await allSee(nodes[0], '/terms', /Second thoughts/);
    assert.doesNotMatch(
      (await read(nodes[0], '/terms', 'techpro.example')).text,
      /Second thoughts/,
      'the neighbour keeps the default',
    );

    (await owner.post(`${API}/terms/revert`)).expect(200);
    await allSee(nodes[0], '/terms', /<h1/);
    for (const node of nodes)
      await eventually(async () => (await read(node, '/terms')).text === standard, 1_000);
    assert.deepEqual([(await one('terms'))?.source, (await usage()).pages.used], ['default', used]);
    (await owner.get(`${API}/${id}`)).expect(404);
  });

  it('a change of a default shows through on every store that has none of its own', async () => {
    const { items } = (await admin.get(`${DEFAULTS}?perPage=100`))
      .expect(200)
      .json<{ items: (Item & { usedBy: number; overriddenBy: number })[] }>();
    const about = items.find(({ slug }) => slug === 'privacy');
    assert.ok(about && about.usedBy >= 1);
    const { id } = (await owner.post(`${API}/privacy/override`)).expect(201).json<{ id: string }>();
    (
      await owner.patch(`${API}/${id}`, { json: { title: 'Acme’s own privacy', status: 'published' } })
    ).expect(200);
    (
      await admin.patch(`${DEFAULTS}/${about.id}`, {
        json: { title: 'Privacy of all', body: say('All of them.') },
      })
    ).expect(200);
    assert.doesNotMatch(
      (await read(nodes[1] as TestAppServer, '/privacy', 'techpro.example')).text,
      /Privacy of all/,
      'not before it is published',
    );
    (await admin.post(`${DEFAULTS}/${about.id}/publish`)).expect(200);
    await allSee(nodes[1] as TestAppServer, '/privacy', /Privacy of all/, 'techpro.example');
    await allSee(nodes[1] as TestAppServer, '/privacy', /Privacy of all/, 'acme-esch.oms.lu');
    for (const node of nodes) assert.match((await read(node, '/privacy')).text, /Acme’s own privacy/);
    const after = (await admin.get(`${DEFAULTS}?perPage=100`))
      .json<{ items: (Item & { usedBy: number; overriddenBy: number })[] }>()
      .items.find(({ slug }) => slug === 'privacy');
    assert.deepEqual([after?.usedBy, after?.overriddenBy], [about.usedBy - 1, about.overriddenBy + 1]);
    (await owner.post(`${API}/privacy/revert`)).expect(200);
    await allSee(nodes[0], '/privacy', /Privacy of all/);
  });

  it('a default that is deleted is 404 where it showed, and leaves what is a store’s own', async () => {
    const { items } = (await admin.get(`${DEFAULTS}?perPage=100`)).json<{ items: Item[] }>();
    const faq = items.find(({ slug }) => slug === 'faq');
    assert.ok(faq);
    const { id } = (await owner.post(`${API}/faq/override`)).expect(201).json<{ id: string }>();
    (await owner.post(`${API}/${id}/publish`)).expect(200);
    (await admin.delete(`${DEFAULTS}/${faq.id}`)).expect(204);
    await allSee(nodes[1] as TestAppServer, '/faq', 404, 'techpro.example');
    for (const node of nodes) assert.equal((await read(node, '/faq')).status, 200);
    assert.equal((await one('faq'))?.source, 'custom', 'without a default it is a page like any other');
    assert.equal((await owner.post(`${API}/faq/revert`)).expect(409).problem, 'CMS_NOTHING_TO_REVERT_TO');
    (await owner.delete(`${API}/${id}`)).expect(204);
    await allSee(nodes[0], '/faq', 404);
    for (const node of nodes) assert.doesNotMatch((await read(node, '/sitemap.xml')).text, /\/faq</);
  });

  it('a custom page lives at an address of its own, and may move', async () => {
    const { id } = (
      await owner.post(API, {
        json: {
          slug: 'our-bakers',
          title: 'Our bakers',
          status: 'published',
          placement: 'header',
          body: say('Ada and Bob.'),
        },
      })
    )
      .expect(201)
      .json<{ id: string }>();
    await allSee(nodes[0], '/our-bakers', /Ada and Bob/);
    await allSee(nodes[0], '/about', /href="\/our-bakers"/);
    await allSee(nodes[0], '/sitemap.xml', /\/our-bakers</);
    assert.equal(
      (await owner.post(API, { json: { slug: 'our-bakers', title: 'Twice' } })).expect(409).problem,
      'CMS_SLUG_TAKEN',
    );
    (await owner.patch(`${API}/${id}`, { json: { slug: 'the-bakers' } })).expect(200);
    await allSee(nodes[0], '/the-bakers', /Ada and Bob/);
    // Whoever has the old address is led to the new one.
    await allSee(nodes[0], '/our-bakers', 301);
    (await owner.patch(`${API}/${id}`, { json: { status: 'draft' } })).expect(200);
    await allSee(nodes[0], '/the-bakers', 404);
    (await owner.delete(`${API}/${id}`)).expect(204);
    (await owner.delete(`${API}/${id}`)).expect(404);
  });

  it('at the limit of the plan nothing more is created, also by twenty at once', async () => {
    const { pages, customPages } = await usage();
    // Professional gives 10 and 5; Acme has bought ten more of each.
    assert.deepEqual([pages.limit, customPages.limit], [20, 15]);
    const before = customPages.used;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        owner.post(API, { json: { slug: `bread-${i}`, title: `Bread ${i}` } }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    assert.equal(made.length, 15 - before);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      assert.equal(answer.expect(402).problem, 'CMS_PAGE_LIMIT_REACHED');
      const { limit, current, upgradeTo } = answer.json();
      assert.deepEqual([limit, current, upgradeTo], [15, 15, 'business']);
    }
    assert.equal((await usage()).customPages.used, 15);
    const list = (await owner.get('/platforms/oms/store/acme/content-pages')).expect(200).html;
    assert.match(list, /All custom pages of your plan are in use/);
    const form = await owner.post('/platforms/oms/store/acme/content-pages/new', {
      form: { slug: 'one-more', title: 'One more', placement: 'none', position: '1', do: 'save' },
    });
    assert.match(form.expect(402).html, /value="one-more"/);
    for (const answer of made) (await owner.delete(`${API}/${answer.json<{ id: string }>().id}`)).expect(204);
    (await owner.post(API, { json: { slug: 'room-again', title: 'Room' } })).expect(201);
    const again = await one('room-again');
    (await owner.delete(`${API}/${again?.id}`)).expect(204);
  });

  it('what the plan lacks is refused by the API and shown locked, with the plan that has it', async () => {
    const answer = (
      await owner.post(API, { json: { slug: 'landing', title: 'L', template: 'landing' } })
    ).expect(402);
    assert.equal(answer.problem, 'FEATURE_NOT_IN_TIER');
    const { feature, availableIn } = answer.json<{ feature: string; availableIn: string[] }>();
    assert.deepEqual(
      [feature, availableIn.includes('business'), availableIn.includes('essential')],
      ['cms_templates', true, false],
    );
    assert.match(
      (await owner.get('/platforms/oms/store/acme/content-pages/new')).expect(200).html,
      /Business/,
    );
    const weber = await signedIn(nodes[0], 'owner@weber.example', '/platforms/oms/store/weber-esch');
    const api = '/platforms/oms/store/weber-esch/api/v1/store/pages';
    assert.equal(
      (await weber.post(api, { json: { slug: 'bread', title: 'Bread' } }))
        .expect(402)
        .json<{ feature: string }>().feature,
      'cms_custom_pages',
    );
    assert.equal(
      (await weber.post(api, { json: { slug: 'contact', title: 'C', seo: { title: 'C' } } }))
        .expect(402)
        .json<{ feature: string }>().feature,
      'cms_seo',
    );
    const page = (await weber.get('/platforms/oms/store/weber-esch/content-pages')).expect(200).html;
    assert.match(page, /Professional/);
  });

  it('after a downgrade everything stays to be seen, and nothing is added', async () => {
    const techpro = await signedIn(nodes[0], 'owner@techpro.example', '/platforms/oms/store/techpro');
    const api = '/platforms/oms/store/techpro/api/v1/store/pages';
    (await techpro.post(api, { json: { slug: 'kept', title: 'Kept for good', status: 'published' } })).expect(
      201,
    );
    const merchants = (await admin.get('/api/v1/admin/platforms/oms/merchants?q=TechPro')).json<{
      items: { id: string }[];
    }>();
    const tier = `/api/v1/admin/platforms/oms/merchants/${merchants.items[0]?.id}/tier`;
    (await admin.put(tier, { json: { tier: 'essential' } })).expect(204);
    await eventually(
      async () => (await techpro.post(api, { json: { slug: 'too-late', title: 'X' } })).status === 402,
    );
    for (const node of nodes)
      assert.match((await read(node, '/kept', 'techpro.example')).text, /Kept for good/);
    (await admin.put(tier, { json: { tier: 'business' } })).expect(204);
    await eventually(
      async () => (await techpro.post(api, { json: { slug: 'in-time', title: 'X' } })).status === 201,
    );
  });

  it('a module that one node turns off is gone on the other within a second', async () => {
    const change = async (json: object) => {
      const { revision } = (await admin.get('/api/v1/admin/platforms/site-builder/modules')).json<{
        revision: number;
      }>();
      (
        await admin.post('/api/v1/admin/platforms/site-builder/modules/apply', {
          json: { ...json, revision },
        })
      ).expect(200);
    };
    await change({ disable: ['cms'] });
    await allSee(nodes[1] as TestAppServer, '/about', 404, 'sitebuilder.lu');
    await change({ enable: ['cms'] });
    await allSee(nodes[1] as TestAppServer, '/about', /About/, 'sitebuilder.lu');
  });

  it('every change was written down, with who and what', async () => {
    const { items } = (await admin.get('/api/v1/admin/platforms/oms/audit-log?perPage=100'))
      .expect(200)
      .json<{ items: { action: string; actor: { name: string }; subject: { name: string | null } }[] }>();
    const done = new Set(items.map(({ action, actor }) => `${action} ${actor.name}`));
    const those = [...done].join('\n');
    for (const what of [/cms\.\S*publish\S* admin@wizamart/, /cms\.\S*delete\S* admin@wizamart/])
      assert.match(those, what);
  });
});
