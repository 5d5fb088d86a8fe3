import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { THEME_PRESETS } from '@wizamart/core';
import type { RequestOptions, TestAppServer, TestClient, TestResponse } from '@wizamart/core/testing';
import { rawRequest } from './rawRequest.fixture.js';
import { acmeOwner, countRows, openShop, superAdmin } from './world.fixture.js';

const PAGES = '/platforms/oms/store/acme/api/v1/store/pages';
const THEME = '/platforms/oms/store/acme/api/v1/store/theme';
const NEW_PAGE = '/platforms/oms/store/acme/content-pages/new';
const ADMIN = '/api/v1/admin/platforms/oms';

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { path: string; message: string }[];
}

describe('Bad input over HTTP [module:core] [module:cms]', () => {
  let server: TestAppServer;
  let owner: TestClient;
  let admin: TestClient;
  let before_: Record<string, number>;
  before(async () => {
    server = await openShop();
    owner = await acmeOwner(server);
    admin = await superAdmin(server);
    before_ = await countRows(server);
  });
  // Whatever was refused left nothing behind, and nothing of it was a fault of ours.
  afterEach(async () => {
    assert.deepEqual(await countRows(server), before_);
    assert.deepEqual(server.log.errors, [], server.log.text());
    server.log.clear();
  });
  after(() => server.stop());

  /** The problem of an answer, which says a sentence and, for fields, where. */
  function refused(answer: TestResponse, status: number, code: string, field?: string): Problem {
    const problem = answer.expect(status).json<Problem>() as unknown as Problem;
    assert.deepEqual([problem.status, problem.code], [status, code]);
    assert.match(problem.detail, /^\S.*\.$/, 'a whole sentence');
    if (field !== undefined) {
      assert.ok(
        problem.errors?.some(({ path, message }) => path === field && message.length > 0),
        `${field} in ${JSON.stringify(problem.errors)}`,
      );
    }
    return problem;
  }
  const page = (change: Record<string, unknown>): RequestOptions => ({
    json: { slug: 'about-bread', title: 'Bread', ...change },
  });
  const json = (body: string | Buffer, type = 'application/json'): RequestOptions => ({
    body,
    headers: { 'content-type': type },
  });

  describe('slugs', () => {
    for (const slug of [
      'Über-uns',
      'a b',
      'a/b',
      'UPPER',
      '',
      '-a'.repeat(51),
      '../x',
      'a.b',
      'sitemap.xml',
      'admin',
      'store',
      'stores',
      'storefront',
      'platforms',
      'api',
      'health',
      'webhooks',
      'assets',
      'media',
      'signup',
      'vendor',
      'vendors',
      'shop',
      'fr',
      'lb',
      '‮evil',
    ]) {
      it(`'${slug.slice(0, 20)}' is refused with a reason`, async () => {
        refused(await owner.post(PAGES, page({ slug })), 422, 'INVALID_INPUT', 'slug');
      });
    }
    it('a platform’s code is taken on main, where it leads to that platform, and free elsewhere', async () => {
      refused(
        await admin.post('/api/v1/admin/platforms/main/pages', page({ slug: 'oms' })),
        422,
        'INVALID_INPUT',
        'slug',
      );
    });
    it('a store’s code must be fit for a host name', async () => {
      const { items } = (await admin.get(`${ADMIN}/merchants`)).json<{ items: { id: string }[] }>();
      const store = (code: string) =>
        admin.post(`${ADMIN}/merchants/${items[0]?.id}/stores`, {
          json: { code, name: 'X', defaultLanguage: 'en', languages: ['en'] },
        });
      for (const code of ['Ä', 'a_b', 'admin', 'login', 'a.b', '-a', 'a'.repeat(64)])
        refused(await store(code), 422, 'INVALID_INPUT', 'code');
      // A code that is fit for a path, but not for the host name that is made of it.
      refused(await store('www'), 422, 'INVALID_INPUT', 'subdomain');
    });
  });

  describe('bodies', () => {
    const big = 10 * 1024 * 1024;
    it('10 MB are 413; the connection is closed, and the next one works', async () => {
      const head = `POST ${PAGES} HTTP/1.1\r\nHost: localhost\r\nCookie: wz_store=${owner.cookies.get('wz_store')}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n`;
      for (const [kind, length] of [
        ['announced', `Content-Length: ${big}`],
        ['chunked', 'Transfer-Encoding: chunked'],
      ] as const) {
        const chunk = Buffer.alloc(64 * 1024, 0x20);
        const piece =
          kind === 'chunked' ? Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')]) : chunk;
        const answer = await rawRequest(
          server.port,
          `${head}${length}\r\n\r\n`,
          ...Array.from({ length: 160 }, () => piece),
        );
        assert.equal(answer.status, 413, kind);
        assert.match(answer.head, /connection: close/i, kind);
        assert.ok(answer.closed, kind);
        assert.match(answer.body, /"PAYLOAD_TOO_LARGE"/, kind);
        (await owner.get(PAGES)).expect(200);
      }
    });
    it('a little too much is 413 too, and a form is told by a page', async () => {
      refused(
        await owner.post(PAGES, page({ description: 'x'.repeat(1024 * 1024) })),
        413,
        'PAYLOAD_TOO_LARGE',
      );
      assert.match(
        (await owner.post(NEW_PAGE, { form: { title: 'x'.repeat(1024 * 1024 + 1) } })).expect(413).html,
        /<h1/,
      );
    });
    it('bytes that are not UTF-8 are 400, never replaced', async () => {
      refused(
        await owner.post(
          PAGES,
          json(
            Buffer.concat([
              Buffer.from('{"slug":"x","title":"'),
              Buffer.from([0xc3, 0x28]),
              Buffer.from('"}'),
            ]),
          ),
        ),
        400,
        'MALFORMED_REQUEST',
      );
      (
        await owner.post(NEW_PAGE, json(Buffer.from([0x61, 0x3d, 0xff]), 'application/x-www-form-urlencoded'))
      ).expect(400);
      (await owner.post(NEW_PAGE, json('title=%ff%fe', 'application/x-www-form-urlencoded'))).expect(400);
    });
    it('a NUL is refused in every spelling', async () => {
      refused(await owner.post(PAGES, json('{"slug":"x","title":"a\0b"}')), 400, 'MALFORMED_REQUEST');
      refused(await owner.post(PAGES, page({ title: 'a\0b' })), 400, 'MALFORMED_REQUEST');
      refused(
        await owner.post(PAGES, page({ body: [{ type: 'richText', html: '<p>\0</p>' }] })),
        400,
        'MALFORMED_REQUEST',
      );
      refused(await owner.get(`${PAGES}?q=a%00b`), 400, 'MALFORMED_REQUEST');
      (await owner.post(NEW_PAGE, json('slug=nul&title=a%00b', 'application/x-www-form-urlencoded'))).expect(
        400,
      );
      (await admin.get('/admin/merchants?q=%00')).expect(400);
      (
        await server
          .client()
          .post('/admin/login', json('email=a%00b&password=x', 'application/x-www-form-urlencoded'))
      ).expect(400);
    });
    it('half a character (a lone surrogate) is refused', async () => {
      refused(await owner.post(PAGES, json('{"slug":"x","title":"a\\ud800b"}')), 400, 'MALFORMED_REQUEST');
      refused(
        await owner.post(
          PAGES,
          json('{"slug":"x","title":"a","body":[{"type":"richText","html":"<p>\\udc00</p>"}]}'),
        ),
        400,
        'MALFORMED_REQUEST',
      );
    });
    it('what is no JSON object is 400', async () => {
      for (const body of ['{', '[]', 'null', '"x"', '1', '{"slug":}', '{"a":1}{"b":2}'])
        refused(await owner.post(PAGES, json(body)), 400, 'MALFORMED_REQUEST');
    });
    it('no body at all names the fields that are missing', async () => {
      const { errors } = refused(await owner.post(PAGES), 422, 'INVALID_INPUT', 'title');
      assert.deepEqual(errors?.map(({ path }) => path).sort(), ['slug', 'title']);
    });
    it('another content type is 415', async () => {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/jsonx',
        '',
      ]) {
        refused(
          await owner.post(PAGES, json('{"slug":"x","title":"x"}', type)),
          415,
          'UNSUPPORTED_MEDIA_TYPE',
        );
      }
      (await owner.post(NEW_PAGE, json('--x', 'multipart/form-data; boundary=x'))).expect(415);
    });
    it('a compressed body is not guessed at', async () => {
      refused(
        await owner.post(PAGES, {
          body: gzipSync('{"slug":"x","title":"x"}'),
          headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        }),
        400,
        'MALFORMED_REQUEST',
      );
    });
    it('a body that breaks off leaves nothing, not even an error', async () => {
      const head = `POST ${PAGES} HTTP/1.1\r\nHost: localhost\r\nCookie: wz_store=${owner.cookies.get('wz_store')}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"slug":"x"`;
      await rawRequest(server.port, head).catch(() => undefined);
    });
  });

  describe('fields', () => {
    it('unknown ones are refused by name, at every depth', async () => {
      refused(await owner.post(PAGES, page({ store: 'techpro' })), 422, 'INVALID_INPUT', 'store');
      refused(
        await owner.post(PAGES, page({ storeId: 'x', merchantId: 'y', platform: 'loyalty' })),
        422,
        'INVALID_INPUT',
        'merchantId',
      );
      refused(
        await owner.post(PAGES, page({ seo: { canonical: 'https://evil.example' } })),
        422,
        'INVALID_INPUT',
        'seo.canonical',
      );
      refused(
        await owner.post(PAGES, page({ body: [{ type: 'richText', html: '<p>a</p>', onload: 'x' }] })),
        422,
        'INVALID_INPUT',
        'body.0.onload',
      );
      refused(await owner.get(`${PAGES}?storeId=x`), 422, 'INVALID_INPUT', 'storeId');
      refused(
        await owner.post(PAGES, json('{"slug":"x","title":"x","__proto__":{"isAdmin":true}}')),
        422,
        'INVALID_INPUT',
        '__proto__',
      );
      refused(
        await owner.post(PAGES, json('{"slug":"x","title":"x","constructor":{"a":1}}')),
        422,
        'INVALID_INPUT',
        'constructor',
      );
    });
    it('what others append to links is passed over on pages', async () => {
      (
        await server
          .client({ host: 'acme.oms.lu' })
          .get('/about?utm_source=x&__proto__=1&fbclid=%3Cscript%3E')
      ).expect(200);
    });
    it('a parameter of the path cannot come a second time', async () => {
      const { items } = (await owner.get(PAGES)).json<{ items: { id: string; source: string }[] }>();
      const id = items.find(({ source }) => source !== 'default')?.id as string;
      refused(await owner.get(`${PAGES}/${id}?id=${id}`), 422, 'INVALID_INPUT', 'id');
      refused(await owner.patch(`${PAGES}/${id}`, { json: { id, title: 'X' } }), 422, 'INVALID_INPUT', 'id');
      refused(
        await owner.post(`${PAGES}/about/revert`, { json: { slug: 'terms' } }),
        422,
        'INVALID_INPUT',
        'slug',
      );
    });
    it('lists take sensible pages only', async () => {
      for (const [query, field] of [
        ['page=0', 'page'],
        ['page=-1', 'page'],
        ['page=1.5', 'page'],
        ['page=x', 'page'],
        ['perPage=101', 'perPage'],
        ['perPage=0', 'perPage'],
        ['sort=password', 'sort'],
        ["sort=title';drop table x", 'sort'],
        ['page=1&page=2', 'page'],
        [`q=${'x'.repeat(1000)}`, 'q'],
        ['page=99999999999999999999', 'page'],
      ] as const) {
        refused(await owner.get(`${PAGES}?${encodeURI(query)}`), 422, 'INVALID_INPUT', field);
      }
      (await owner.get(`${PAGES}?q=${encodeURIComponent('%_\\\'"; --')}`)).expect(200);
    });
    it('a form’s names reach into nothing', async () => {
      for (const name of [
        '__proto__.isAdmin',
        'constructor.prototype.isAdmin',
        'body.__proto__.x',
        'a.b.c.d.e.f.g.h.i',
        'a..b',
        '.',
        'body.501.type',
        'title.x.y&title',
      ]) {
        (
          await owner.post(
            NEW_PAGE,
            json(
              `${name
                .split('&')
                .map((part) => `${encodeURIComponent(part)}=x`)
                .join('&')}`,
              'application/x-www-form-urlencoded',
            ),
          )
        ).expect(400, 422);
      }
      assert.equal(({} as Record<string, unknown>)['isAdmin'], undefined);
    });
    it('huge lists and deep nests are refused, without falling over', async () => {
      const block = { type: 'richText', html: '<p>x</p>' };
      refused(
        await owner.post(PAGES, page({ body: Array.from({ length: 5_000 }, () => block) })),
        422,
        'INVALID_INPUT',
        'body',
      );
      const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
      refused(
        await owner.post(PAGES, json(`{"slug":"x","title":"x","body":${deep(200_000)}}`)),
        400,
        'MALFORMED_REQUEST',
      );
      refused(
        await admin.patch(ADMIN, json(`{"settings":{"a":${deep(200_000)}}}`)),
        400,
        'MALFORMED_REQUEST',
      );
      const fields = Array.from({ length: 20_000 }, (_, i) => `f${i}=1`).join('&');
      (await owner.post(NEW_PAGE, json(fields, 'application/x-www-form-urlencoded'))).expect(400, 422);
      (await owner.post(PAGES, { json: { modules: [] } })).expect(422);
      refused(
        await admin.post(`${ADMIN}/modules/plan`, {
          json: { disable: Array.from({ length: 101 }, () => 'cms') },
        }),
        422,
        'INVALID_INPUT',
        'disable',
      );
    });
    it('cookies and tokens that are none are nobody’s', async () => {
      for (const cookie of [
        'wz_store=%E0%A4',
        'wz_store=',
        `wz_store=${'a'.repeat(4_000)}`,
        'wz_store="\\"',
        '=;;;=',
      ]) {
        refused(await server.client().get(PAGES, { headers: { cookie } }), 401, 'NOT_SIGNED_IN');
      }
      for (const authorization of [
        'Bearer ',
        'Bearer x',
        'Basic YTpi',
        `Bearer ${'🙂'.length}`,
        `Bearer ${'x'.repeat(5_000)}`,
      ]) {
        (await server.client().get(PAGES, { headers: { authorization } })).expect(401);
      }
    });
  });

  describe('themes', () => {
    const theme = (colors: Record<string, string>, more: object = {}) => ({
      json: {
        theme: { ...THEME_PRESETS.modern, colors: { ...THEME_PRESETS.modern.colors, ...colors }, ...more },
      },
    });
    for (const color of [
      'red',
      '#12345',
      '#zzzzzz',
      'url(https://evil.example)',
      '#fff;}body{display:none',
      'javascript:alert(1)',
      '',
      'var(--x)',
    ]) {
      it(`the colour '${color}' is refused with its place`, async () => {
        refused(
          await owner.put(THEME, theme({ primary: color })),
          422,
          'INVALID_INPUT',
          'theme.colors.primary',
        );
      });
    }
    it('fonts are from the list, pictures over https, and what is not known is refused', async () => {
      refused(
        await owner.put(THEME, theme({}, { fonts: { heading: 'Comic Sans; } *{', body: 'inter' } })),
        422,
        'INVALID_INPUT',
        'theme.fonts.heading',
      );
      refused(
        await owner.put(THEME, theme({}, { branding: { logo: 'javascript:alert(1)' } })),
        422,
        'INVALID_INPUT',
        'theme.branding.logo',
      );
      refused(await owner.put(THEME, theme({}, { css: 'body{}' })), 422, 'INVALID_INPUT', 'theme.css');
      refused(await owner.put(THEME, theme({ evil: '#ffffff' })), 422, 'INVALID_INPUT', 'theme.colors.evil');
    });
  });

  describe('other sites', () => {
    const from = (site: string | undefined, origin: string | undefined) => ({
      headers: { 'sec-fetch-site': site, origin },
    });
    it('cannot post with somebody’s cookie, siblings neither', async () => {
      for (const [site, origin] of [
        ['cross-site', 'https://evil.example'],
        ['same-site', 'http://techpro.oms.lu'],
        ['cross-site', 'null'],
        [undefined, 'https://evil.example'],
        [undefined, 'null'],
        [undefined, undefined],
        ['', ''],
        ['SAME-ORIGIN', undefined],
        [undefined, 'http://localhost.evil.example'],
      ] as const) {
        refused(await owner.post(PAGES, { ...page({}), ...from(site, origin) }), 403, 'CROSS_ORIGIN_REFUSED');
        (await owner.post(NEW_PAGE, { form: { slug: 'x', title: 'x' }, ...from(site, origin) })).expect(403);
        (await owner.delete(`${PAGES}/01935a3e-7c00-7000-8000-000000000002`, from(site, origin))).expect(403);
      }
    });
    it('cannot sign a browser in or out', async () => {
      const client = server.client();
      const form = { email: 'owner@acme.example', password: 'wizamart-demo' };
      const answer = await client.post('/platforms/oms/store/acme/login', {
        form,
        ...from('cross-site', 'https://evil.example'),
      });
      assert.deepEqual([answer.expect(403).headers['set-cookie']], [undefined]);
      (await owner.post('/platforms/oms/store/acme/logout', from('same-site', 'http://oms.lu'))).expect(403);
      (await owner.get(PAGES)).expect(200);
    });
    it('may be left out of account with a bearer token, which no browser adds', async () => {
      const token = (
        await server.client().post('/platforms/oms/store/acme/api/v1/store/auth/login', {
          json: { email: 'owner@acme.example', password: 'wizamart-demo' },
        })
      ).json<{ token: string }>().token;
      // Signing in leaves its line in the trail.
      before_ = await countRows(server);
      const client = server.client({ token, browser: false });
      refused(
        await client.post(PAGES, {
          ...page({ slug: 'admin' }),
          ...from('cross-site', 'https://evil.example'),
        }),
        422,
        'INVALID_INPUT',
        'slug',
      );
    });
  });

  describe('tenants', () => {
    it('a host, store or platform that is not there is told in a sentence', async () => {
      for (const [host, path, code] of [
        ['unknown.example', '/api/v1/platform/pages/about', 'UNKNOWN_HOST'],
        ['localhost', '/platforms/nowhere/api/v1/platform/pages/about', 'NOT_FOUND'],
        ['localhost', '/platforms/oms/stores/nobody/api/v1/storefront/pages/about', 'NOT_FOUND'],
        ['weber.oms.lu', '/api/v1/storefront/pages/about', 'UNKNOWN_HOST'],
      ] as const) {
        refused(await server.client({ host }).get(path), 404, code);
      }
    });
    it('methods that do not exist are 405 with those that do, and 404 where there is nothing', async () => {
      const answer = await owner.request('PROPFIND', PAGES);
      refused(answer, 405, 'METHOD_NOT_ALLOWED');
      assert.match(String(answer.headers['allow']), /GET.*POST/);
      refused(await owner.put(`${PAGES}/about/nothing`), 404, 'NOT_FOUND');
      (await owner.request('TRACE', '/platforms/oms/')).expect(405, 501);
      (await owner.post('/health/live')).expect(200, 404, 405);
    });
  });
});
