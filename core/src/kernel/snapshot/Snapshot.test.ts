import assert from 'node:assert/strict';
import { z } from 'zod';
import { defineEvent, on } from '../event.js';
import { defineHook, tap } from '../hook.js';
import { defineJob } from '../job.js';
import { bootKernel } from '../boot.js';
import { defineRoute, type RouteInput } from '../route.js';
import type { AnyPlugin } from '../plugin.js';
import { plugin } from '../kernel.fixture.js';
import { install } from './Installed.js';
import { SnapshotStore } from './SnapshotStore.js';

const Happened = defineEvent('test.thing.happened', { version: 1, schema: z.object({}) });
const asked = defineHook<string[]>('test.asked');
const page = (path: string, change: Partial<RouteInput<z.ZodObject>> = {}) =>
  defineRoute({
    method: 'GET',
    path,
    surface: 'store',
    kind: 'page',
    access: 'public',
    handle: () => null,
    ...change,
  });

/** A plugin with one of everything, under its own code. */
const full = (
  code: string,
  needs: readonly string[] = [],
  change: Readonly<Record<string, unknown>> = {},
): AnyPlugin =>
  plugin(code, needs, {
    features: [{ code: `${code}_feature`, name: code }],
    limits: [{ code: `${code}_limit`, name: code, per: 'store' }],
    permissions: { [`${code}.page.view`]: { audience: 'store', label: code } },
    menu: [
      {
        code: `${code}-item`,
        surface: 'store',
        label: code,
        path: `/${code}`,
        section: 'x',
        order: 1,
        icon: 'x',
      },
    ],
    routes: () => [page(`/${code}`), page(`/${code}/:id`, { method: 'POST' })],
    on: () => [on(Happened, async () => undefined)],
    hooks: () => [tap(asked, { onError: 'fail' }, (_ctx, list) => [...list, code])],
    jobs: () => [defineJob({ name: `${code}.job`, input: z.object({}), run: async () => undefined })],
    blocks: [{ type: `${code}Block`, schema: z.object({}), template: `${code}/block` }],
    widgets: () => [
      {
        code: `${code}-widget`,
        surface: 'store',
        template: `${code}/widget`,
        order: 1,
        load: async () => ({}),
      },
    ],
    sitemap: () => async () => [],
    healthChecks: () => [{ name: code, check: async () => undefined }],
    ...change,
  });

function storeOf(...plugins: readonly AnyPlugin[]): SnapshotStore {
  const { graph, container } = bootKernel({ plugins });
  return new SnapshotStore(
    graph,
    new Map(plugins.map((one) => [one.code, install(one, container.wiringOf(one.code))])),
  );
}

describe('a snapshot of modules [module:core]', () => {
  const store = storeOf(full('aa'), full('bb', ['aa']), full('cc', ['bb']));

  it('holds everything of the modules that are on, and nothing of the others', () => {
    const snapshot = store.of(new Set(['aa', 'bb']));
    assert.deepEqual([...snapshot.modules], ['aa', 'bb']);
    assert.deepEqual([...snapshot.permissions.keys()], ['aa.page.view', 'bb.page.view']);
    assert.deepEqual(
      [...snapshot.features.keys(), ...snapshot.limits.keys()],
      ['aa_feature', 'bb_feature', 'aa_limit', 'bb_limit'],
    );
    assert.deepEqual(
      snapshot.menu.map(({ code }) => code),
      ['aa-item', 'bb-item'],
    );
    assert.deepEqual([...snapshot.blocks.keys()], ['aaBlock', 'bbBlock']);
    assert.deepEqual(
      snapshot.widgets.map(({ code }) => code),
      ['aa-widget', 'bb-widget'],
    );
    assert.deepEqual([...snapshot.jobs.keys()], ['aa.job', 'bb.job']);
    assert.deepEqual(
      snapshot.subscribers(Happened.name).map((one) => one.plugin),
      ['aa', 'bb'],
    );
    assert.equal(snapshot.taps(asked.name).length, 2);
    assert.deepEqual(
      [snapshot.sitemaps.length, snapshot.healthChecks.map(({ name }) => name)],
      [2, ['aa', 'bb']],
    );
    assert.deepEqual(
      [...snapshot.routes()].map(({ route }) => route.path),
      ['/aa', '/aa/:id', '/bb', '/bb/:id'],
    );
    assert.equal(snapshot.find('store', 'page', 'platform', 'GET', '/cc'), undefined);
    for (const method of ['OPTIONS', 'PUT'])
      assert.equal(snapshot.find('store', 'page', 'platform', method, '/cc/1'), undefined);
  });

  it('is shared by platforms with the same modules, and has another key with others', () => {
    assert.equal(store.of(new Set(['bb', 'aa'])), store.of(new Set(['aa', 'bb'])));
    assert.notEqual(store.of(new Set(['aa'])).key, store.of(new Set(['aa', 'bb'])).key);
  });

  it('always holds the core', () => {
    assert.deepEqual(
      [...storeOf(full('aa', [], { isCore: true }), full('bb')).of(new Set()).modules],
      ['aa'],
    );
  });

  it('mounts admin routes for one platform, above all, or both', () => {
    const routes = () =>
      (['platform', 'global', 'both'] as const).map((scope) =>
        page(`/${scope}`, { surface: 'admin', scope }),
      );
    const snapshot = storeOf(full('aa', [], { routes })).of(new Set(['aa']));
    const mounted = (scope: 'platform' | 'global') =>
      ['/platform', '/global', '/both'].filter((path) => snapshot.find('admin', 'page', scope, 'GET', path));
    assert.deepEqual(
      [mounted('platform'), mounted('global')],
      [
        ['/platform', '/both'],
        ['/global', '/both'],
      ],
    );
    assert.equal([...snapshot.routes()].length, 3);
  });

  it('cannot be made of two modules that claim one path, but of either', () => {
    const claiming = storeOf(
      full('aa', [], { routes: () => [page('/same/:id')] }),
      full('bb', [], { routes: () => [page('/same/:slug')] }),
    );
    assert.throws(() => claiming.of(new Set(['aa', 'bb'])), /P501 .*claimed by 'aa' and by 'bb'/);
    for (const code of ['aa', 'bb'])
      assert.ok(claiming.of(new Set([code])).find('store', 'page', 'platform', 'GET', '/same/1'));
  });

  it('is not made of plugins whose routes and jobs name what is not theirs', () => {
    const installing = (change: Readonly<Record<string, unknown>>) => () => storeOf(full('aa', [], change));
    assert.throws(
      installing({ routes: () => [page('/x', { access: 'bb.page.view' })] }),
      /P504 .*needs the permission 'bb\.page\.view'/,
    );
    assert.throws(
      installing({ routes: () => [page('/x', { feature: 'bb_feature' })] }),
      /P505 .*needs the feature 'bb_feature'/,
    );
    assert.throws(
      installing({ routes: () => [page('/x', { menu: 'bb-item' })] }),
      /P506 .*names the menu item 'bb-item'/,
    );
    assert.throws(
      installing({
        jobs: () => [defineJob({ name: 'bb.job', input: z.object({}), run: async () => undefined })],
      }),
      /P503 .*declares the job 'bb\.job'/,
    );
  });
});
