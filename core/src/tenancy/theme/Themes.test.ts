import assert from 'node:assert/strict';
import type { StoreRecord } from '../../kernel/context.js';
import { eventually, startCluster, startTestServer, type TestAppServer } from '../../testing/index.js';
import { THEME_PRESETS } from './presets.js';

const { warm, night, fresh, modern } = THEME_PRESETS;

describe('Themes [module:core] [surface:store]', () => {
  let server: TestAppServer;
  let store: StoreRecord;
  before(async () => {
    server = await startTestServer({ plugins: [] });
  });
  beforeEach(async () => {
    store = await server.store();
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, []);
  });
  const ctx = () => server.context({ store });
  const use = () => server.parts.themes;

  it('keep a draft that nobody sees until it is published, with a version and a line of what changed', async () => {
    const drafted = await use().saveDraft(ctx(), { theme: warm, revision: 0 });
    assert.equal(drafted.revision, 1);
    assert.equal(drafted.live?.name, 'fresh');
    assert.equal(drafted.draft?.theme?.name, 'warm');
    const seen = async () => (await server.parts.tenants.storeById(server.platform(), store.id))?.theme.name;
    assert.equal(await seen(), 'fresh');
    const published = await use().publish(ctx(), { revision: 1 });
    assert.equal(published.draft, null);
    assert.equal(published.live?.name, 'warm');
    assert.equal(await seen(), 'warm');
    const history = await use().history(ctx(), { page: 1, perPage: 10 });
    assert.deepEqual(
      history.items.map(({ number, theme }) => [number, theme?.name]),
      [[1, 'warm']],
    );
    const [line] = (await server.parts.audit.list(ctx(), { action: 'core.theme.published' })).items;
    assert.equal((line?.from as Record<string, string>)['colors.primary'], fresh.colors.primary);
    assert.equal((line?.to as Record<string, string>)['colors.primary'], warm.colors.primary);
    assert.equal((line?.to as Record<string, string>)['layout.grid'], undefined, 'what stayed is not told');
  });

  it('take the platform’s theme where a store has none, and its own again from the history', async () => {
    const { revision } = await use().replace(ctx(), warm);
    await use().saveDraft(ctx(), { theme: null, revision });
    const inherited = await use().publish(ctx(), { revision: revision + 1 });
    assert.equal(inherited.live, null);
    assert.equal(inherited.inherited?.name, 'modern');
    const again = await use().restore(ctx(), { number: 1, revision: inherited.revision });
    assert.equal(again.draft?.theme?.name, 'warm');
    assert.equal(again.live, null, 'a restored version is a draft first');
  });

  it('refuse a change made from what is no longer there, and change nothing', async () => {
    const first = await use().saveDraft(ctx(), { theme: warm, revision: 0 });
    const stale = { code: 'CORE_THEME_CHANGED', status: 409 };
    await assert.rejects(use().saveDraft(ctx(), { theme: night, revision: 0 }), stale);
    await assert.rejects(use().publish(ctx(), { revision: 0 }), stale);
    await assert.rejects(use().discardDraft(ctx(), { revision: 0 }), stale);
    assert.equal((await use().state(ctx())).draft?.theme?.name, 'warm');
    const gone = await use().discardDraft(ctx(), { revision: first.revision });
    assert.equal(gone.draft, null);
    await assert.rejects(use().saveDraft(ctx(), { theme: night, revision: first.revision }), stale);
    await assert.rejects(use().publish(ctx(), { revision: gone.revision }), { code: 'CORE_THEME_NO_DRAFT' });
  });

  it('let exactly one of 60 editors win who begin from the same revision', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        use().saveDraft(ctx(), { theme: { ...warm, name: `w${index}` }, revision: 0 }),
      ),
    );
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await use().state(ctx())).revision, 1);
  });

  it('number versions without holes or doubles, however many publish at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => use().replace(ctx(), { ...warm, name: `w${index}` })),
    );
    const { items } = await use().history(ctx(), { page: 1, perPage: 100 });
    assert.deepEqual(
      items.map(({ number }) => number),
      Array.from({ length: 40 }, (_, index) => 40 - index),
    );
    assert.equal((await use().state(ctx())).live?.name, items[0]?.theme?.name);
  });

  it('refuse what is no theme, naming the field, and a platform without one', async () => {
    const evil = { ...warm, colors: { ...warm.colors, text: '#fff;}body{display:none' } };
    await assert.rejects(
      use().saveDraft(ctx(), { theme: evil, revision: 0 }),
      (error: { errors?: unknown }) => {
        assert.deepEqual(
          (error.errors as { path: string }[]).map(({ path }) => path),
          ['colors.text'],
        );
        return true;
      },
    );
    assert.equal((await use().state(ctx())).revision, 0);
    await assert.rejects(use().saveDraft(server.context({}), { theme: null, revision: 0 }), {
      code: 'INVALID_INPUT',
    });
  });

  it('keep a store’s draft from other stores, also from one of the same merchant', async () => {
    const sister = await server.store({ merchant: store.merchant });
    const stranger = await server.store();
    await use().saveDraft(ctx(), { theme: warm, revision: 0 });
    for (const other of [sister, stranger]) {
      const state = await use().state(server.context({ store: other }));
      assert.equal(state.draft, null);
      assert.equal(state.revision, 0);
    }
    // Row-level security alone has to hold.
    const rows = await server.parts.database.unit(server.context({ store: sister }), ({ tx }) =>
      tx.query('select revision from core_store_theme'),
    );
    assert.deepEqual(rows, []);
  });

  it('put a picture into the draft whatever else is in it', async () => {
    await use().saveDraft(ctx(), { theme: warm, revision: 0 });
    const { draft, revision } = await use().setPicture(ctx(), 'logo', '/branding/x.png');
    assert.equal(draft?.theme?.name, 'warm');
    assert.equal(draft?.theme?.branding.logo, '/branding/x.png');
    assert.equal(revision, 2);
    await assert.rejects(use().setPicture(ctx(), 'logo', 'javascript:alert(1)'), { code: 'INVALID_INPUT' });
  });

  it('reach every node within a second', async () => {
    const cluster = await startCluster({ plugins: [], nodes: 2 });
    try {
      const [here, there] = cluster.nodes as [TestAppServer, TestAppServer];
      const own = await here.store();
      const path = `/platforms/test/stores/${own.code}/storefront/`;
      const sheetOf = async () => /theme\.[0-9a-f]{16}\.css/.exec((await there.client().get(path)).html)?.[0];
      const before = await sheetOf();
      const began = performance.now();
      await here.parts.themes.replace(here.context({ store: own }), night);
      await eventually(async () => (await sheetOf()) !== before);
      const took = performance.now() - began;
      assert.ok(took < 1_000, `${took} ms`);
      await here.parts.themes.replace(here.context({}), warm);
      await eventually(() => there.platform().theme.name === 'warm');
    } finally {
      await cluster.stop();
    }
  });

  it('of a platform change the stores that have none of their own', async () => {
    await use().replace(ctx(), null);
    await use().replace(server.context({}), night);
    assert.equal((await server.parts.tenants.storeById(server.platform(), store.id))?.theme.name, 'night');
    await use().replace(server.context({}), modern);
  });
});
