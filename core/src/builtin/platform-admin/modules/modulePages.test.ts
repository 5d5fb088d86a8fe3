import assert from 'node:assert/strict';
import { z } from 'zod';
import { plugin } from '../../../kernel/kernel.fixture.js';
import { secret } from '../../../modules/settings/secrets.js';
import { startTestServer, testHost, type TestAppServer, type TestClient } from '../../../testing/index.js';

const settings = z.object({
  sender: z.string().max(20).default(''),
  everyMinutes: z.number().int().min(5).max(120).default(15),
  isLoud: z.boolean().default(false),
  tone: z.enum(['plain', 'warm']).default('plain'),
  addresses: z.array(z.email()).max(2).default([]),
  letterCode: secret().default('').meta({ required: true }),
});
let isIll: string | undefined;
let answersAttention: () => Promise<readonly { text: string; values?: Record<string, string> }[]>;
const plugins = [
  plugin('base', [], { name: 'Base' }),
  plugin('middle', ['base'], { name: 'Middle' }),
  plugin('post', [], {
    name: 'Post',
    settings,
    healthChecks: () => [{ name: 'post office', check: async () => isIll }],
    attention: () => () => answersAttention(),
  }),
];

describe('the modules page [module:platform-admin] [surface:admin]', () => {
  let server: TestAppServer;
  let admin: TestClient;
  let reader: TestClient;
  before(async () => {
    server = await startTestServer({
      hosts: [testHost({ plugins }), testHost({ code: 'other', plugins: [] })],
    });
    const place = { surface: 'admin', root: '/platforms/test/admin' } as const;
    admin = await server.signIn(await server.user({ name: 'Anna Weber', adminOf: 'test' }), place);
    reader = await server.signIn(await server.user({ superAdmin: true }), {
      surface: 'admin',
      root: '/admin',
    });
  });
  beforeEach(async () => {
    isIll = undefined;
    answersAttention = async () => [];
    const ctx = server.context({ platform: 'test', surface: 'admin' });
    const { modules } = server.parts;
    await modules.apply(ctx, await modules.plan(ctx, { enable: ['base', 'middle', 'post'], disable: [] }));
    await modules.configure(ctx, 'post', { letterCode: 'first' });
  });
  after(() => server.stop());

  const page = async (path: string, client = admin): Promise<string> =>
    (await client.get(path)).expect(200).html;
  const isOn = (code: string): boolean =>
    server.parts.states.snapshotOf(server.platform('test').id).isOn(code);
  const values = (): Record<string, unknown> =>
    server.parts.settings.of(server.context({ platform: 'test' }), 'post');
  const hidden = (html: string, name: string): string[] =>
    [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) => value);
  const send = (config: Record<string, string>, version?: string) =>
    admin.post('/modules/post/settings', {
      form: {
        ...(version === undefined ? {} : { version }),
        ...Object.fromEntries(Object.entries(config).map(([name, value]) => [`config.${name}`, value])),
      },
    });
  const whole = {
    sender: 'Us',
    everyMinutes: '30',
    tone: 'warm',
    addresses: 'a@b.lu\n\nc@d.lu',
    letterCode: '',
  };

  it('is there below the platform’s own address and above all platforms, and for its administrators only', async () => {
    assert.match(await page('/modules'), /id="module-middle"/);
    assert.match(await page('/platforms/test/modules', reader), /id="module-middle"/);
    assert.match(await page('/platforms/test/modules', reader), /href="\/admin\/modules\/compare"/);
    const stranger = await server.signIn(await server.user({ adminOf: 'other' }), {
      surface: 'admin',
      root: '/platforms/test/admin',
    });
    assert.ok([403, 404].includes((await stranger.get('/modules')).status));
    assert.ok([403, 404].includes((await stranger.post('/modules/apply', { form: {} })).status));
  });

  it('filters by state and by what is typed, and counts', async () => {
    const off = await page('/modules?show=off');
    assert.doesNotMatch(off, /id="module-base"/);
    const found = await page('/modules?q=midd');
    assert.match(found, /id="module-middle"/);
    assert.doesNotMatch(found, /id="module-base"/);
    assert.match(await page('/modules?q=zzz'), /No module fits/);
    assert.match(await page('/modules?show=attention'), /No module fits/);
    isIll = 'closed';
    assert.match(await page('/modules?show=attention'), /id="module-post"/);
  });

  it('plans what switches ask for, and does it when the whole of it is confirmed', async () => {
    const html = await page('/modules?shown=base&shown=middle&on=middle');
    assert.match(html, /Before you turn off Base/);
    assert.deepEqual([hidden(html, 'disable'), hidden(html, 'askedDisable')], [['base', 'middle'], ['base']]);
    const [revision = ''] = hidden(html, 'revision');
    const answer = await admin.post('/modules/apply', {
      form: [
        ['revision', revision],
        ['disable', 'base'],
        ['disable', 'middle'],
        ['askedDisable', 'base'],
      ],
    });
    assert.match(answer.expect(303).location ?? '', /\/modules#module-base$/);
    assert.deepEqual([isOn('base'), isOn('middle')], [false, false]);
    const after = await page('/modules');
    assert.match(after, /Base, Middle turned off for/);
    assert.match(after, /Anna Weber<\/strong> turned off Base, Middle/);
  });

  it('says what cannot be done in the words of the page, and changes nothing', async () => {
    const html = await page('/modules?disable=core');
    assert.match(html, /belongs to the core and is always on/);
    assert.match(await page('/modules?enable=nothing'), /does not have this module/);
    assert.match(await page('/modules?disable=base&enable=middle'), /Put one of the two back/);
  });

  it('tells of failing checks, missing settings and what modules say, with the way there', async () => {
    isIll = 'the door is shut';
    answersAttention = async () => [{ text: 'core.attention.setting', values: { field: 'sender' } }];
    await server.parts.modules.configure(server.context({ platform: 'test', surface: 'admin' }), 'post', {});
    const html = await page('/modules');
    for (const words of [
      '“post office” fails: the door is shut',
      '“Letter code” has to be',
      '“Sender” has to be',
    ])
      assert.ok(html.includes(words), words);
    assert.match(html, /href="[^"]*\/modules\/post\/settings"/);
    answersAttention = () => Promise.reject(new Error('broken on purpose'));
    assert.match(await page('/modules'), /did not say how it is doing/);
  });

  it('makes a form of a module’s settings, and reads it back', async () => {
    const html = await page('/modules/post/settings');
    assert.doesNotMatch(html, /first/, 'no secret leaves the server');
    (await send(whole, hidden(html, 'version')[0])).expect(303);
    assert.deepEqual(values(), {
      sender: 'Us',
      everyMinutes: 30,
      isLoud: false,
      tone: 'warm',
      addresses: ['a@b.lu', 'c@d.lu'],
      letterCode: 'first',
    });
    (await send({ ...whole, isLoud: 'true', letterCode: 'second' })).expect(303);
    assert.deepEqual([values()['isLoud'], values()['letterCode']], [true, 'second']);
    (await send({ ...whole, letterCodeRemove: 'true' })).expect(303);
    assert.equal(values()['letterCode'], '');
  });

  it('keeps what was typed where something does not fit, and says what', async () => {
    const before = values();
    const answer = await send({ ...whole, sender: 'Somebody', everyMinutes: '3', addresses: 'nobody' });
    const html = answer.expect(422).html;
    for (const words of ['value="Somebody"', 'value="3"', 'nobody', 'from 5 to 120'])
      assert.ok(html.includes(words), words);
    assert.match((await send({ ...whole, everyMinutes: 'often' })).expect(422).html, /Enter a number/);
    assert.match((await send({ ...whole, colour: 'red' })).expect(422).html, /colour/);
    assert.deepEqual(values(), before);
  });

  it('does not let one administrator overwrite what another has just saved, and loses nothing', async () => {
    const [version] = hidden(await page('/modules/post/settings'), 'version');
    (await send({ ...whole, sender: 'Marc' }, version)).expect(303);
    const html = (await send({ ...whole, sender: 'Anna' }, version)).expect(409).html;
    assert.match(html, /value="Anna"/);
    assert.equal(values()['sender'], 'Marc');
    (await send({ ...whole, sender: 'Anna' }, hidden(html, 'version')[0])).expect(303);
    assert.equal(values()['sender'], 'Anna');
  });

  it('leaves an audit row with what changed, and no secret', async () => {
    (await send({ ...whole, letterCode: 'third' })).expect(303);
    const [row] = await server.database.everything<{ change_from: object; change_to: object; text: string }>(
      `select change_from, change_to, change_from::text || change_to::text as text from core_audit_platform
       where action = 'core.module.configured' order by id desc limit 1`,
    );
    assert.match(JSON.stringify(row?.change_to), /"sender":"Us"/);
    assert.match(JSON.stringify(row?.change_to), /"letterCode":"•+"/);
    assert.doesNotMatch(row?.text ?? '', /first|third/);
    assert.doesNotMatch(JSON.stringify(row?.change_to), /isLoud/, 'only what changed');
  });

  it('compares all platforms for those who administer them, as a page and as a file', async () => {
    const html = await page('/modules/compare', reader);
    assert.match(html, /Middle/);
    assert.doesNotMatch(await page('/modules/compare?show=differences', reader), /Merchants &amp; stores <p/);
    const csv = (await reader.get('/modules/compare.csv?show=all')).expect(200);
    assert.match(csv.headers['content-type'] ?? '', /^text\/csv/);
    assert.match(csv.text, /"module","name","other","test"/);
    assert.match(csv.text, /"middle","Middle","absent","on"/);
    const mine = await server.signIn(await server.user({ adminOf: 'other' }), {
      surface: 'admin',
      root: '/admin',
    });
    assert.match((await mine.get('/modules/compare.csv')).text, /"module","name","other"\r\n/);
  });

  it('leaves platforms out of the comparison where one’s role may not see modules', async () => {
    const user = await server.user({ adminOf: 'other' });
    const { id } = server.platform('other');
    await server.database.everything(
      `with role as (insert into core_platform_role (platform_id, id, name, permissions, created_at)
         values ('${id}', gen_random_uuid(), 'Readers', '{platform-admin.audit.view}', now()) returning id)
       update core_platform_admin set role = 'custom', role_id = role.id from role where user_id = '${user.id}'`,
    );
    const client = await server.signIn(user, { surface: 'admin', root: '/admin' });
    assert.match((await client.get('/modules/compare.csv')).expect(200).text, /"module","name"\r\n/);
  });

  it('has no settings page for what is not there', async () => {
    (await admin.get('/modules/nothing/settings')).expect(404);
    (await admin.get('/modules/base/settings')).expect(404);
  });
});
