import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StoreRecord } from '@wizamart/core';
import { rootOf, type TestClient } from '@wizamart/core/testing';
import type { MediaBin } from '../src/media/MediaBin.js';
import { type MediumAnswer, pdf, sendFile } from './media.fixture.js';
import { openWorld, type World } from './world.fixture.js';

const folder = path.join(tmpdir(), `wizamart-media-bin-${process.pid}`);

describe('deleted media [module:cms] [surface:store]', () => {
  let world: World;
  let bin: MediaBin;
  let api: TestClient;
  let desk: TestClient;
  before(async () => {
    world = await openWorld({ filesUrl: pathToFileURL(folder).href });
    bin = (world.server.modules.kernel.container.wiringOf('cms') as unknown as { mediaBin: MediaBin })
      .mediaBin;
    api = await staffOf(world.acmeShop, 'api');
    desk = await staffOf(world.acmeShop, 'page');
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await world.db.everything(
      'delete from cms_store_page; delete from cms_store_media; delete from cms_store_deleted_media',
    );
    await rm(folder, { recursive: true, force: true });
  });

  const staffOf = async (store: StoreRecord, kind: 'api' | 'page', role: 'manager' | string[] = 'manager') =>
    world.server.signIn(await world.server.user({ memberOf: { store, role } }), {
      surface: 'store',
      platform: world.oms,
      root: rootOf({ surface: 'store', kind, platform: world.oms, store }),
    });
  const upload = async (name: string) =>
    (await sendFile(api, '/media', pdf, { name, type: 'application/pdf' })).expect(201).json<MediumAnswer>();
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) =>
      entry.isFile(),
    ).length;
  const titles = async (address = '/media') =>
    (await api.get(address))
      .expect(200)
      .json<{ items: { title: string }[] }>()
      .items.map(({ title }) => title);
  const address = ({ id, variants: [file] }: MediumAnswer) => `/media/${id}/${file?.name}.${file?.hash}.pdf`;
  const visitor = () =>
    world.server.client({
      root: rootOf({ surface: 'storefront', kind: 'page', platform: world.oms, store: world.acmeShop }),
    });
  const form = (ids: readonly string[]) => ({
    body: new URLSearchParams(ids.map((id) => ['ids', id])).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const actions = async () =>
    (
      await world.db.everything<{ action: string }>(
        "select action from core_audit_merchant where action like 'cms.medium.%' order by id desc limit 2",
      )
    ).map(({ action }) => action);

  it('are gone for visitors and out of the list, and come back as they were', async () => {
    const medium = await upload('menu.pdf');
    (await visitor().get(address(medium))).expect(200);
    (await api.delete(`/media/${medium.id}`)).expect(204);
    (await visitor().get(address(medium))).expect(404);
    assert.deepEqual([await titles(), await titles('/media/deleted')], [[], ['menu']]);
    const back = (await api.post(`/media/${medium.id}/bring-back`, { json: {} })).expect(200).json();
    assert.deepEqual(back, medium);
    (await visitor().get(address(medium))).expect(200);
    assert.deepEqual([await titles(), await titles('/media/deleted')], [['menu'], []]);
    (await api.post(`/media/${medium.id}/bring-back`, { json: {} })).expect(404);
    assert.deepEqual(await actions(), ['cms.medium.brought_back', 'cms.medium.deleted']);
  });

  it('are forgotten with their files after a day, however often the job runs', async () => {
    const old = await upload('old.pdf');
    const kept = await upload('kept.pdf');
    const before = await files();
    (await api.delete(`/media/${old.id}`)).expect(204);
    const job = { ...world.onPlatform(), actor: { kind: 'system', name: 'test' }, surface: 'job' } as const;
    const later = (hours: number) => ({ ...job, now: new Date(job.now.getTime() + hours * 3_600_000) });
    await bin.forget(later(23));
    assert.equal(await files(), before, 'it can still be brought back');
    await bin.forget(later(25));
    await bin.forget(later(25));
    assert.ok((await files()) < before);
    assert.deepEqual(await titles('/media/deleted'), []);
    (await visitor().get(address(kept))).expect(200);
  });

  it('are deleted and brought back together, each on its own, and what a page shows only when that is confirmed', async () => {
    const [first, second] = [await upload('one.pdf'), await upload('two.pdf')];
    const shown = await upload('shown.pdf');
    await world.db.everything(`update cms_store_media set kind = 'image' where id = '${shown.id}'`);
    await world.storePages.create(world.inStore(), {
      slug: 'shows',
      title: 'Shows it',
      status: 'published',
      body: [{ type: 'image', media: shown.id, alt: 'A picture' }],
    });
    const ids = [first.id, second.id, shown.id];
    const bulk = async (json: object) =>
      (await api.post('/media/bulk', { json }))
        .expect(200)
        .json<{ done: string[]; refused: { code: string }[] }>();
    const { done, refused } = await bulk({ ids, do: 'delete' });
    assert.deepEqual([done, refused.map(({ code }) => code)], [[first.id, second.id], ['CMS_MEDIUM_IN_USE']]);
    assert.deepEqual(
      (await bulk({ ids, do: 'bringBack' })).refused.map(({ code }) => code),
      ['CMS_MEDIUM_NOT_FOUND'],
    );
    assert.equal((await bulk({ ids, do: 'delete', confirm: true })).done.length, 3);
    (await api.post('/media/bulk', { json: { ids: [], do: 'delete' } })).expect(422);
    (await api.post('/media/bulk', { json: { ids, do: 'shred' } })).expect(422);
  });

  it('are asked about before, with the pages that show them, and the toast brings them back', async () => {
    const shown = await upload('shown.pdf');
    const other = await upload('other.pdf');
    await world.db.everything(`update cms_store_media set kind = 'image' where id = '${shown.id}'`);
    await world.storePages.create(world.inStore(), {
      slug: 'shows',
      title: 'Shows it',
      body: [{ type: 'image', media: shown.id, alt: 'A picture' }],
    });
    const ids = [shown.id, other.id];
    const asked = (await desk.post('/media/ask-delete', form(ids))).expect(200).html;
    assert.match(asked, /One of them is shown[\s\S]*shown[\s\S]*\/shows/);
    assert.equal((await titles()).length, 2, 'asking deletes nothing');
    (await desk.post('/media/delete', form(ids))).expect(303);
    const list = (await desk.get('/media')).expect(200).html;
    assert.match(list, /2 files are deleted\.[\s\S]*name="ids" value="[^"]+"[\s\S]*Undo/);
    const deleted = (await desk.get('/media/deleted')).expect(200).html;
    for (const title of ['shown', 'other']) assert.match(deleted, new RegExp(`>${title} <`));
    (await desk.post('/media/bring-back', form(ids))).expect(303);
    assert.match((await desk.get('/media')).html, /2 files are back\./);
    assert.match((await desk.get('/media/deleted')).html, /Nothing was deleted/);
  });

  it('come back only while the plan has room, to their own store, and by who may edit', async () => {
    const medium = await upload('menu.pdf');
    const looker = await staffOf(world.acmeShop, 'api', ['cms.media.view']);
    (await looker.post('/media/bulk', { json: { ids: [medium.id], do: 'delete' } })).expect(403);
    (await api.delete(`/media/${medium.id}`)).expect(204);
    (await looker.get('/media/deleted')).expect(200);
    (await looker.post(`/media/${medium.id}/bring-back`, { json: {} })).expect(403);
    const neighbour = await staffOf(world.techproShop, 'api');
    (await neighbour.post(`/media/${medium.id}/bring-back`, { json: {} })).expect(404);
    assert.deepEqual((await neighbour.get('/media/deleted')).json<{ items: unknown[] }>().items, []);
    await world.tiers.seed(world.onPlatform(), [
      { code: 'one', name: 'One file', features: ['media_library'], limits: { cms_media_files: 1 } },
    ]);
    await world.asTier(world.acme, 'one');
    try {
      await upload('in-its-place.pdf');
      (await api.post(`/media/${medium.id}/bring-back`, { json: {} })).expect(402);
      assert.deepEqual(await titles('/media/deleted'), ['menu'], 'it is not lost');
    } finally {
      await world.asTier(world.acme, null);
    }
  });

  it('come back once, however many ask at the same time', async () => {
    const medium = await upload('menu.pdf');
    (await api.delete(`/media/${medium.id}`)).expect(204);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        bin.bringBack(world.inStore(), medium.id).then(
          () => 1,
          () => 0,
        ),
      ),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    assert.deepEqual(await titles(), ['menu']);
  });
});
