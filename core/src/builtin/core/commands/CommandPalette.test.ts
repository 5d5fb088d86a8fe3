import assert from 'node:assert/strict';
import { commandSearch } from '../../../kernel/commands.js';
import { tap } from '../../../kernel/hook.js';
import { plugin } from '../../../kernel/kernel.fixture.js';
import { startTestServer, testHost, type TestAppServer, type TestClient } from '../../../testing/index.js';
import { fitting, rank } from './fits.js';

interface Answer {
  readonly groups: readonly {
    readonly label: string;
    readonly items: readonly {
      readonly label: string;
      readonly href: string;
      readonly detail: string | null;
    }[];
  }[];
}

const library = plugin('library', [], {
  name: 'Library',
  hooks: () => [
    tap(commandSearch, { onError: 'skip' }, (ctx, search) => ({
      ...search,
      results: [
        ...search.results,
        ...['Cheeses', 'Chairs']
          .filter((name) => search.fits(name))
          .map((name) => ({
            group: 'core.search.pages',
            label: `${name} of ${(ctx.store ?? ctx.platform).name}`,
            path: `/books/${name}`,
            icon: 'file',
          })),
      ],
    })),
  ],
});

describe('the command palette [module:core] [surface:admin] [surface:store]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({
      hosts: [
        testHost({ code: 'one', plugins: [library] }),
        testHost({ code: 'two', plugins: [library], on: [] }),
      ],
    });
    for (const [platform, code, name] of [
      ['one', 'cremerie', 'Crémerie Un'],
      ['two', 'creperie', 'Crêperie Deux'],
    ] as const) {
      const { id } = await server.parts.merchants.create(server.context({ platform }), {
        legalName: `${name} S.à r.l.`,
        displayName: name,
        country: 'LU',
        email: `${code}@example.org`,
      });
      await server.store({ platform, code, merchant: { id, name } });
    }
  });
  after(() => server.stop());

  const find = async (client: TestClient, q: string): Promise<string[]> =>
    (await client.get(`/search?q=${encodeURIComponent(q)}`))
      .expect(200)
      .json<Answer>()
      .groups.flatMap(({ label, items }) => items.map((item) => `${label}: ${item.label}`));
  const admin = async (
    options: Parameters<TestAppServer['user']>[0],
    platform?: string,
  ): Promise<TestClient> =>
    server.signIn(await server.user(options), {
      surface: 'admin',
      root: platform === undefined ? '/api/v1/admin' : `/platforms/${platform}/api/v1/admin`,
    });

  it('finds pages, merchants, stores, settings and switches of one’s own platform, and nothing of another', async () => {
    const one = await admin({ adminOf: 'one' }, 'one');
    assert.ok((await find(one, 'audit')).includes('Pages: Audit log'));
    assert.deepEqual(
      (await find(one, 'cr')).filter((line) => /^(Merchants|Stores)/.test(line)),
      ['Merchants: Crémerie Un', 'Stores: Store cremerie'],
    );
    assert.ok((await find(one, 'library')).includes('Actions: Turn off Library'));
    assert.deepEqual(await find(one, 'deux'), []);
  });

  it('finds everything above all platforms for super admins, and only the way for others', async () => {
    const top = await admin({ superAdmin: true });
    const found = await find(top, 'cr');
    assert.ok(found.includes('Merchants: Crémerie Un') && found.includes('Merchants: Crêperie Deux'));
    assert.ok((await find(top, 'host two')).includes('Platforms: Host two'));
    const one = await admin({ adminOf: 'one' });
    assert.deepEqual(
      (await find(one, 'cr')).filter((line) => /^(Merchants|Stores)/.test(line)),
      [],
    );
    assert.deepEqual(
      (await find(one, 'host')).filter((line) => line.startsWith('Platforms')),
      ['Platforms: Host one'],
    );
  });

  it('asks the modules that are on, each in its own tenant', async () => {
    assert.ok(
      (await find(await admin({ adminOf: 'one' }, 'one'), 'chees')).includes('Pages: Cheeses of Host one'),
    );
    assert.deepEqual(await find(await admin({ adminOf: 'two' }, 'two'), 'chees'), []);
    const places = await Promise.all(
      ['first', 'second'].map(async (code) => {
        const store = await server.store({ platform: 'one', code });
        const owner = await server.user({ ownerOf: store.merchant });
        return server.signIn(owner, {
          surface: 'store',
          platform: server.platform('one'),
          root: `/platforms/one/store/${code}/api/v1/store`,
        });
      }),
    );
    const [mine, theirs] = (await Promise.all(places.map((client) => find(client, 'chair')))) as [
      string[],
      string[],
    ];
    assert.deepEqual([mine, theirs], [['Pages: Chairs of Store first'], ['Pages: Chairs of Store second']]);
    assert.deepEqual(await find(places[0] as TestClient, 'cremerie'), [], 'stores of others are not found');
  });

  it('is a page too, with the same results and a word where nothing fits', async () => {
    const client = await server.signIn(await server.user({ adminOf: 'one' }), {
      surface: 'admin',
      root: '/platforms/one/admin',
    });
    assert.match((await client.get('/search?q=audit')).expect(200).html, /href="[^"]*\/audit-log"/);
    assert.match((await client.get('/search?q=qqqq')).html, /Nothing fits “qqqq”/);
    assert.match((await client.get('/search')).html, /Audit log/);
    (await server.client({ root: '/platforms/one/admin' }).get('/search')).expect(303);
  });

  it('does not mind case and accents, and puts first what begins with what was typed', () => {
    assert.ok(fitting('CREM un')('Crémerie Un'));
    assert.ok(!fitting('crem deux')('Crémerie Un'));
    assert.deepEqual(
      ['Crème', 'La crème', 'Décrémer'].map((name) => rank('crem', name)),
      [0, 1, 2],
    );
  });
});
