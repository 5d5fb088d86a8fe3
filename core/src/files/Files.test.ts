import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { TenantContext } from '../kernel/context.js';
import { DiskFileStore } from './DiskFileStore.js';
import { Files, type FileOwner } from './Files.js';

const platform = (id: string) => ({ id }) as TenantContext['platform'];
const store = (id: string, merchantId = 'm1') => ({ id, merchantId }) as TenantContext['store'];
const at = (platformId: string, storeId: string | null): TenantContext =>
  ({ platform: platform(platformId), store: storeId === null ? null : store(storeId) }) as TenantContext;

describe('Files [module:core]', () => {
  let folder: string;
  let files: Files;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'wizamart-files-'));
    files = new Files(new DiskFileStore(folder));
  });
  after(() => rm(folder, { recursive: true }));

  const put = (ctx: TenantContext, owner: FileOwner, name: string, words: string) =>
    files.put(ctx, owner, name, { source: Buffer.from(words), bytes: words.length, type: 'text/plain' });
  const read = async (ctx: TenantContext, owner: FileOwner, name: string) => {
    const stream = await files.get(ctx, owner, name);
    return stream && text(stream);
  };

  it('keeps apart the same name of two stores, two platforms, and a platform', async () => {
    const places = [at('p1', 's1'), at('p1', 's2'), at('p2', 's1')];
    for (const [index, place] of places.entries()) await put(place, 'store', 'cms/x.txt', `store ${index}`);
    await put(at('p1', null), 'platform', 'cms/x.txt', 'platform');
    for (const [index, place] of places.entries())
      assert.equal(await read(place, 'store', 'cms/x.txt'), `store ${index}`);
    assert.equal(await read(at('p1', 's1'), 'platform', 'cms/x.txt'), 'platform');
    assert.equal(await read(at('p2', 's1'), 'platform', 'cms/x.txt'), undefined);
  });

  it('lets no name lead out of its tenant', async () => {
    for (const name of ['../s2/cms/x.txt', 'cms/../../s2/cms/x.txt', '/cms/x.txt']) {
      await assert.rejects(async () => files.get(at('p1', 's1'), 'store', name), TypeError);
      await assert.rejects(put(at('p1', 's1'), 'store', name, 'x'), TypeError);
    }
  });

  it('lets no store change its platform’s files, and asks for a store where its files are meant', async () => {
    await assert.rejects(put(at('p1', 's1'), 'platform', 'cms/x.txt', 'x'), TypeError);
    await assert.rejects(files.delete(at('p1', 's1'), 'platform', 'cms/x.txt'), TypeError);
    await assert.rejects(put(at('p1', null), 'store', 'cms/x.txt', 'x'), /needs a store/);
  });
});
