import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defineRoute, type Method } from '../route.js';
import { RouteTable, type OtherMethods, type RouteMatch } from './RouteTable.js';

const route = (method: Method, path: string, change: { fallback?: boolean } = {}) =>
  defineRoute({
    method,
    path,
    surface: 'store',
    kind: 'page',
    access: 'public',
    handle: () => null,
    ...change,
  });

function tableOf(
  ...routes: readonly (readonly [
    method: Method,
    path: string,
    plugin?: string,
    change?: { fallback?: boolean },
  ])[]
): RouteTable {
  const table = new RouteTable();
  for (const [method, path, plugin = 'shop', change = {}] of routes)
    table.add({ plugin, route: route(method, path, change) });
  return table;
}

const pathOf = (found: RouteMatch | OtherMethods | undefined): string | undefined =>
  found && 'mounted' in found ? found.mounted.route.path : undefined;
const allowed = (found: RouteMatch | OtherMethods | undefined): readonly string[] | undefined =>
  found && 'allowed' in found ? found.allowed : undefined;

describe('the table of routes [module:core]', () => {
  it('prefers plain text to parameters, and parameters to the rest', () => {
    const table = tableOf(
      ['GET', '/*rest'],
      ['GET', '/:slug'],
      ['GET', '/about'],
      ['GET', '/pages/:id/edit'],
      ['GET', '/pages/new/*more'],
    );
    assert.equal(pathOf(table.find('GET', '/about')), '/about');
    assert.equal(pathOf(table.find('GET', '/other')), '/:slug');
    assert.equal(pathOf(table.find('GET', '/a/b')), '/*rest');
    assert.equal(pathOf(table.find('GET', '/pages/7/edit')), '/pages/:id/edit');
    assert.equal(pathOf(table.find('GET', '/pages/new/x/y')), '/pages/new/*more');
  });

  it('goes back where a better beginning leads nowhere', () => {
    const table = tableOf(
      ['GET', '/pages/new/form'],
      ['GET', '/pages/:id/edit'],
      ['GET', '/:area/:id/delete'],
    );
    assert.equal(pathOf(table.find('GET', '/pages/new/edit')), '/pages/:id/edit');
    assert.deepEqual((table.find('GET', '/pages/new/delete') as RouteMatch).params, {
      area: 'pages',
      id: 'new',
    });
  });

  it('hands over parameters as they were before encoding, under the names of the method’s own route', () => {
    const table = tableOf(['GET', '/pages/:slug'], ['DELETE', '/pages/:id'], ['GET', '/files/:bucket/*path']);
    assert.deepEqual((table.find('GET', '/pages/caf%C3%A9%20noir') as RouteMatch).params, {
      slug: 'café noir',
    });
    assert.deepEqual((table.find('DELETE', '/pages/7') as RouteMatch).params, { id: '7' });
    assert.deepEqual((table.find('GET', '/files/a/b/c') as RouteMatch).params, { bucket: 'a', path: 'b/c' });
  });

  it('answers HEAD with the GET route, and tells which methods an address has', () => {
    const table = tableOf(['GET', '/pages/new'], ['POST', '/pages/:id'], ['DELETE', '/pages/:id']);
    assert.equal(pathOf(table.find('HEAD', '/pages/new')), '/pages/new');
    assert.equal(pathOf(table.find('POST', '/pages/new')), '/pages/:id');
    assert.deepEqual(allowed(table.find('PATCH', '/pages/new')), ['DELETE', 'GET', 'HEAD', 'POST']);
    assert.deepEqual(allowed(table.find('GET', '/pages/7')), ['DELETE', 'POST']);
    assert.equal(table.find('GET', '/orders'), undefined);
  });

  it('takes no empty text for a parameter', () => {
    const table = tableOf(['GET', '/pages/:id']);
    assert.equal(table.find('GET', '/pages/'), undefined);
    assert.equal(table.find('GET', '/pages'), undefined);
  });

  it('refuses two routes of one shape, whatever their parameters are called', () => {
    assert.throws(
      () => tableOf(['GET', '/pages/:id', 'cms'], ['GET', '/pages/:slug', 'shop']),
      /P501 store page GET \/pages\/:slug is claimed by 'cms' and by 'shop'/,
    );
    assert.throws(() => tableOf(['GET', '/pages', 'cms'], ['GET', '/pages', 'cms']), /P501/);
    assert.doesNotThrow(() => tableOf(['GET', '/pages/:id'], ['POST', '/pages/:slug']));
  });

  it('lets a fallback give way, whichever came first', () => {
    for (const order of [
      ['core', 'cms'],
      ['cms', 'core'],
    ]) {
      const table = tableOf(
        ...order.map((plugin) => ['GET', '/', plugin, { fallback: plugin === 'core' }] as const),
      );
      assert.equal((table.find('GET', '/') as RouteMatch).mounted.plugin, 'cms');
      assert.deepEqual(
        table.routes.map(({ plugin }) => plugin),
        ['cms'],
      );
    }
  });

  it('refuses paths that it cannot index', () => {
    for (const path of ['/a{/b}', '/*rest/more', '/a:b', '/ä', '/a b'])
      assert.throws(() => tableOf(['GET', path]), /P502/, path);
  });

  it('finds what a plain search in the order of precedence finds', () => {
    const segment = fc.constantFrom('a', 'b', ':x', ':y');
    const path = fc
      .tuple(fc.array(segment, { maxLength: 4 }), fc.boolean())
      .map(
        ([segments, rest]) =>
          `/${[...segments.map((one, i) => (one.startsWith(':') ? `:${one.slice(1)}${i}` : one)), ...(rest ? ['*rest'] : [])].join('/')}`,
      );
    const entry = fc.tuple(fc.constantFrom<Method>('GET', 'POST', 'DELETE'), path);
    const asked = fc
      .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 })
      .map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ([method, one]) => `${method} ${shapeOf(one)}`, maxLength: 25 }),
        fc.array(asked, { minLength: 1, maxLength: 10 }),
        (entries, paths) => {
          const table = tableOf(...entries);
          for (const one of paths) {
            for (const method of ['GET', 'HEAD', 'POST', 'PATCH']) {
              const fit = entries.filter(([, pattern]) => matches(pattern, one));
              const wanted = method === 'HEAD' ? 'GET' : method;
              const best = fit.filter(([of]) => of === wanted).sort((a, b) => precedence(a[1], b[1]))[0];
              const found = table.find(method, one);
              assert.equal(pathOf(found), best?.[1], `${method} ${one} in ${JSON.stringify(entries)}`);
              const methods = new Set(fit.flatMap(([of]) => (of === 'GET' ? ['GET', 'HEAD'] : [of])));
              if (!best)
                assert.deepEqual(
                  allowed(found),
                  methods.size === 0 ? undefined : [...methods].sort(),
                  `${method} ${one} in ${JSON.stringify(entries)}`,
                );
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

const shapeOf = (path: string): string => path.replace(/:\w+/g, ':').replace(/\*\w+/g, '*');
const segmentsOf = (path: string): string[] => path.split('/').slice(1);

function matches(pattern: string, path: string): boolean {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  for (const [i, segment] of wanted.entries()) {
    if (segment.startsWith('*')) return given.length > i;
    if (given[i] === undefined || (segment.startsWith(':') ? given[i] === '' : segment !== given[i]))
      return false;
  }
  return wanted.length === given.length;
}

/** Segment by segment: plain text, then a parameter, then the rest. */
function precedence(a: string, b: string): number {
  const rank = (segment: string | undefined): number =>
    segment === undefined ? 0 : segment.startsWith('*') ? 3 : segment.startsWith(':') ? 2 : 1;
  const [left, right] = [segmentsOf(a), segmentsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = rank(left[i]) - rank(right[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}
