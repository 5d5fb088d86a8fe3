import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StoreRecord } from '@wizamart/core';
import { eventually, rootOf, type TestClient } from '@wizamart/core/testing';
import sharp from 'sharp';
import type { MediaRenderer } from '../src/media/MediaRenderer.js';
import { type MediumAnswer, pdf, picture, sendFile } from './media.fixture.js';
import { openWorld, type World } from './world.fixture.js';

const folder = path.join(tmpdir(), `wizamart-media-${process.pid}`);

describe('the media library [module:cms] [surface:store]', () => {
  let world: World;
  let renderer: MediaRenderer;
  let staff: TestClient;
  let neighbour: TestClient;
  let visitor: TestClient;
  let neighbours: TestClient;

  before(async () => {
    world = await openWorld({ filesUrl: pathToFileURL(folder).href });
    renderer = (
      world.server.modules.kernel.container.wiringOf('cms') as unknown as { mediaRenderer: MediaRenderer }
    ).mediaRenderer;
    staff = await staffOf(world.acmeShop);
    neighbour = await staffOf(world.techproShop);
    visitor = siteOf(world.acmeShop);
    neighbours = siteOf(world.techproShop);
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await world.db.everything('delete from cms_store_page');
    await world.db.everything('delete from cms_store_media');
    await world.db.everything('delete from cms_platform_media');
    await rm(folder, { recursive: true, force: true });
  });

  const staffOf = async (store: StoreRecord, kind: 'api' | 'page' = 'api') =>
    world.server.signIn(await world.server.user({ memberOf: { store, role: 'manager' } }), {
      surface: 'store',
      platform: world.oms,
      root: rootOf({ surface: 'store', kind, platform: world.oms, store }),
    });
  const siteOf = (store: StoreRecord) =>
    world.server.client({
      root: rootOf({ surface: 'storefront', kind: 'page', platform: world.oms, store }),
    });
  const upload = async (file: Buffer, options: Parameters<typeof sendFile>[3] = {}) =>
    (await sendFile(staff, '/media', file, options)).expect(201).json<MediumAnswer>();
  const render = (id: string, store = world.acmeShop) =>
    renderer.render({ ...world.inStore(store), actor: { kind: 'system', name: 'test' }, surface: 'job' }, id);
  const ready = async (file?: Buffer, options: Parameters<typeof sendFile>[3] = {}) => {
    const { id } = await upload(file ?? (await picture()), options);
    await render(id);
    return (await staff.get(`/media/${id}`)).expect(200).json<MediumAnswer>();
  };
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  const addressOf = ({ id, variants }: MediumAnswer, name: string, extension = 'webp') => {
    const found = variants.find((one) => one.name === name && one.extension === extension);
    assert.ok(
      found,
      `${name}.${extension} is not among ${variants.map((one) => `${one.name}.${one.extension}`).join(', ')}`,
    );
    return `/media/${id}/${found.name}.${found.hash}.${found.extension}`;
  };

  it('makes sizes and crops of every kind of picture, never larger than it is', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
      const medium = await ready(await picture(format, 700, 350), { name: `a.${format}` });
      const extension = format === 'jpeg' ? 'jpg' : format;
      assert.equal(medium.status, 'ready', `${format}: ${medium.failure}`);
      assert.deepEqual(
        medium.variants
          .filter((one) => one.extension === extension)
          .map(({ name, width, height }) => `${name} ${width}x${height}`),
        [
          'w320 320x160',
          'w640 640x320',
          'w700 700x350',
          'square-320 320x320',
          'square-350 350x350',
          'wide-622 622x350',
        ],
        format,
      );
      assert.ok(medium.variants.some((one) => one.extension === 'webp'));
    }
  });

  it('cuts around the focal point, anew when that moves', async () => {
    const left = async (medium: MediumAnswer) => {
      const { body } = (await visitor.get(addressOf(medium, 'square-200', 'png'))).expect(200);
      const { dominant } = await sharp(body).stats();
      return dominant.r > dominant.b ? 'red' : 'blue';
    };
    const medium = await ready();
    (await staff.patch(`/media/${medium.id}`, { json: { focus: { x: 0, y: 0.5 } } })).expect(200);
    await render(medium.id);
    const atLeft = (await staff.get(`/media/${medium.id}`)).json<MediumAnswer>();
    assert.equal(await left(atLeft), 'red');
    (await staff.patch(`/media/${medium.id}`, { json: { focus: { x: 1, y: 0.5 } } })).expect(200);
    await render(medium.id);
    assert.equal(await left((await staff.get(`/media/${medium.id}`)).json<MediumAnswer>()), 'blue');
    const { headers } = (await visitor.get(addressOf(atLeft, 'square-200', 'png'))).expect(200);
    assert.equal(
      headers['cache-control'],
      'public, no-cache',
      'an old address shows what is there, and is not kept',
    );
    (await staff.patch(`/media/${medium.id}`, { json: { focus: { x: 2, y: 0 } } })).expect(422);
  });

  it('turns pictures upright, and leaves out where they were taken', async () => {
    const taken = await sharp(await picture('jpeg'))
      .withExif({ IFD0: { Artist: 'Secret Person' }, IFD3: { GPSLatitude: '49/1 36/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const medium = await ready(taken, { name: 'a.jpg' });
    assert.deepEqual([medium.width, medium.height], [200, 400]);
    const { body } = (await visitor.get(addressOf(medium, 'w200', 'jpg'))).expect(200);
    const { exif, orientation, width, height } = await sharp(body).metadata();
    assert.deepEqual([exif, orientation, width, height], [undefined, undefined, 200, 400]);
  });

  it('believes the bytes and not the name, and refuses what is neither picture nor PDF', async () => {
    const php = Buffer.from('<?php system($_GET["c"]); ?>');
    const svg = Buffer.from(
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    );
    const refused: [string, Buffer, RegExp][] = [
      ['shell.jpg', php, /Choose a picture/],
      ['photo.png', svg, /SVG files can carry scripts/],
      ['plain.svg', Buffer.from('<svg onload="alert(1)"/>'), /SVG/],
      ['page.png', Buffer.from('<!doctype html><script>alert(1)</script>'), /Choose/],
      ['empty.png', Buffer.alloc(0), /empty/],
      ['half.png', (await picture()).subarray(0, 40), /cannot be read|Choose/],
      ['zip.png', Buffer.from('PK\x03\x04 and more'), /Choose/],
    ];
    for (const [name, body, reason] of refused) {
      const answer = (await sendFile(staff, '/media', body, { name }))
        .expect(422)
        .json<{ code: string; errors: { path: string; message: string }[] }>();
      assert.equal(answer.code, 'CMS_MEDIA_FILE_REFUSED');
      assert.match(answer.errors[0]?.message ?? '', reason, name);
    }
    assert.deepEqual([await files(), await world.db.everything('select 1 from cms_store_media')], [[], []]);
    assert.equal(
      (await upload(await picture('webp'), { name: 'called.php', type: 'text/html' })).mime,
      'image/webp',
    );
  });

  it('serves nothing of what was hidden in or behind a picture', async () => {
    const polyglots = [
      Buffer.concat([await picture('png'), Buffer.from('<script>alert("polyglot")</script><?php echo 1;')]),
      Buffer.concat([await picture('gif'), Buffer.from('<script>alert("polyglot")</script>')]),
      await sharp(await picture('jpeg'))
        .withExif({ IFD0: { ImageDescription: '<script>alert("polyglot")</script>' } })
        .toBuffer(),
    ];
    for (const polyglot of polyglots) {
      const medium = await ready(polyglot);
      assert.equal(medium.status, 'ready');
      for (const { name, extension } of medium.variants) {
        const { body, headers } = (await visitor.get(addressOf(medium, name, extension))).expect(200);
        assert.doesNotMatch(body.toString('latin1'), /script|php|polyglot/);
        assert.match(headers['content-type'] ?? '', /^image\//);
      }
    }
  });

  it('refuses pictures that unpack to more than memory holds', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    assert.ok(bomb.length < 500_000);
    const answer = (await sendFile(staff, '/media', bomb)).expect(422).json<{ detail: string }>();
    assert.match(answer.detail, /50 million pixels/);
    assert.deepEqual(await files(), []);
  });

  it('refuses files over the size that the platform sets, in the API and at the form', async () => {
    const large = Buffer.concat([await picture(), Buffer.alloc(21 * 1024 * 1024)]);
    assert.equal((await sendFile(staff, '/media', large)).expect(413).problem, 'PAYLOAD_TOO_LARGE');
    const form = await staffOf(world.acmeShop, 'page');
    assert.match((await sendFile(form, '/media', large)).expect(422).html, /The file is larger than 20 MB/);
    assert.deepEqual(await files(), []);
  });

  it('serves pictures for good, in parts, conditionally, and without letting them run anything', async () => {
    const medium = await ready();
    const address = addressOf(medium, 'w320');
    const whole = (await visitor.get(address)).expect(200);
    assert.equal(whole.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(whole.headers['x-content-type-options'], 'nosniff');
    assert.equal(whole.headers['content-security-policy'], "default-src 'none'; sandbox");
    assert.equal(whole.headers['content-length'], String(whole.body.length));
    (await visitor.get(address, { headers: { 'if-none-match': whole.headers.etag } })).expect(304);
    const part = (await visitor.get(address, { headers: { range: 'bytes=10-19' } })).expect(206);
    assert.deepEqual(
      [part.body, part.headers['content-range']],
      [whole.body.subarray(10, 20), `bytes 10-19/${whole.body.length}`],
    );
    (await visitor.get(address, { headers: { range: `bytes=${whole.body.length}-` } })).expect(416);
    const head = (await visitor.request('HEAD', address)).expect(200);
    assert.deepEqual([head.body.length, head.headers['content-length']], [0, String(whole.body.length)]);
    for (const wrong of [
      `/media/${medium.id}/w320.0000000000000000.exe`,
      `/media/${medium.id}/..%2Fsource.png`,
      `/media/x/w320.0000000000000000.webp`,
      `/media/${medium.id}/source.${'0'.repeat(16)}.png`,
      address.replace('w320', 'w321'),
    ]) {
      (await visitor.get(wrong)).expect(404, 400);
    }
  });

  it('hands out PDFs as downloads under their own name', async () => {
    const medium = await upload(pdf, { name: 'Präis "2026".pdf' });
    assert.equal(medium.status, 'ready');
    const { headers, body } = (await visitor.get(addressOf(medium, 'original', 'pdf'))).expect(200);
    assert.ok(body.equals(pdf));
    assert.match(
      headers['content-disposition'] ?? '',
      /^attachment; filename="[\w .-]+"; filename\*=UTF-8''Pr%C3%A4is/,
    );
  });

  it('keeps the media of stores apart, as rows and at every address', async () => {
    const mine = await ready();
    const address = addressOf(mine, 'w320');
    (await visitor.get(address)).expect(200);
    for (const other of [
      neighbours,
      siteOf(world.acmeEsch),
      world.server.client({ root: rootOf({ surface: 'platform', kind: 'page', platform: world.oms }) }),
    ])
      (await other.get(address)).expect(404);
    assert.equal((await neighbour.get('/media')).json<{ total: number }>().total, 0);
    for (const [method, at, json] of [
      ['GET', '', undefined],
      ['PATCH', '', { title: 'mine' }],
      ['DELETE', '?confirm=true', undefined],
      ['POST', '/retry', {}],
      ['GET', '/usage', undefined],
    ] as const) {
      assert.equal(
        (await neighbour.request(method, `/media/${mine.id}${at}`, json ? { json } : {})).status,
        404,
        `${method} ${at}`,
      );
    }
    assert.equal((await sendFile(neighbour, `/media/${mine.id}/replace`, await picture())).status, 404);
    const alone = await world.db
      .withoutModelScope()
      .unit(world.inStore(world.techproShop), ({ tx }) => tx.query('select id from cms_store_media'));
    assert.deepEqual(alone, []);
    const dashboard = await staffOf(world.techproShop, 'page');
    (await dashboard.get(address.replace(`${mine.id}/`, `${mine.id}/files/`))).expect(404);
    (
      await (await staffOf(world.acmeShop, 'page')).get(address.replace(`${mine.id}/`, `${mine.id}/files/`))
    ).expect(200);
  });

  it('shows the platform’s media at its stores, and lets none of them change it', async () => {
    const admin = await world.server.signIn(await world.server.user({ adminOf: world.oms }), {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'api', platform: world.oms }),
    });
    const { id } = (await sendFile(admin, '/media', await picture())).expect(201).json<MediumAnswer>();
    await renderer.render(
      { ...world.onPlatform(), actor: { kind: 'system', name: 'test' }, surface: 'job' },
      id,
    );
    const medium = (await admin.get(`/media/${id}`)).json<MediumAnswer>();
    const address = addressOf(medium, 'w320');
    for (const site of [
      visitor,
      neighbours,
      world.server.client({ root: rootOf({ surface: 'platform', kind: 'page', platform: world.oms }) }),
    ])
      (await site.get(address)).expect(200);
    (
      await world.server
        .client({ root: rootOf({ surface: 'platform', kind: 'page', platform: world.loyalty }) })
        .get(address)
    ).expect(404);
    (await staff.delete(`/media/${id}?confirm=true`)).expect(404);
    (await staff.patch(`/media/${id}`, { json: { title: 'x' } })).expect(404);
    const body = [{ type: 'image' as const, media: id, alt: 'x' }];
    await world.storePages.create(world.inStore(world.techproShop), { slug: 'own', title: 'Own', body });
    assert.deepEqual((await admin.get(`/media/${id}/usage`)).json(), { pages: [], stores: 1, theme: false });
    assert.match((await admin.delete(`/media/${id}`)).expect(409).text, /pages of 1 stores/);
    assert.equal((await staff.get('/media')).json<{ total: number }>().total, 0);
  });

  it('never keeps more than the plan allows, however many uploads come at once', async () => {
    const { tiers, onPlatform, acme } = world;
    const file = await picture();
    await tiers.seed(onPlatform(), [
      {
        code: 'few',
        name: 'Few',
        features: ['cms_basic', 'media_library'],
        limits: { cms_media_files: 3, cms_media_bytes: file.length * 10 },
      },
      { code: 'none', name: 'None', features: [], limits: {} },
    ]);
    await world.asTier(acme, 'few');
    try {
      const answers = await Promise.all(Array.from({ length: 10 }, () => sendFile(staff, '/media', file)));
      assert.deepEqual(
        answers.map(({ status }) => status).sort(),
        [201, 201, 201, 402, 402, 402, 402, 402, 402, 402],
      );
      assert.equal((await files()).length, 3, 'what was refused left no file');
      const { meters } = (await staff.get('/media')).json<{ meters: { files: object; bytes: object } }>();
      assert.deepEqual(meters, {
        files: { used: 3, limit: 3 },
        bytes: { used: file.length * 3, limit: file.length * 10 },
      });
    } finally {
      await world.asTier(acme, null);
    }
  });

  it('makes sizes once, however often the job runs, and gives up a picture it cannot read', async () => {
    const medium = await ready();
    const before = await files();
    await render(medium.id);
    await Promise.all([render(medium.id), render(medium.id)]);
    assert.deepEqual(await files(), before);
    const { id } = await upload(await picture());
    await Promise.all([render(id), render(id)]);
    assert.equal((await staff.get(`/media/${id}`)).json<MediumAnswer>().status, 'ready');
    await world.db.everything(
      `update cms_store_media set status = 'processing', sha256 = repeat('0', 64) where id = '${id}'`,
    );
    await render(id);
    const failed = (await staff.get(`/media/${id}`)).json<MediumAnswer>();
    assert.deepEqual([failed.status, failed.failure], ['failed', 'The uploaded file is missing.']);
    assert.match(
      (await (await staffOf(world.acmeShop, 'page')).get(`/media/${id}`)).expect(200).html,
      /Try again/,
    );
    assert.equal(
      (await staff.post(`/media/${id}/retry`, { json: {} })).expect(200).json<MediumAnswer>().status,
      'processing',
    );
    assert.equal(
      (await staff.post(`/media/${id}/retry`, { json: {} })).problem,
      'CMS_MEDIA_NOTHING_TO_RETRY',
    );
  });

  it('shows pictures in pages, without shifts, in the words of the page or of the library', async () => {
    const medium = await ready();
    (
      await staff.patch(`/media/${medium.id}`, {
        json: { alt: { en: 'Two "colours"', fr: 'Deux couleurs' } },
      })
    ).expect(200);
    const body = [
      { type: 'image' as const, media: medium.id, caption: 'Below', shape: 'wide' as const },
      {
        type: 'gallery' as const,
        columns: 2 as const,
        items: [
          { media: medium.id, alt: 'Own words' },
          { media: medium.id, decorative: true },
        ],
      },
    ];
    await world.storePages.create(world.inStore(), {
      slug: 'look',
      title: 'Look',
      body,
      status: 'published',
    });
    const { html } = (await visitor.get('/look')).expect(200);
    assert.match(html, /<source type="image\/webp" srcset="[^"]*\/media\/[^"]+ 356w" sizes="/);
    assert.match(
      html,
      /<img src="[^"]+" srcset="[^"]+" sizes="[^"]+" width="356" height="200" alt="Two &quot;colours&quot;"/,
    );
    assert.match(html, /alt="Own words"/);
    assert.match(html, /alt=""/);
    const src = /<img src="([^"]*\/media\/[^"]+)"/.exec(html)?.[1] as string;
    (await world.server.client().get(src)).expect(200);
    const replaced = (await sendFile(staff, `/media/${medium.id}/replace`, await picture('png', 300, 300)))
      .expect(200)
      .json<MediumAnswer>();
    assert.ok(replaced.variants.length > 0, 'the old sizes stay until the new ones are there');
    assert.match((await visitor.get('/look')).html, /width="356"/);
    await render(medium.id);
    const after = (await visitor.get('/look')).html;
    assert.match(after, /width="300" height="169"/, 'the page is drawn anew');
  });

  it('refuses pages with pictures of others, or that nobody described', async () => {
    const theirs = (await sendFile(neighbour, '/media', await picture())).expect(201).json<MediumAnswer>();
    const mine = await ready();
    const create = (block: object) =>
      staff.post('/pages', {
        json: { slug: 'x', title: 'X', body: [{ type: 'heading', level: 2, text: 'H' }, block] },
      });
    const errorOf = async (block: object) =>
      (await create(block)).expect(422).json<{ errors: { path: string }[] }>().errors[0]?.path;
    assert.equal(await errorOf({ type: 'image', media: theirs.id, alt: 'x' }), 'body.1.media');
    assert.equal(await errorOf({ type: 'image', media: 'nonsense', alt: 'x' }), 'body.1.media');
    assert.equal(await errorOf({ type: 'image', media: mine.id }), 'body.1.alt');
    assert.equal(
      await errorOf({
        type: 'gallery',
        columns: 2,
        items: [{ media: mine.id, alt: 'a' }, { media: mine.id }],
      }),
      'body.1.items.1.alt',
    );
    (await create({ type: 'image', media: mine.id, decorative: true })).expect(201);
  });

  it('says where a picture is shown, and deletes one in use only when that is confirmed', async () => {
    const medium = await ready();
    const page = await world.storePages.create(world.inStore(), {
      slug: 'about',
      title: 'About',
      body: [{ type: 'image', media: medium.id, alt: 'x' }],
      status: 'published',
    });
    assert.deepEqual((await staff.get(`/media/${medium.id}/usage`)).json(), {
      pages: [
        { pageId: page.id, slug: 'about', title: 'About', language: 'en', isLive: true, kind: 'store' },
      ],
      stores: 0,
      theme: false,
    });
    const refused = (await staff.delete(`/media/${medium.id}`)).expect(409);
    assert.equal(refused.problem, 'CMS_MEDIUM_IN_USE');
    assert.match(refused.json<{ detail: string }>().detail, /\/about/);
    const dashboard = await staffOf(world.acmeShop, 'page');
    assert.match((await dashboard.get(`/media/${medium.id}/delete`)).expect(200).html, /About \(\/about\)/);
    (await dashboard.post(`/media/${medium.id}/delete`)).expect(303);
    assert.doesNotMatch((await visitor.get('/about')).expect(200).html, /<img/);
    (await visitor.get(addressOf(medium, 'w320'))).expect(404);
    (await staff.patch(`/pages/${page.id}`, { json: { title: 'Still to be saved' } })).expect(200);
  });

  it('warns before a picture goes that the look of the site shows', async () => {
    const medium = await ready();
    const { themes } = world.server.parts;
    const { inherited } = await themes.state(world.inStore());
    const { branding, ...look } = inherited ?? assert.fail('no theme');
    const logo = addressOf(medium, 'w320');
    await themes.replace(world.inStore(), { ...look, branding: { ...branding, logo } });
    assert.equal((await staff.get(`/media/${medium.id}/usage`)).json<{ theme: boolean }>().theme, true);
    const refused = (await staff.delete(`/media/${medium.id}`)).expect(409);
    assert.match(refused.json<{ detail: string }>().detail, /shown by the theme\./);
    const dashboard = await staffOf(world.acmeShop, 'page');
    for (const path of ['', '/delete'])
      assert.match(
        (await dashboard.get(`/media/${medium.id}${path}`)).expect(200).html,
        /as logo, icon or banner\.[\s\S]*\/theme"/,
      );
    await themes.replace(world.inStore(), null);
    (await staff.delete(`/media/${medium.id}`)).expect(204);
  });

  it('can be used without a script: upload, describe, move the focal point, search', async () => {
    const dashboard = await staffOf(world.acmeShop, 'page');
    assert.match((await dashboard.get('/media')).expect(200).html, /No pictures yet/);
    const wrong = (await sendFile(dashboard, '/media', Buffer.from('<svg/>'))).expect(422).html;
    assert.match(wrong, /id="error-file">[\s\S]*?SVG files can carry scripts/);
    const sent = (
      await sendFile(dashboard, '/media', await picture(), { name: 'Our shop.png', fields: { title: '' } })
    ).expect(303);
    const [, id = ''] = /\/media\/([0-9a-f-]{36})/.exec(sent.location ?? '') ?? [];
    await render(id);
    (
      await dashboard.post(`/media/${id}`, {
        form: { title: 'Shop & more', 'alt.en': 'The shop', focusX: '20', focusY: '80' },
      })
    ).expect(303);
    await render(id);
    const { html } = (await dashboard.get(`/media/${id}`)).expect(200);
    assert.match(html, /value="Shop &amp; more"/);
    assert.match(html, /name="focusX" type="number" min="0" max="100"[^>]*value="20"/);
    const invalid = (
      await dashboard.post(`/media/${id}`, {
        form: { title: '', 'alt.en': 'kept', focusX: '500', focusY: '0' },
      })
    ).expect(422).html;
    assert.match(invalid, /value="500"/);
    assert.match((await dashboard.get('/media?q=shop')).expect(200).html, /Shop &amp; more/);
    assert.match((await dashboard.get('/media?kind=document')).expect(200).html, /Nothing|found/i);
    assert.deepEqual(
      (
        await world.db.everything<{ action: string }>(
          `select action from core_audit_merchant where action like 'cms.medium.%' order by id`,
        )
      )
        .map(({ action }) => action)
        .slice(-2),
      ['cms.medium.uploaded', 'cms.medium.changed'],
    );
    assert.equal(
      (
        await readFile(
          path.join(
            folder,
            (await readdir(folder, { recursive: true })).find((name) => name.includes('source')) as string,
          ),
        )
      ).length > 0,
      true,
    );
  });

  it('is offered in the editor of pages, and its pictures are chosen there', async () => {
    const medium = await ready(undefined, { fields: { title: 'Shop front' } });
    const dashboard = await staffOf(world.acmeShop, 'page');
    const form = {
      language: 'en',
      slug: 'look',
      title: 'Look',
      description: '',
      placement: 'none',
      position: '1',
    };
    const added = (
      await dashboard.post('/content-pages/new', { form: { ...form, do: 'add', newBlock: 'image' } })
    ).expect(200).html;
    assert.match(
      added,
      new RegExp(`name="body.0.media"[\\s\\S]*?<option value="${medium.id}">Shop front</option>`),
    );
    const block = { 'body.0.type': 'image', 'body.0.media': medium.id, 'body.0.shape': 'natural' };
    assert.match(
      (await dashboard.post('/content-pages/new', { form: { ...form, ...block, do: 'publish' } })).expect(422)
        .html,
      /Say in words what the picture shows/,
    );
    (
      await dashboard.post('/content-pages/new', {
        form: { ...form, ...block, 'body.0.alt': 'The shop from the street', do: 'publish' },
      })
    ).expect(303);
    assert.match((await visitor.get('/look')).expect(200).html, /alt="The shop from the street"/);
  });
});

describe('the sizes of pictures [module:cms]', () => {
  it('are made by the queue once the upload is committed', async () => {
    const world = await openWorld({ filesUrl: pathToFileURL(`${folder}-queue`).href }, true);
    try {
      const staff = await world.server.signIn(
        await world.server.user({ memberOf: { store: world.acmeShop, role: 'manager' } }),
        {
          surface: 'store',
          platform: world.oms,
          root: rootOf({ surface: 'store', kind: 'api', platform: world.oms, store: world.acmeShop }),
        },
      );
      const { id, status } = (await sendFile(staff, '/media', await picture()))
        .expect(201)
        .json<MediumAnswer>();
      assert.equal(status, 'processing');
      await eventually(async () => (await staff.get(`/media/${id}`)).json<MediumAnswer>().status === 'ready');
    } finally {
      await world.close();
      await rm(`${folder}-queue`, { recursive: true, force: true });
    }
  });
});
