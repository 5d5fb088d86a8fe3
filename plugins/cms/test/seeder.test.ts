import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWorld, type World } from './world.fixture.js';

const OMS = {
  code: 'oms',
  name: 'OMS',
  pages: fileURLToPath(new URL('../../../hosts/oms/pages', import.meta.url)),
  seed: undefined,
};
const query = { page: 1, perPage: 100, sort: 'slug', q: '' } as const;

describe('pages that a host brings [module:cms]', () => {
  let world: World;
  let folder: string;
  before(async () => {
    world = await openWorld();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pages-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  after(() => world.close());

  it('are published in all their languages', async () => {
    const { seeder, onPlatform, platformPages, publicPages } = world;
    await seeder.seed(onPlatform(), OMS);
    const list = await platformPages.list(onPlatform(), 'platform', query);
    assert.deepEqual(
      list.items.map(({ slug }) => slug),
      ['about', 'contact', 'faq', 'features', 'home', 'integrations', 'pricing', 'privacy', 'terms'],
    );
    assert.ok(
      list.items.every(
        ({ status, languages }) =>
          status === 'published' &&
          ['en', 'fr', 'de', 'lb'].every((language) => languages.includes(language as 'en')),
      ),
    );
    assert.ok(
      (await publicPages.find({ ...world.visitor(world.inStore()), language: 'fr' }, 'shipping'))?.title,
    );
  });

  it('stay as an admin left them, also deleted, when they are brought again', async () => {
    const { seeder, onPlatform, platformPages } = world;
    const [about, contact] = (await platformPages.list(onPlatform(), 'platform', query)).items;
    await platformPages.patch(onPlatform(), 'platform', about?.id as string, {
      title: 'Changed',
      status: 'published',
    });
    await platformPages.remove(onPlatform(), 'platform', contact?.id as string);
    await seeder.seed(onPlatform(), OMS);
    const titles = (await platformPages.list(onPlatform(), 'platform', query)).items.map(
      ({ slug, title }) => `${slug} ${title}`,
    );
    assert.ok(titles.includes('about Changed'));
    assert.ok(!titles.some((title) => title.startsWith('contact ')));
  });

  it('are brought by one of several processes', async () => {
    const { seeder, onPlatform, loyalty, platformPages } = world;
    await Promise.all(Array.from({ length: 5 }, () => seeder.seed(onPlatform(loyalty), OMS)));
    assert.equal((await platformPages.list(onPlatform(loyalty), 'platform', query)).total, 9);
  });

  it('are refused by file and field when one is not valid, and none is brought', async () => {
    await mkdir(path.join(folder, 'platform'));
    const page = {
      slug: 'good',
      template: 'article',
      placement: 'none',
      position: 1,
      translations: { en: { title: 'Good', body: [] } },
    };
    await writeFile(path.join(folder, 'platform', 'good.json'), JSON.stringify(page));
    await writeFile(
      path.join(folder, 'platform', 'bad.json'),
      JSON.stringify({ ...page, slug: 'admin', template: 'poster' }),
    );
    await assert.rejects(world.seeder.seed(world.onPlatform(), { ...OMS, pages: folder }), (error: Error) => {
      assert.match(error.message, /bad\.json is not valid/);
      assert.match(error.message, /slug/);
      assert.match(error.message, /template/);
      return true;
    });
    await writeFile(path.join(folder, 'platform', 'bad.json'), '{');
    await assert.rejects(
      world.seeder.seed(world.onPlatform(), { ...OMS, pages: folder }),
      /bad\.json cannot be read/,
    );
    assert.equal(
      (await world.platformPages.list(world.onPlatform(), 'platform', { ...query, q: 'good' })).total,
      0,
    );
  });
});
