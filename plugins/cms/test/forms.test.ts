import assert from 'node:assert/strict';
import { eventually, rootOf, type TestClient } from '@wizamart/core/testing';
import type { FormField } from '../src/forms/formBlock.js';
import type { FormEntries } from '../src/forms/FormEntries.js';
import { openWorld, type World } from './world.fixture.js';

const FIELDS: FormField[] = [
  { input: 'text', label: 'Your name', required: true },
  { input: 'email', label: 'Your e-mail', required: true },
  { input: 'select', label: 'Topic', options: ['Order', 'Other'] },
  { input: 'textarea', label: 'Message' },
  { input: 'checkbox', label: 'Call me' },
  { input: 'consent', label: 'I agree' },
];
const ANSWERS = {
  'fields.f0': 'Ann',
  'fields.f1': 'Ann@Example.org',
  'fields.f2': 'Order',
  'fields.f3': 'Hello\nthere',
  'fields.f5': 'yes',
};

describe('forms of pages [module:cms] [surface:storefront]', () => {
  let world: World;
  let entries: FormEntries;
  let host: string;
  let visitors = 0;

  before(async () => {
    world = await openWorld({ trustProxy: true }, true);
    entries = (
      world.server.modules.kernel.container.wiringOf('cms') as unknown as { formEntries: FormEntries }
    ).formEntries;
    host = `${world.acmeShop.subdomain}.oms.lu`;
    const body = [
      {
        type: 'form' as const,
        title: 'Write to us',
        fields: FIELDS,
        submitLabel: 'Send',
        success: 'THANK YOU',
      },
    ];
    const page = { slug: 'contact', title: 'Contact', body, status: 'published' as const };
    await world.storePages.create(world.inStore(), page);
    await world.storePages.create(world.inStore(world.techproShop), page);
    await world.platformPages.create(world.onPlatform(), 'platform', page);
  });
  after(() => world.close());
  afterEach(async () => {
    for (const table of ['cms_store_form_entry', 'cms_platform_form_entry'])
      await world.db.everything(`delete from ${table}`);
  });

  /** A visitor whom nobody has counted yet. */
  const visitor = (at = host) =>
    world.server.client({ host: at, headers: { 'x-forwarded-for': `192.0.2.${++visitors}` } });
  const open = async (client: TestClient, path = '/contact') => {
    const { html } = (await client.get(path)).expect(200);
    const hidden = Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="(form|stamp)" value="([^"]*)"/g)].map(
        ([, name, value]) => [name, value as string],
      ),
    );
    world.clock.advance(5_000);
    return hidden;
  };
  const send = async (more: Record<string, string> = {}, client = visitor(), path = '/contact') =>
    client.post(path, { form: { ...(await open(client, path)), ...ANSWERS, website: '', ...more } });
  const kept = () => entries.list(world.inStore(), { page: 1, perPage: 20 });

  it('keep what a visitor sends, in the words of the form, and thank', async () => {
    const client = visitor();
    const sent = (await send({}, client)).expect(303);
    assert.match(
      (await client.get((sent.location as string).replace(/#.*/, ''))).expect(200).html,
      /THANK YOU/,
    );
    const [entry] = (await kept()).items;
    assert.equal(entry?.email, 'ann@example.org');
    assert.deepEqual(
      entry?.answers.map(({ label, value }) => [label, value]),
      [
        ['Your name', 'Ann'],
        ['Your e-mail', 'Ann@Example.org'],
        ['Topic', 'Order'],
        ['Message', 'Hello\nthere'],
        ['Call me', ''],
        ['I agree', 'yes'],
      ],
    );
    assert.doesNotMatch((await client.get('/contact')).html, /THANK YOU/);
  });

  it('are mailed to the merchant, with an answer to the visitor, and to nobody the page names', async () => {
    await send();
    const mail = await eventually(async () => {
      const [row] = await world.db.everything<{ body: string }>(
        'select to_jsonb(m)::text as body from core_caught_mail m limit 1',
      );
      assert.ok(row);
      return row;
    });
    assert.match(mail.body, /acme@example\.org/);
    assert.match(mail.body, /ann@example\.org/i);
    assert.match(mail.body, /Your name/);
  });

  it('are shown again with what was typed and each error at its field', async () => {
    const { html } = (
      await send({
        'fields.f0': '',
        'fields.f1': 'nonsense',
        'fields.f2': 'Forged',
        'fields.f3': '<b>typed</b>',
        'fields.f5': '',
      })
    ).expect(422);
    assert.equal(html.match(/aria-invalid="true"/g)?.length, 4);
    assert.match(html, /&lt;b&gt;typed&lt;\/b&gt;<\/textarea>/);
    (await send({ 'fields.f0': 'x'.repeat(201) })).expect(422);
    (await send({ 'fields.f3': 'x'.repeat(5_001) })).expect(422);
    assert.equal((await kept()).total, 0);
  });

  it('keep nothing of programmes: a filled trap, no stamp, too fast, too late, a stamp of another site', async () => {
    (await send({ website: 'https://spam.example' })).expect(303);
    for (const stamp of ['', 'x', 'zzz.zzz']) (await send({ stamp })).expect(422);
    const other = visitor(`${world.techproShop.subdomain}.oms.lu`);
    (await send({ stamp: (await open(other))['stamp'] as string })).expect(422);
    const client = visitor();
    const hidden = await open(client);
    world.clock.advance(25 * 3_600_000);
    (await client.post('/contact', { form: { ...hidden, ...ANSWERS } })).expect(422);
    const fresh = await open(client);
    world.clock.advance(-5_000);
    (await client.post('/contact', { form: { ...fresh, ...ANSWERS } })).expect(422);
    assert.equal((await kept()).total, 0);
  });

  it('are refused from another origin, and where the page or its form is not there any more', async () => {
    const client = visitor();
    const hidden = await open(client);
    (
      await client.post('/contact', {
        form: { ...hidden, ...ANSWERS },
        headers: { 'sec-fetch-site': 'cross-site' },
      })
    ).expect(403);
    (await client.post('/contact', { form: { ...hidden, ...ANSWERS, form: 'abcdefabcdef' } })).expect(409);
    (await client.post('/nothing', { form: { ...hidden, ...ANSWERS } })).expect(404);
    assert.equal((await kept()).total, 0);
  });

  it('take a few messages per address and site, and let others go on', async () => {
    const client = visitor();
    for (let count = 0; count < 5; count++) (await send({}, client)).expect(303);
    const refused = (await send({}, client)).expect(429);
    assert.match(refused.html, /Too many messages/);
    assert.ok(Number(refused.headers['retry-after']) > 0);
    (await send()).expect(303);
    world.clock.advance(11 * 60_000);
    (await send({}, client)).expect(303);
  });

  it('belong to their site, and are seen by no visitor, also by row-level security alone', async () => {
    await send();
    await send({}, visitor('oms.lu'));
    const total = async (ctx: Parameters<FormEntries['list']>[0]) =>
      (await entries.list(ctx, { page: 1, perPage: 20 })).total;
    assert.deepEqual(
      [
        await total(world.inStore()),
        await total(world.onPlatform()),
        await total(world.inStore(world.techproShop)),
        await total(world.onPlatform(world.loyalty)),
      ],
      [1, 1, 0, 0],
    );
    for (const table of ['cms_store_form_entry', 'cms_platform_form_entry'])
      assert.deepEqual(
        await world.db
          .withoutModelScope()
          .unit(world.visitor(world.inStore()), ({ tx }) => tx.query(`select 1 from ${table}`)),
        [],
        table,
      );
  });

  it('are read, exported and deleted by those who may', async () => {
    const { server, acmeShop, oms } = world;
    const root = rootOf({ surface: 'store', kind: 'page', platform: oms, store: acmeShop });
    const manager = await server.signIn(
      await server.user({ memberOf: { store: acmeShop, role: 'manager' } }),
      { surface: 'store', platform: oms, root },
    );
    assert.match((await manager.get('/form-entries')).expect(200).html, /No messages yet/);
    await send({ 'fields.f0': '=1+1', 'fields.f3': 'say "hi"' });
    const list = (await manager.get('/form-entries')).expect(200).html;
    const address = /href="[^"]*(\/form-entries\/[0-9a-f-]{36})"/.exec(list)?.[1] as string;
    assert.match(
      (await manager.get(address)).expect(200).html,
      /Your name[\s\S]*&#x3D;1\+1[\s\S]*Delete for good/,
    );
    const csv = (await manager.get('/form-entries/export')).expect(200).text;
    assert.match(csv, /"sentAt","page","language","email","Your name"/);
    assert.match(csv, /"'=1\+1".*"say ""hi"""/);
    const staff = await server.signIn(await server.user({ memberOf: { store: acmeShop, role: 'staff' } }), {
      surface: 'store',
      platform: oms,
      root,
    });
    (await staff.post(`${address}/delete`)).expect(403);
    (await manager.post(`${address}/delete`)).expect(303);
    (await manager.get(address)).expect(404);
    assert.equal(
      (
        await world.db.everything(
          `select 1 from core_audit_merchant where action in ('cms.form_entry.deleted', 'cms.form_entry.exported')`,
        )
      ).length,
      2,
    );
  });

  it('are handed out and erased for a person, and cleaned up after the time that the platform sets', async () => {
    await send();
    assert.equal((await entries.ofPerson(world.inStore(), 'ANN@example.org')).length, 1);
    await entries.erasePerson(world.inStore(), 'ann@example.org');
    assert.equal((await kept()).total, 0);
    await send();
    const later = (days: number) =>
      world.onPlatform(world.oms, { now: new Date(world.clock.now().getTime() + days * 86_400_000) });
    assert.equal(await entries.clean(later(364)), 0);
    assert.equal(await entries.clean(later(366)), 1);
  });
});
