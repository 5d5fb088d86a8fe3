import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Language } from '@wizamart/core';
import type { TestAppServer, TestClient } from '@wizamart/core/testing';
import type { BrowserContext } from 'playwright-core';
import { isSound, SIZES, visit, withoutBrowser } from './browser.fixture.js';
import { openShop, PASSWORD } from './world.fixture.js';
import { ROOT } from './wizamart.fixture.js';

const LANGUAGES: readonly Language[] = ['en', 'fr', 'de', 'lb'];

/** A dashboard, who works there, and how its addresses become whole. */
interface Dashboard {
  readonly name: string;
  readonly email: string;
  readonly root: string;
  readonly login: string;
  readonly cookie: string;
  readonly paths: readonly string[];
}

/** Every text key of the core and the plugins: none of them may be seen on a page. */
function textKeys(language: Language): Set<string> {
  const folders = ['core', ...readdirSync(`${ROOT}plugins`).map((plugin) => `plugins/${plugin}`)];
  return new Set(
    folders.flatMap((folder) =>
      Object.keys(JSON.parse(readFileSync(`${ROOT}${folder}/locales/${language}.json`, 'utf8')) as object),
    ),
  );
}

describe('Every page of the dashboards [module:core] [module:cms]', function () {
  this.timeout(600_000);
  let server: TestAppServer;
  let dashboards: readonly Dashboard[];
  const people = new Map<string, TestClient>();

  before(async () => {
    server = await openShop();
    const oms = server.platform('oms');
    const snapshot = server.parts.states.snapshotOf(oms.id);
    const pagesOf = (surface: string, isGlobal: boolean) =>
      [...snapshot.routes()]
        .map(({ route }) => route)
        .filter(
          (route) =>
            route.method === 'GET' &&
            route.kind === 'page' &&
            route.surface === surface &&
            route.access !== 'public',
        )
        .filter(({ scope }) => surface !== 'admin' || scope === 'both' || (scope === 'global') === isGlobal)
        .map(({ path }) => path)
        // The demo's media library and its list of messages are empty: there is no file and no message to be shown.
        .filter((path) => !path.startsWith('/media/:id') && !path.startsWith('/form-entries/:id'))
        // No page but a file.
        .filter((path) => path !== '/form-entries/export')
        .map((path) => path.replace(':place', 'header'));
    const boss = { email: 'admin@wizamart.example', login: '/admin/login', cookie: 'wz_admin' };
    const drafts = [
      { name: 'above all platforms', ...boss, root: '/admin', paths: pagesOf('admin', true) },
      { name: 'of the platform oms', ...boss, root: '/admin/platforms/oms', paths: pagesOf('admin', false) },
      {
        name: 'of the store acme',
        email: 'owner@acme.example',
        login: '/platforms/oms/store/acme/login',
        cookie: 'wz_store',
        root: '/platforms/oms/store/acme',
        paths: pagesOf('store', false),
      },
    ];
    for (const { email, login } of drafts) {
      const client = server.client();
      await client.signIn({ surface: 'admin', path: login, email, password: PASSWORD });
      people.set(email, client);
    }
    const first = async (email: string, api: string): Promise<string> => {
      const { items } = (await (people.get(email) as TestClient).get(api))
        .expect(200)
        .json<{ items: { id: string; source?: string }[] }>();
      return items.find(({ source }) => source === undefined || source === 'override')?.id as string;
    };
    const ids: Readonly<Record<string, string>> = {
      '/pages/:id': await first('admin@wizamart.example', '/api/v1/admin/platforms/oms/pages'),
      '/defaults/:id': await first('admin@wizamart.example', '/api/v1/admin/platforms/oms/defaults'),
      '/content-pages/:id': await first(
        'owner@acme.example',
        '/platforms/oms/store/acme/api/v1/store/pages?perPage=100',
      ),
    };
    dashboards = drafts.map((draft) => ({
      ...draft,
      paths: draft.paths.map((path) => {
        const known = Object.keys(ids).find((pattern) => path === pattern || path.startsWith(`${pattern}/`));
        const whole = known === undefined ? path : path.replace(':id', ids[known] as string);
        assert.doesNotMatch(whole, /:\w/, `this walk does not know what to fill into '${path}'`);
        return whole;
      }),
    }));
    assert.ok(
      dashboards.every(({ paths }) => paths.length >= 5),
      JSON.stringify(dashboards.map(({ paths }) => paths)),
    );
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, [], server.log.text());
  });

  const addressesOf = ({ root, paths }: Dashboard): string[] => [
    ...new Set(paths.map((path) => root + path)),
  ];
  async function speak(email: string, language: Language): Promise<void> {
    const [user] = await server.database.everything<{ id: string; name: string }>(
      'select id, name from core_user where email = $1',
      [email],
    );
    assert.ok(user);
    await server.parts.users.setProfile(user.id, { name: user.name, language });
  }

  for (const language of LANGUAGES) {
    it(`answers the right person in ${language}, without a key to be seen`, async () => {
      const keys = textKeys('en');
      for (const dashboard of dashboards) {
        await speak(dashboard.email, language);
        for (const address of addressesOf(dashboard)) {
          const { html } = (await (people.get(dashboard.email) as TestClient).get(address)).expect(200);
          assert.match(html, new RegExp(`^<!doctype html>\\n<html lang="${language}"[ >]`), address);
          const seen = html
            .replace(/<[^>]*>/g, ' ')
            .split(/[^\w.-]+/)
            .map((word) => word.replace(/\.$/, ''));
          const told = [...html.matchAll(/ (?:aria-label|title|placeholder|alt|value)="([^"]*)"/g)].map(
            ([, text = '']) => text,
          );
          assert.deepEqual(
            [...seen, ...told].filter((word) => word.includes('.') && keys.has(word)),
            [],
            address,
          );
          assert.match(html, /<h1[^>]*>\s*\S/, address);
        }
      }
    });
  }

  it('no text is missing in any of the four languages, where another would be shown instead', () => {
    for (const language of LANGUAGES)
      assert.deepEqual([...textKeys(language)].sort(), [...textKeys('en')].sort(), language);
  });

  it('no two of the four languages have the same words for a page', async () => {
    const dashboard = dashboards[2] as Dashboard;
    for (const address of addressesOf(dashboard).filter((one) => !/[0-9a-f]{8}-/.test(one))) {
      const texts = new Set<string>();
      for (const language of LANGUAGES) {
        await speak(dashboard.email, language);
        const { html } = await (people.get(dashboard.email) as TestClient).get(address);
        texts.add(
          html
            .slice(html.indexOf('<main'))
            .replace(/<[^>]*>/g, ' ')
            .replace(/\s+/g, ' '),
        );
      }
      assert.equal(texts.size, LANGUAGES.length, address);
    }
  });

  it('nobody sees them who is not signed in, and nothing is kept by caches', async () => {
    for (const dashboard of dashboards) {
      for (const address of addressesOf(dashboard)) {
        const answer = (await server.client().get(address)).expect(303);
        assert.match(answer.location ?? '', /login/);
        assert.match(
          String((await (people.get(dashboard.email) as TestClient).get(address)).headers['cache-control']),
          /no-store|private/,
          address,
        );
      }
    }
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is sound for axe, the console and a narrow window, ${colorScheme}`, async function () {
      if (withoutBrowser !== undefined) {
        console.log(`      skipped: ${withoutBrowser}`);
        this.skip();
      }
      const window = await visit({ colorScheme });
      const faults: string[] = [];
      for (const dashboard of dashboards) {
        await speak(dashboard.email, colorScheme === 'light' ? 'en' : 'de');
        await carry(window.page.context(), dashboard);
        for (const address of [dashboard.login, ...addressesOf(dashboard)]) {
          window.complaints.length = 0;
          // One size for each scheme: the phone in the dark.
          await window.page.setViewportSize(colorScheme === 'light' ? SIZES.desk : SIZES.phone);
          await window.page.goto(`http://localhost:${server.port}${address}`);
          await isSound(window, address).catch((error: unknown) =>
            faults.push(
              `${address}: ${JSON.stringify((error as { actual?: unknown }).actual ?? String(error))}`,
            ),
          );
        }
      }
      await window.close();
      assert.deepEqual(faults, []);
    });
  }

  async function carry(context: BrowserContext, { email, cookie }: Dashboard): Promise<void> {
    const value = (people.get(email) as TestClient).cookies.get(cookie) as string;
    await context.addCookies([{ name: cookie, value, domain: 'localhost', path: '/' }]);
  }
});
