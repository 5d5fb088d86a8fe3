import assert from 'node:assert/strict';
import fc from 'fast-check';
import { followRedirects } from './followRedirects.js';
import { addRedirect, pageMoved } from './redirectGraph.js';
import { newRedirect } from './redirectInput.js';
import { flatWhateverHappens, memoryEdges, sentOnceWhateverHappens } from './redirectSites.fixture.js';

describe('redirects [module:cms]', () => {
  it('stay flat whatever happens in whatever order', () =>
    fc.assert(flatWhateverHappens, { numRuns: 1_000 }));
  it('of a store and its platform send visitors once, and never in a circle', () =>
    fc.assert(sentOnceWhateverHappens, { numRuns: 1_000 }));

  it('follow a page that moves again and again, and leave the address it comes back to', async () => {
    const map = new Map<string, string>();
    const edges = memoryEdges(map);
    await pageMoved(edges, '/a', '/b', null);
    await pageMoved(edges, '/b', '/c', null);
    assert.deepEqual(
      [...map],
      [
        ['/a', '/c'],
        ['/b', '/c'],
      ],
    );
    await pageMoved(edges, '/c', '/a', null);
    assert.deepEqual(
      [...map],
      [
        ['/b', '/a'],
        ['/c', '/a'],
      ],
    );
  });

  it('lead to where their target leads, and take along what led to their source', async () => {
    const map = new Map([['/b', '/c']]);
    const edges = memoryEdges(map);
    assert.equal(await addRedirect(edges, '/a', '/b', null), '/c');
    assert.equal(await addRedirect(edges, '/c', '/d', null), '/d');
    assert.deepEqual(
      [...map],
      [
        ['/b', '/d'],
        ['/a', '/d'],
        ['/c', '/d'],
      ],
    );
    assert.equal(await addRedirect(edges, '/d', '/a', null), undefined);
    assert.equal(map.size, 3);
  });

  it('of two owners are followed to the first page, and nowhere when they go in a circle', async () => {
    const at = (map: Record<string, string>) => async (source: string) => {
      const target = map[source];
      return target === undefined ? undefined : { target };
    };
    const hasPage = async (path: string) => path === '/page';
    assert.equal(
      (await followRedirects('/a', { at: at({ '/a': '/b', '/b': '/c' }), hasPage }))?.target,
      '/c',
    );
    assert.equal(
      (await followRedirects('/a', { at: at({ '/a': '/page', '/page': '/c' }), hasPage }))?.target,
      '/page',
    );
    assert.equal(await followRedirects('/a', { at: at({ '/a': '/b', '/b': '/a' }), hasPage }), undefined);
    assert.equal(await followRedirects('/a', { at: at({}), hasPage }), undefined);
  });

  it('take addresses as people type them, and refuse those that cannot work', () => {
    const parsed = (source: string, target: string) => newRedirect.safeParse({ source, target });
    assert.deepEqual(parsed('old-page/', '/home').data, { source: '/old-page', target: '/', status: 301 });
    assert.deepEqual(parsed('/a.html', 'HTTPS://Example.org').data?.target, 'https://example.org/');
    for (const [source, target] of [
      ['/', '/a'],
      ['/home', '/a'],
      ['/a/b', '/a'],
      ['/admin', '/a'],
      ['/fr', '/a'],
      ['/a b', '/a'],
      ['/a', '//evil.lu'],
      ['/a', 'http://a.lu'],
      ['/a', 'javascript:alert(1)'],
      ['/a', 'https://bank.lu@evil.lu'],
      ['/a', '/\\evil.lu'],
      ['/a', ''],
    ] as const)
      assert.equal(parsed(source, target).success, false, `${source} → ${target}`);
  });
});
