import assert from 'node:assert/strict';
import type { StoreRecord } from '../../../kernel/context.js';
import { rootOf, startTestServer, type TestAppServer } from '../../../testing/index.js';
import type { TestClient } from '../../../testing/TestClient.js';
import { THEME_PRESETS } from '../../../tenancy/theme/presets.js';

const { warm, night } = THEME_PRESETS;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe('The theme editor [module:core] [surface:store]', () => {
  let server: TestAppServer;
  let store: StoreRecord;
  let owner: TestClient;
  before(async () => {
    server = await startTestServer({ plugins: [] });
  });
  beforeEach(async () => {
    store = await server.store();
    owner = await signedIn(store);
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, []);
  });

  const platform = () => server.platform('test');
  const rootAt = (at: StoreRecord, kind: 'page' | 'api' = 'page') =>
    rootOf({ surface: 'store', kind, platform: platform(), store: at });
  async function signedIn(at: StoreRecord, kind: 'page' | 'api' = 'page'): Promise<TestClient> {
    const user = await server.user({ ownerOf: at.merchant });
    return server.signIn(user, { surface: 'store', platform: platform(), root: rootAt(at, kind) });
  }
  const form = (more: Record<string, string> = {}): Record<string, string> => ({
    revision: '0',
    name: 'Ours',
    ...fields('colors', warm.colors),
    ...fields('dark', warm.dark ?? warm.colors),
    hasDark: 'true',
    'fonts.heading': 'fraunces',
    'fonts.body': 'inter',
    'layout.header': 'centered',
    'layout.width': 'normal',
    'layout.radius': 'round',
    'layout.grid': 'large',
    ...more,
  });
  const fields = (group: string, colors: object): Record<string, string> =>
    Object.fromEntries(Object.entries(colors).map(([name, value]) => [`${group}.${name}`, String(value)]));
  const visit = (path = '/storefront/') =>
    server
      .client()
      .get(`${rootOf({ surface: 'storefront', kind: 'page', platform: platform(), store })}${path}`);
  const frameOf = (html: string): string =>
    /<iframe[^>]*src="([^"]+)"/.exec(html)?.[1] ?? assert.fail('no preview');

  it('saves a draft that only the preview shows, then publishes it', async () => {
    const before = (await visit()).html;
    (await owner.post('/theme', { form: form() })).expect(303);
    assert.equal((await visit()).html, before);
    const page = (await owner.get('/theme')).expect(200).html;
    assert.match(page, /Draft/);
    const preview = (await server.client().get(frameOf(page).replaceAll('&amp;', '&'))).expect(200);
    assert.equal(preview.headers['cache-control'], 'no-store');
    assert.match(preview.headers['x-robots-tag'] as string, /noindex/);
    assert.equal(preview.headers['x-frame-options'], 'SAMEORIGIN');
    assert.match(preview.html, /site--centered/);
    assert.match(preview.html, /rel="preload" href="\/assets\/core\/fonts\/inter\./);
    const sheet =
      /<link rel="stylesheet" href="([^"]+theme\.[0-9a-f]{16}\.css)"/.exec(preview.html)?.[1] ?? '';
    assert.ok(sheet.startsWith(`${rootAt(store)}/theme/preview/`), sheet);
    const css = (await server.client().get(sheet)).expect(200);
    assert.match(css.text, new RegExp(`--color-primary:${warm.colors.primary}`));
    assert.match(css.headers['content-type'] as string, /^text\/css/);
    (await owner.post('/theme/publish', { form: form({ revision: '1', name: 'Ours now' }) })).expect(303);
    const after = (await visit()).html;
    assert.notEqual(after, before);
    assert.match(after, /site--centered/);
  });

  it('keeps the preview on the dashboard’s own origin where the storefront has a host of its own', async () => {
    const host = 'test.lu';
    const user = await server.user({ ownerOf: store.merchant });
    const client = await server.signIn(user, {
      surface: 'store',
      platform: platform(),
      host,
      root: `/store/${store.code}`,
    });
    (await client.post('/theme', { form: form() })).expect(303);
    const src = frameOf((await client.get('/theme')).expect(200).html);
    assert.match(src, new RegExp(`^/store/${store.code}/theme/preview/`));
    const shown = (await server.client({ host }).get(src)).expect(200).html;
    for (const [, address] of shown.matchAll(/(?:href|src|action)="([^"#]+)"/g))
      assert.ok(
        !(address as string).includes(`//${store.subdomain}.${host}`) ||
          shown.includes(`<link rel="canonical" href="${address}"`) ||
          shown.includes(`hreflang`),
        address,
      );
    assert.match(shown, new RegExp(`<a class="brand" href="/store/${store.code}/theme/preview/[^"]+/"`));
  });

  it('opens a preview at its own store only, until a day has passed', async () => {
    (await owner.post('/theme', { form: form() })).expect(303);
    const src = frameOf((await owner.get('/theme')).html).replace(/\?.*/, '');
    const sister = await server.store({ merchant: store.merchant });
    const [, token] = /preview\/([^/]+)/.exec(src) ?? [];
    for (const at of [sister, await server.store()])
      (await server.client().get(`${rootAt(at)}/theme/preview/${token}`)).expect(404);
    const spelt = `${(token as string).slice(0, -1)}${(token as string).endsWith('A') ? 'B' : 'A'}`;
    (await server.client().get(`${rootAt(store)}/theme/preview/${spelt}`)).expect(404);
    (await server.client().get(src)).expect(200);
    const began = server.clock.now();
    server.clock.set(new Date(began.getTime() + 25 * 3_600_000));
    try {
      (await server.client().get(src)).expect(404);
    } finally {
      server.clock.set(began);
    }
  });

  it('shows what was typed and where, for colours, fonts and layouts that are none', async () => {
    for (const [field, value, message] of [
      ['colors.primary', '#12;}body{display:none', /hexadecimal/],
      ['colors.text', 'url(//evil.example)', /hexadecimal/],
      ['dark.accent', 'red', /hexadecimal/],
      ['fonts.body', 'inter";}', /Choose one of the fonts/],
      ['fonts.heading', '__proto__', /Choose one of the fonts/],
      ['layout.radius', '99rem', /Choose one of/],
      ['name', ' ', /Give the theme a name/],
    ] as const) {
      const answer = (await owner.post('/theme', { form: form({ [field]: value }) })).expect(422);
      assert.match(answer.html, message, field);
      assert.match(answer.html, /value="Ours"|value=" "/, 'what was typed stays');
    }
    (await owner.post('/theme', { form: form({ css: 'body{}' }) })).expect(422);
    assert.equal((await server.parts.themes.state(server.context({ store }))).revision, 0);
  });

  it('says so when somebody else was faster, keeps what was typed, and lets it win', async () => {
    (await owner.post('/theme', { form: form({ name: 'First' }) })).expect(303);
    const late = (await owner.post('/theme', { form: form({ name: 'Second' }) })).expect(409);
    assert.match(late.html, /Changed in the meantime/);
    assert.match(late.html, /value="Second"/);
    const revision = /name="revision" value="(\d+)"/.exec(late.html)?.[1] as string;
    (await owner.post('/theme', { form: form({ name: 'Second', revision }) })).expect(303);
    assert.equal((await server.parts.themes.state(server.context({ store }))).draft?.theme?.name, 'Second');
  });

  it('says beside the save bar what a change that saved itself was refused for, with the field’s name', async () => {
    const said = (html: string): string => /id="theme-said"[^>]*>([\s\S]*?)<\/div>/.exec(html)?.[1] ?? '';
    assert.doesNotMatch(said((await owner.get('/theme')).html), /</);
    const wrong = form({ auto: 'true', 'dark.accent': 'red', 'layout.radius': '99rem' });
    const refused = said((await owner.post('/theme', { form: wrong })).expect(422).html);
    assert.match(refused, /Accent \(Dark\):<\/strong> [^<]*hexadecimal/);
    assert.match(refused, /Corners:<\/strong> Choose one of/);
    (await owner.post('/theme', { form: form({ auto: 'true' }) })).expect(303);
    const late = (await owner.post('/theme', { form: form({ auto: 'true' }) })).expect(409);
    assert.match(said(late.html), /Changed in the meantime\.[\s\S]*<a href="[^"]+\/theme">/);
  });

  it('starts from a preset, takes the platform’s theme, and gives a draft up', async () => {
    (await owner.post('/theme/preset', { form: { revision: '0', preset: 'night' } })).expect(303);
    const state = () => server.parts.themes.state(server.context({ store }));
    assert.deepEqual((await state()).draft?.theme?.colors, night.colors);
    (await owner.post('/theme/preset', { form: { revision: '1', preset: 'constructor' } })).expect(422);
    (await owner.post('/theme/inherit', { form: { revision: '1' } })).expect(303);
    assert.equal((await state()).draft?.theme, null);
    assert.match((await owner.get('/theme')).expect(200).html, /The platform’s theme/);
    (await owner.post('/theme/discard', { form: { revision: '2' } })).expect(303);
    assert.equal((await state()).draft, null);
  });

  it('lists what was live with what changed, and takes an earlier one as the draft', async () => {
    assert.match((await owner.get('/theme/history')).expect(200).html, /Nothing published yet/);
    await server.parts.themes.replace(server.context({ store }), warm);
    await server.parts.themes.replace(server.context({ store }), {
      ...warm,
      layout: { ...warm.layout, radius: 'none' },
    });
    const page = (await owner.get('/theme/history')).expect(200).html;
    assert.match(page, /layout\.radius[\s\S]*<del>large<\/del>[\s\S]*<ins>none<\/ins>/);
    const { revision } = await server.parts.themes.state(server.context({ store }));
    (await owner.post('/theme/restore', { form: { number: '1', revision: String(revision) } })).expect(303);
    const { draft } = await server.parts.themes.state(server.context({ store }));
    assert.equal(draft?.theme?.layout.radius, 'large');
  });

  it('takes pictures by their bytes, serves them with the theme, and nothing else', async () => {
    const upload = (content: Buffer, name: string) => {
      const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`;
      return owner.post('/theme/pictures/logo', {
        body: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--x--\r\n')]),
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      });
    };
    (await upload(PNG, 'logo.png')).expect(303);
    const { draft, revision } = await server.parts.themes.state(server.context({ store }));
    const logo = draft?.theme?.branding.logo ?? assert.fail('no logo');
    assert.match(logo, /^\/branding\/[0-9a-f]{32}-[0-9a-z]+\.png$/);
    (
      await upload(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'logo.png')
    ).expect(422);
    assert.match(
      (await upload(Buffer.from('plain words'), 'logo.png')).expect(422).html,
      /Choose a picture[\s\S]*Save draft/,
    );
    (await upload(Buffer.from('plain words'), 'logo.png')).expect(422);
    await server.parts.themes.publish(server.context({ store }), { revision });
    const [, src] = /<img class="brand__logo" src="([^"]+)"/.exec((await visit()).html) ?? [];
    const picture = (await server.client().get(src as string)).expect(200);
    assert.equal(picture.headers['content-type'], 'image/png');
    assert.match(picture.headers['content-security-policy'] as string, /sandbox/);
    assert.deepEqual(picture.body, PNG);
    const sister = await server.store({ merchant: store.merchant });
    const elsewhere = rootOf({ surface: 'storefront', kind: 'page', platform: platform(), store: sister });
    (await server.client().get(elsewhere + logo)).expect(404);
    for (const bad of ['/branding/x.png', '/branding/x.svg', `${logo}x`]) (await visit(bad)).expect(404);
    (await owner.post('/theme/pictures/logo/choose', { form: { picture: '/media/x.png' } })).expect(422);
    (await owner.post('/theme/pictures/logo/remove', { form: {} })).expect(303);
    assert.equal(
      (await server.parts.themes.state(server.context({ store }))).draft?.theme?.branding.logo,
      null,
    );
  });

  it('lets staff look, and only who may publish publish', async () => {
    const look = await server.user({ memberOf: { store, role: ['core.theme.view'] } });
    const edit = await server.user({ memberOf: { store, role: ['core.theme.view', 'core.theme.edit'] } });
    const place = { surface: 'store', platform: platform(), root: rootAt(store) } as const;
    const [looker, editor] = [await server.signIn(look, place), await server.signIn(edit, place)];
    assert.doesNotMatch((await looker.get('/theme')).expect(200).html, /Save draft/);
    (await looker.post('/theme', { form: form() })).expect(403);
    (await editor.post('/theme', { form: form() })).expect(303);
    assert.doesNotMatch((await editor.get('/theme')).html, /formaction/);
    (await editor.post('/theme/publish', { form: form({ revision: '1' }) })).expect(403);
    (await (await signedIn(await server.store())).get('/theme')).expect(200);
    (await server.client().get(`${rootAt(store)}/theme`)).expect(303);
  });

  it('does the same by its API, with contrast and conflicts', async () => {
    const api = await signedIn(store, 'api');
    const first = (await api.put('/theme/draft', { json: { theme: warm, revision: 0 } })).expect(200).json<{
      revision: number;
      contrast: { isMet: boolean }[];
      preview: string;
    }>();
    assert.equal(first.revision, 1);
    assert.ok(first.contrast.every(({ isMet }) => isMet));
    (await server.client().get(first.preview)).expect(200);
    assert.equal(
      (await api.put('/theme/draft', { json: { theme: night, revision: 0 } })).expect(409).problem,
      'CORE_THEME_CHANGED',
    );
    assert.equal((await api.get('/theme')).json<{ theme: { name: string } }>().theme.name, 'fresh');
    (await api.post('/theme/publish', { json: { revision: 1 } })).expect(200);
    assert.equal((await api.get('/theme')).json<{ theme: { name: string } }>().theme.name, 'warm');
    assert.equal(
      (await api.post('/theme/publish', { json: { revision: 2 } })).expect(409).problem,
      'CORE_THEME_NO_DRAFT',
    );
    const { items } = (await api.get('/theme/versions')).json<{ items: { number: number }[] }>();
    (await api.post(`/theme/versions/${items[0]?.number}/restore`, { json: { revision: 2 } })).expect(200);
    (await api.delete('/theme/draft?revision=3')).expect(204);
    (await api.put('/theme', { json: { theme: null } })).expect(200);
    (await api.put('/theme', { json: { theme: { ...warm, css: 'x' } } })).expect(422);
  });
});

describe('A platform’s branding [module:core] [surface:admin]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({ plugins: [] });
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, []);
  });

  it('is edited beside its marketing site, on both addresses of its admin, and shows on stores without a theme', async () => {
    const admin = await server.user({ adminOf: 'test' });
    const store = await server.store();
    await server.parts.themes.replace(server.context({ store }), null);
    for (const root of ['/platforms/test/admin', '/admin/platforms/test']) {
      const client = await server.signIn(admin, { surface: 'admin', root });
      const { revision } = await server.parts.themes.state(server.context({}));
      (
        await client.post('/branding/preset', { form: { revision: String(revision), preset: 'classic' } })
      ).expect(303);
      const page = (await client.get('/branding')).expect(200).html;
      assert.doesNotMatch(page, /Take the platform’s theme/);
      const src = /<iframe[^>]*src="([^"]+)"/.exec(page)?.[1] as string;
      assert.ok(src.startsWith(`${root}/branding/preview/`), src);
      assert.match((await server.client().get(src)).expect(200).html, /site--marketing site--centered/);
      (await client.post('/branding/inherit', { form: { revision: '1' } })).expect(404);
      const state = await server.parts.themes.state(server.context({}));
      await server.parts.themes.publish(server.context({}), { revision: state.revision });
      assert.match(
        (await server.client().get(`/platforms/test/stores/${store.code}/storefront/`)).html,
        /site--centered/,
      );
      await server.parts.themes.replace(server.context({}), warm);
    }
  });

  it('is nobody else’s to change', async () => {
    const other = await server.user({});
    const client = await server.signIn(other, { surface: 'admin', root: '/platforms/test/admin' });
    (await client.get('/branding')).expect(403, 404);
    (await client.post('/branding/preset', { form: { revision: '0', preset: 'classic' } })).expect(403, 404);
  });
});
