import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Language, LANGUAGES } from '@wizamart/core';
import { openWorld, type World } from './world.fixture.js';

const SLUGS = ['home', 'about', 'news', 'terms'] as const;
const HOUR = 3_600_000;

/** One page as a run of the test makes it. */
const page = fc.record({
  slug: fc.constantFrom(...SLUGS),
  kind: fc.constantFrom('platform', 'default', 'store'),
  state: fc.constantFrom('draft', 'published', 'offline', 'deleted'),
  languages: fc.subarray([...LANGUAGES], { minLength: 1 }),
  closed: fc.subarray([...LANGUAGES]),
  canonical: fc.option(fc.constantFrom('/about', '/other', '/'), { nil: undefined }),
  hoursFromNow: fc.integer({ min: -2, max: 2 }),
});
type Generated = typeof page extends fc.Arbitrary<infer Value> ? Value : never;

/** Some forty addresses are asked for in each run. */
export function sitemapProperty(runs: number): void {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const sites = () => [
    { host: 'oms.lu', languages: world.oms.languages, main: world.oms.defaultLanguage },
    {
      host: `${world.acmeShop.subdomain}.oms.lu`,
      languages: world.acmeShop.languages,
      main: world.acmeShop.defaultLanguage,
    },
  ];

  async function put({
    slug,
    kind,
    state,
    languages,
    closed,
    canonical,
    hoursFromNow,
  }: Generated): Promise<void> {
    const texts = (language: Language) => ({
      title: `${slug} in ${language}`,
      seo: {
        ...(closed.includes(language) ? { robots: 'noindex' as const } : {}),
        ...(canonical === undefined ? {} : { canonical }),
      },
    });
    const [first, ...others] = languages as [Language, ...Language[]];
    const translations = Object.fromEntries(others.map((language) => [language, texts(language)]));
    const input = {
      slug,
      language: first,
      ...texts(first),
      translations,
      status: state === 'draft' ? ('draft' as const) : ('published' as const),
    };
    const at = { now: new Date(world.clock.now().getTime() + hoursFromNow * HOUR) };
    const create =
      kind === 'store'
        ? () => world.storePages.create(world.inStore(undefined, at), input)
        : () =>
            world.platformPages.create(
              world.onPlatform(undefined, at),
              kind as 'platform' | 'default',
              input,
            );
    // The same slug twice in one run: the second is passed over.
    const made = await create().catch(() => undefined);
    if (!made) return;
    if (state === 'offline') {
      if (kind === 'store') await world.storePages.patch(world.inStore(), made.id, { status: 'draft' });
      else
        await world.platformPages.patch(world.onPlatform(), kind as 'platform' | 'default', made.id, {
          status: 'draft',
        });
    }
    if (state === 'deleted') {
      if (kind === 'store') await world.storePages.remove(world.inStore(), made.id);
      else await world.platformPages.remove(world.onPlatform(), kind as 'platform' | 'default', made.id);
    }
  }

  /** Addresses of a site that answer 200, may be indexed, and are their own main address. */
  async function found({ host, languages, main }: ReturnType<typeof sites>[number]): Promise<string[]> {
    const client = world.server.client({ host });
    const paths = [
      '/',
      ...SLUGS.filter((slug) => slug !== 'home').map((slug) => `/${slug}`),
      '/other',
      '/storefront',
      '/storefront/',
    ];
    const addresses = paths.flatMap((path) =>
      languages.map((language) => (language === main ? path : `/${language}${path}`)),
    );
    const kept: string[] = [];
    for (const address of addresses) {
      const answer = await client.get(address);
      if (answer.status !== 200 || /<meta name="robots" content="noindex/.test(answer.html)) continue;
      if (answer.html.includes(`<link rel="canonical" href="http://${host}${address}">`))
        kept.push(`http://${host}${address}`);
    }
    return kept.sort();
  }

  async function listed(host: string): Promise<string[]> {
    const xml = (await world.server.client({ host }).get('/sitemap.xml')).expect(200).text;
    return [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address as string).sort();
  }

  it('is exactly the addresses that answer 200 and may be indexed, whatever pages there are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(page, { maxLength: 6 }), fc.boolean(), async (pages, isOff) => {
        await world.db.everything('delete from cms_store_page');
        await world.db.everything('delete from cms_platform_page');
        // Emptied behind the services' back.
        world.server.parts.pageCache.clear();
        for (const one of pages) await put(one);
        if (isOff) await turn('disable');
        try {
          for (const site of sites())
            assert.deepEqual(
              await listed(site.host),
              await found(site),
              JSON.stringify({ host: site.host, pages }),
            );
        } finally {
          if (isOff) await turn('enable');
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }).timeout(0);

  async function turn(what: 'enable' | 'disable'): Promise<void> {
    const { modules } = world.server.parts;
    const ctx = world.onPlatform();
    const plan = await modules.plan(ctx, { enable: [], disable: [], [what]: ['cms'] });
    await modules.apply(ctx, { enable: plan.enable, disable: plan.disable, revision: plan.revision });
  }
}
