import assert from 'node:assert/strict';
import type { StoreRecord } from '../../../kernel/context.js';
import { definePlugin } from '../../../kernel/plugin.js';
import { rootOf, startTestServer, type TestAppServer } from '../../../testing/index.js';
import type { TestClient } from '../../../testing/TestClient.js';

let isBroken = false;
let isStocked = false;
let waiting = 0;

/** A module that puts one of everything on the dashboard. */
const stall = definePlugin({
  code: 'stall',
  name: 'Stall',
  description: 'Sells apples.',
  permissions: { 'stall.apples.view': { audience: 'store', label: 'core.menu.home' } },
  checklist: () => [
    { code: 'stock', order: 10, label: 'core.menu.home', path: '/dashboard', done: async () => isStocked },
    {
      code: 'secret',
      order: 20,
      label: 'core.menu.account',
      path: '/dashboard',
      permission: 'stall.apples.view',
      done: async () => isStocked,
    },
  ],
  figures: () => [
    {
      code: 'apples',
      surface: 'store',
      order: 10,
      label: 'core.menu.commerce',
      load: async () => ({ value: { amountMinor: 123_450, currency: 'EUR' } }),
    },
    { code: 'nothing', surface: 'store', order: 20, label: 'core.menu.growth', load: async () => undefined },
  ],
  todos: () => [
    { code: 'pick', order: 10, text: 'core.list.count', path: '/dashboard', count: async () => waiting },
  ],
  widgets: () => [
    {
      code: 'broken',
      surface: 'store',
      template: 'core/widget-failed',
      label: 'core.menu.people',
      order: 10,
      size: 'wide',
      load: async () => {
        if (isBroken) throw new Error('no apples');
        return { label: 'core.menu.people' };
      },
    },
  ],
});

describe('A store’s dashboard [module:core] [surface:store]', () => {
  let server: TestAppServer;
  let store: StoreRecord;
  let owner: TestClient;
  before(async () => {
    server = await startTestServer({ plugins: [stall] });
  });
  beforeEach(async () => {
    [isBroken, isStocked, waiting] = [false, false, 0];
    store = await server.store();
    owner = await clientOf(await server.user({ ownerOf: store.merchant }));
  });
  after(() => server.stop());
  const clientOf = (user: { readonly id: string }, at = store): Promise<TestClient> =>
    server.signIn(user, {
      surface: 'store',
      platform: server.platform('test'),
      root: rootOf({ surface: 'store', kind: 'page', platform: server.platform('test'), store: at }),
    });

  it('shows steps, figures and what waits, by permission', async () => {
    waiting = 3;
    const page = (await owner.get('/dashboard')).expect(200).html;
    assert.match(page, /of 4 done|of \d done/);
    assert.match(page, /€1,234\.50|1,234\.50/);
    assert.match(page, /3 entries/);
    assert.doesNotMatch(page, /Growth<\/p>/, 'a figure that has nothing to tell is left out');
    const staff = await clientOf(await server.user({ memberOf: { store, role: ['core.dashboard.view'] } }));
    const less = (await staff.get('/dashboard')).expect(200).html;
    assert.match(less, /Home/);
    assert.doesNotMatch(less, /<strong>Account<\/strong>/);
  });

  it('shows a small notice in place of a widget that fails, and reports it', async () => {
    isBroken = true;
    const page = (await owner.get('/dashboard')).expect(200).html;
    assert.match(page, /This cannot be shown at the moment/);
    assert.match(page, /Set up your store/, 'the others are shown');
    assert.ok(server.log.text().includes('no apples'));
  });

  it('lets the checklist be put away once all is done, and brought back', async () => {
    isStocked = true;
    const { themes, stores } = server.parts;
    await stores.update(server.context({ store }), store.id, { contact: { email: 'hello@example.org' } });
    assert.ok((await themes.state(server.context({ store }))).live);
    assert.match((await owner.get('/dashboard')).html, /Set up your store[\s\S]*Hide/);
    (await owner.post('/dashboard/checklist', { form: { hidden: 'true' } })).expect(303);
    assert.doesNotMatch((await owner.get('/dashboard')).html, /Set up your store/);
    (await owner.post('/dashboard/checklist', { form: { hidden: 'false' } })).expect(303);
    assert.match((await owner.get('/dashboard')).html, /Set up your store/);
    (await owner.post('/dashboard/checklist', { form: { hidden: 'true' } })).expect(303);
    isStocked = false;
    assert.match((await owner.get('/dashboard')).html, /Set up your store/, 'what is open again is shown');
  });

  it('tells what was changed in this store only, filtered, with the fields, also as a file', async () => {
    const sister = await server.store({ merchant: store.merchant });
    await server.parts.stores.update(server.context({ store }), store.id, { name: '=SUM(1)' });
    await server.parts.stores.update(server.context({ store: sister }), sister.id, { name: 'Sister' });
    const page = (await owner.get('/activity')).expect(200).html;
    assert.match(page, /changed the store [\s\S]*<ins>(?:=|&#x3D;)SUM\(1\)<\/ins>/);
    assert.doesNotMatch(page, /<ins>Sister<\/ins>/);
    assert.match((await owner.get('/activity?q=nothing-of-it')).html, /Nothing was changed that fits/);
    assert.match((await owner.get('/activity?since=2999-01-01')).html, /Nothing was changed that fits/);
    const csv = (await owner.get('/activity.csv')).expect(200);
    assert.match(csv.headers['content-type'] as string, /^text\/csv/);
    assert.doesNotMatch(csv.text, /"=SUM/, 'no formula begins a cell');
    const staff = await clientOf(await server.user({ memberOf: { store, role: 'staff' } }));
    (await staff.get('/activity')).expect(403, 404);
  });

  it('keeps name, languages and contact, shows what is wrong beside what was typed', async () => {
    const send = (client: TestClient, more: Record<string, string> = {}) => {
      const fields = new URLSearchParams({
        name: 'Corner shop',
        defaultLanguage: 'fr',
        'contact.email': 'hello@corner.example',
        'contact.city': 'Esch',
        ...more,
      });
      for (const language of ['fr', 'de']) fields.append('languages', language);
      return client.post('/settings', {
        body: Buffer.from(fields.toString()),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    };
    (await send(owner)).expect(303);
    const after = (await owner.get('/settings')).expect(200).html;
    assert.match(after, /value="Corner shop"/);
    assert.match(after, /value="hello@corner.example"/);
    const kept = await server.parts.stores.get(server.context({ store }), store.id);
    assert.deepEqual(kept.languages, ['fr', 'de']);
    const bad = (await send(owner, { 'contact.email': 'no address' })).expect(422).html;
    assert.match(bad, /Saisissez une adresse e-mail/);
    assert.match(bad, /value="no address"/);
    (await send(owner, { defaultLanguage: 'lb' })).expect(422);
    const long = 'x'.repeat(301);
    const malformed = (
      await send(owner, {
        name: 'Typed',
        defaultLanguage: 'de',
        'contact.line1': long,
        'contact.city': 'Wiltz',
      })
    ).expect(422).html;
    for (const said of ['Typed', long, 'hello@corner.example', 'Wiltz'])
      assert.ok(malformed.includes(`value="${said}"`), `${said.slice(0, 20)} is kept`);
    assert.match(malformed, /id="error-contact\.line1"/);
    assert.match(malformed, /value="de" selected/);
    assert.match(malformed, /name="languages" value="de" checked/);
    assert.doesNotMatch(malformed, /name="languages" value="en" checked/);
    const looker = await clientOf(await server.user({ memberOf: { store, role: ['core.settings.view'] } }));
    (await send(looker)).expect(403);
  });
});
