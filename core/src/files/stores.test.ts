import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { startFakeS3, type FakeS3 } from './fakeS3.fixture.js';
import type { FileStore } from './FileStore.js';
import { isFilesUrl, openFileStore } from './openFileStore.js';

const type = 'image/webp';
const big = Buffer.alloc(3_000_000, 'wizamart');

describe('file stores [module:core]', () => {
  let folder: string;
  let s3: FakeS3;
  const stores: Record<string, () => FileStore> = {
    disk: () => openFileStore(pathToFileURL(folder).href),
    s3: () => openFileStore(s3.url),
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'wizamart-files-'));
    s3 = await startFakeS3();
  });
  after(async () => {
    await s3.stop();
    await rm(folder, { recursive: true });
  });

  for (const [name, open] of Object.entries(stores)) {
    const read = async (key: string, range?: { start: number; end: number }) => {
      const stream = await open().get(key, range);
      return stream && buffer(stream);
    };

    it(`keep and hand out buffers and streams (${name})`, async () => {
      await open().put('a/b/one.webp', { source: Buffer.from('one'), bytes: 3, type });
      await open().put('a/b/two.webp', {
        source: Readable.from([big.subarray(0, 1_000_000), big.subarray(1_000_000)]),
        bytes: big.length,
        type,
      });
      assert.equal((await read('a/b/one.webp'))?.toString(), 'one');
      assert.ok((await read('a/b/two.webp'))?.equals(big));
      assert.deepEqual(
        [await open().exists('a/b/one.webp'), await open().exists('a/b/none.webp')],
        [true, false],
      );
    });

    it(`hand out a part, both ends counting (${name})`, async () => {
      await open().put('part.bin', { source: Buffer.from('0123456789'), bytes: 10, type });
      assert.equal((await read('part.bin', { start: 2, end: 4 }))?.toString(), '234');
    });

    it(`replace, delete, and know nothing of what is not there (${name})`, async () => {
      await open().put('x.bin', { source: Buffer.from('old'), bytes: 3, type });
      await open().put('x.bin', { source: Buffer.from('newer'), bytes: 5, type });
      assert.equal((await read('x.bin'))?.toString(), 'newer');
      await open().delete('x.bin');
      await open().delete('x.bin');
      assert.equal(await read('x.bin'), undefined);
    });

    it(`keep nothing of a stream that breaks off, or is not as long as was said (${name})`, async () => {
      const broken = Readable.from(
        (async function* () {
          yield Buffer.from('half');
          await Promise.resolve();
          throw new Error('the sender went away');
        })(),
      );
      await assert.rejects(open().put('broken.bin', { source: broken, bytes: 8, type }));
      await assert.rejects(
        open().put('broken.bin', { source: Readable.from([Buffer.from('short')]), bytes: 8, type }),
      );
      await assert.rejects(
        open().put('broken.bin', { source: Readable.from([Buffer.from('much too long')]), bytes: 8, type }),
      );
      assert.equal(await open().exists('broken.bin'), false);
    });

    it(`refuse keys that lead elsewhere (${name})`, async () => {
      for (const key of [
        '../x',
        'a/../x',
        '/etc/passwd',
        'a//b',
        'a\\b',
        'A',
        'a/.x',
        'a/x..y',
        '',
        'a/%2e%2e',
        'a\0b',
      ]) {
        await assert.rejects(
          async () => open().put(key, { source: Buffer.from('x'), bytes: 1, type }),
          TypeError,
          key,
        );
        await assert.rejects(async () => open().get(key), TypeError, key);
        await assert.rejects(async () => open().delete(key), TypeError, key);
      }
    });

    it(`say whether they can keep files (${name})`, () => open().check());
  }

  it('leave no partial file on disk', async () => {
    const left = (await readdir(folder, { recursive: true })).filter(
      (file) => file.includes('partial') || file.includes('check'),
    );
    assert.deepEqual(left, []);
  });

  it('announce a stream’s length and type to S3', () => {
    const put = s3.requests.find(({ method, path: at }) => method === 'PUT' && at.endsWith('two.webp'));
    assert.deepEqual(
      [put?.headers['content-length'], put?.headers['content-type']],
      [String(big.length), type],
    );
  });

  it('say so when a bucket lets nobody in, or a folder cannot be written', async () => {
    await assert.rejects(openFileStore(s3.url.replace('key:', 'other:')).check());
    await openFileStore(pathToFileURL(folder).href).put('taken', {
      source: Buffer.from('x'),
      bytes: 1,
      type,
    });
    await assert.rejects(openFileStore(pathToFileURL(path.join(folder, 'taken')).href).check());
  });

  it('are told from their address, which is checked', () => {
    for (const good of [
      'file:///srv/files',
      's3://key:secret@s3.example/bucket',
      's3://k:s%2Fx@h:9000/b?region=lu',
    ])
      assert.ok(isFilesUrl(good), good);
    for (const bad of [
      '',
      '/srv',
      'file://host/x',
      's3://host/bucket',
      's3://k:s@host',
      's3://k:s@host/a/b',
      'https://k:s@host/b',
    ])
      assert.ok(!isFilesUrl(bad), bad);
  });
});
