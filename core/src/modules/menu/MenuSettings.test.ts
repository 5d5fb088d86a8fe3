import assert from 'node:assert/strict';
import {
  eventually,
  rootOf,
  startCluster,
  testHost,
  type TestAppServer,
  type TestClient,
  type TestCluster,
} from '../../testing/index.js';
import { plugin } from '../../kernel/kernel.fixture.js';
import { defineRoute, raw } from '../../kernel/route.js';
import type { MenuItemDefinition } from '../../kernel/plugin.js';
import type { MenuOfSurface } from './MenuSettings.js';

const item = (code: string, order: number, change: Partial<MenuItemDefinition> = {}): MenuItemDefinition => ({
  code,
  surface: 'admin',
  label: 'core.menu.overview',
  path: `/${code}`,
  section: 'things',
  order,
  icon: 'box',
  ...change,
});
const page = (code: string, path = `/${code}`) =>
  defineRoute({
    method: 'GET',
    path,
    surface: 'admin',
    kind: 'page',
    access: 'signed-in',
    menu: code,
    handle: () => raw(code),
  });
const shop = plugin('shop', [], {
  menu: [item('apples', 1), item('pears', 2), item('plums', 3), item('till', 4, { mandatory: true })],
  routes: () => [
    page('apples'),
    page('apples', '/apples/:id/edit'),
    page('pears'),
    page('plums'),
    page('till'),
  ],
});
const HIDDEN = (menu: MenuOfSurface): string[] =>
  menu.items.filter(({ isHidden }) => isHidden).map(({ code }) => code);

describe('the menus of a platform [module:core]', () => {
  let cluster: TestCluster;
  let first: TestAppServer;
  let second: TestAppServer;
  let api: TestClient;
  let pages: TestClient;

  beforeEach(async () => {
    cluster = await startCluster({
      nodes: 2,
      hosts: [testHost({ code: 'one', plugins: [shop] }), testHost({ code: 'two', plugins: [shop] })],
      pollMs: 3_600_000,
    });
    [first, second] = cluster.nodes as unknown as [TestAppServer, TestAppServer];
    const admin = await first.user({ superAdmin: true, name: 'Ada' });
    const on = async (kind: 'api' | 'page', node = first): Promise<TestClient> =>
      node.signIn(admin, {
        surface: 'admin',
        root: rootOf({ surface: 'admin', kind, platform: node.platform('one') }),
      });
    api = await on('api');
    pages = await on('page');
  });
  afterEach(() => cluster.stop());

  const read = async (): Promise<MenuOfSurface> =>
    (await api.get('/menu/admin')).expect(200).json<MenuOfSurface>();
  const hide = (hidden: readonly string[], more: object = {}) =>
    api.put('/menu/admin', { json: { hidden, ...more } });
  const entries = async (client = pages): Promise<string[]> => [
    ...new Set(
      [...(await client.get('/')).expect(200).html.matchAll(/href="[^"]*\/(apples|pears|plums|till)"/g)].map(
        ([, code = '']) => code,
      ),
    ),
  ];

  it('show every item until one is hidden; its pages are gone for everybody then, deeper ones too', async () => {
    assert.deepEqual(await entries(), ['apples', 'pears', 'plums', 'till']);
    (await hide(['apples'])).expect(200);
    assert.deepEqual(await entries(), ['pears', 'plums', 'till']);
    (await pages.get('/apples')).expect(404);
    (await pages.get('/apples/7/edit')).expect(404);
    (await pages.get('/pears')).expect(200);
    (await hide([])).expect(200);
    (await pages.get('/apples')).expect(200);
  });

  it('are one platform’s alone', async () => {
    (await hide(['apples'])).expect(200);
    const other = await first.signIn(await first.user({ adminOf: 'two' }), {
      surface: 'admin',
      root: '/platforms/two/admin',
    });
    (await other.get('/apples')).expect(200);
    await (
      await first.signIn(await first.user({ adminOf: 'two' }), {
        surface: 'admin',
        root: '/platforms/one/api/v1/admin',
      })
    )
      .put('/menu/admin', { json: { hidden: [] } })
      .then((answer) => answer.expect(403, 404));
    assert.deepEqual(HIDDEN(await read()), ['apples']);
  });

  it('follow the order that was chosen, within their sections', async () => {
    (await hide([], { order: ['plums', 'till', 'apples', 'pears'] })).expect(200);
    assert.deepEqual(await entries(), ['plums', 'till', 'apples', 'pears']);
    assert.deepEqual(
      (await read()).items
        .map(({ code }) => code)
        .filter((code) => shop.menu.some((one) => one.code === code)),
      ['plums', 'till', 'apples', 'pears'],
    );
  });

  it('keep what is mandatory, and refuse what they do not have', async () => {
    for (const [hidden, code] of [
      [['till'], 'MENU_ITEM_MANDATORY'],
      [['dashboard'], 'MENU_ITEM_MANDATORY'],
      [['modules'], 'MENU_ITEM_MANDATORY'],
      [['bananas'], 'MENU_ITEM_UNKNOWN'],
    ] as const)
      assert.equal((await hide(hidden)).expect(422).problem, code);
    assert.deepEqual(HIDDEN(await read()), []);
  });

  it('are saved by one of fifty who looked at the same menu', async () => {
    const { version } = await read();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => hide([i % 2 === 0 ? 'apples' : 'pears'], { version })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    for (const { status, problem } of answers)
      assert.ok(status === 200 || status === 503 || problem === 'MENU_CHANGED', `${status} ${problem}`);
    const rows = await cluster.database.everything(
      "select 1 from core_audit_platform where action = 'core.menu.changed'",
    );
    assert.equal(rows.length, 1);
  });

  it('leave an audit row only where something changed', async () => {
    (await hide(['pears'])).expect(200);
    (await hide(['pears'])).expect(200);
    const rows = await cluster.database.everything<{ change_from: object; change_to: object }>(
      "select change_from, change_to from core_audit_platform where action = 'core.menu.changed'",
    );
    assert.deepEqual(rows, [
      { change_from: { hidden: [], order: [] }, change_to: { hidden: ['pears'], order: [] } },
    ]);
  });

  it('are changed on all nodes, and asked of the database once', async () => {
    const ctx = second.context({ platform: 'one', surface: 'admin' });
    const before = await second.parts.menus.ofPlatform(ctx);
    assert.equal(await second.parts.menus.ofPlatform(ctx), before);
    (await hide(['apples'])).expect(200);
    await eventually(async () => (await second.parts.menus.ofPlatform(ctx)).hidden.has('admin apples'));
  });

  it('keep what was chosen for a module that is off until it is on again', async () => {
    (await hide(['apples'])).expect(200);
    const ctx = first.context({ platform: 'one', surface: 'admin' });
    const change = async (enable: string[], disable: string[]): Promise<unknown> =>
      first.parts.modules.apply(ctx, await first.parts.modules.plan(ctx, { enable, disable }));
    await change([], ['shop']);
    assert.deepEqual(HIDDEN(await read()), []);
    (await hide(['audit-log'])).expect(200);
    await change(['shop'], []);
    assert.deepEqual(HIDDEN(await read()), ['apples', 'audit-log']);
  });

  it('let persons tidy their own: pinned comes first, what is left out answers as before', async () => {
    (await api.put('/own-menu', { json: { pinned: ['plums'], hidden: ['pears'] } })).expect(204);
    assert.deepEqual(await entries(), ['plums', 'apples', 'till']);
    (await pages.get('/pears')).expect(200);
    assert.deepEqual(await entries(), ['plums', 'apples', 'till']);
    const other = await first.signIn(await first.user({ adminOf: 'one' }), {
      surface: 'admin',
      root: '/platforms/one/admin',
    });
    assert.deepEqual(await entries(other), ['apples', 'pears', 'plums', 'till']);
    assert.equal((await api.put('/own-menu', { json: { hidden: ['till'] } })).problem, 'MENU_ITEM_MANDATORY');
    (await api.put('/own-menu', { json: {} })).expect(204);
    assert.deepEqual(await entries(), ['apples', 'pears', 'plums', 'till']);
  });
});
