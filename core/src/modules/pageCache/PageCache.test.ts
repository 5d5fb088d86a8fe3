import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { TenantMissing } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import { MAX_AGE_MS, PageCache, type PageScope } from './PageCache.js';
import { pageKey, type PageAddress } from './pageKey.js';

const PLATFORM: PageScope = { platformId: 'oms', storeId: null };
const ACME: PageScope = { platformId: 'oms', storeId: 'acme' };
const WEBER: PageScope = { platformId: 'oms', storeId: 'weber' };
const page = (text: string) => ({
  body: Buffer.from(text),
  headers: { 'content-type': 'text/html' },
  etag: `"${text}"`,
});

describe('[module:core] PageCache', () => {
  it('gives a page again as it was put', () => {
    const { cache } = kit();
    cache.put('k', ACME, cache.generation(), page('hello'));
    assert.deepEqual(
      { body: cache.get('k')?.body.toString(), etag: cache.get('k')?.etag },
      { body: 'hello', etag: '"hello"' },
    );
  });
  it('refuses a page that was read before an invalidation and put after it', () => {
    const { cache } = kit();
    const before = cache.generation();
    cache.drop(ACME);
    const entry = cache.put('k', ACME, before, page('old'));
    assert.equal(entry.body.toString(), 'old', 'the request under way is still answered');
    assert.equal(cache.get('k'), undefined);
    cache.put('k', ACME, cache.generation(), page('new'));
    assert.equal(cache.get('k')?.body.toString(), 'new');
  });
  it('refuses a store page that was read before its platform was invalidated, not one of another store', () => {
    const { cache } = kit();
    const before = cache.generation();
    cache.drop({ platformId: 'loyalty', storeId: null });
    cache.drop(WEBER);
    cache.put('a', ACME, before, page('a'));
    assert.ok(cache.get('a'));
    cache.drop(PLATFORM);
    cache.put('b', ACME, before, page('b'));
    assert.equal(cache.get('b'), undefined);
  });
  it('drops with a store only its own pages, with a platform all of its stores', () => {
    const { cache } = kit();
    const fill = () => {
      for (const [key, scope] of [
        ['p', PLATFORM],
        ['a', ACME],
        ['w', WEBER],
        ['other', { platformId: 'loyalty', storeId: 'acme2' }],
      ] as const)
        cache.put(key, scope, cache.generation(), page(key));
    };
    const held = () => ['p', 'a', 'w', 'other'].filter((key) => cache.get(key));
    fill();
    cache.drop(ACME);
    assert.deepEqual(held(), ['p', 'w', 'other']);
    fill();
    cache.drop(PLATFORM);
    assert.deepEqual(held(), ['other']);
  });
  it('answers nothing and keeps nothing while the bus is not connected', () => {
    const { cache, bus } = kit();
    cache.put('k', ACME, cache.generation(), page('k'));
    bus.isConnected = false;
    assert.equal(cache.get('k'), undefined);
    cache.put('l', ACME, cache.generation(), page('l'));
    bus.isConnected = true;
    assert.equal(cache.get('l'), undefined);
  });
  it('forgets everything after a gap, and what was read before it', () => {
    const { cache, bus } = kit();
    const before = cache.generation();
    cache.put('k', ACME, before, page('k'));
    bus.gap();
    cache.put('l', ACME, before, page('l'));
    assert.deepEqual([cache.get('k'), cache.get('l')], [undefined, undefined]);
  });
  it('drops what other nodes tell of', () => {
    const { cache, bus } = kit();
    cache.put('k', ACME, cache.generation(), page('k'));
    bus.hear({ platformId: 'oms', storeId: 'acme' });
    assert.equal(cache.get('k'), undefined);
  });
  it('serves a page for a minute at most', () => {
    const { cache, clock } = kit();
    cache.put('k', ACME, cache.generation(), page('k'));
    clock.ms += MAX_AGE_MS - 1;
    assert.ok(cache.get('k'));
    clock.ms += 1;
    assert.equal(cache.get('k'), undefined);
  });
  it('serves a page no longer than to its next publish time', () => {
    const { cache, clock } = kit();
    cache.put('k', ACME, cache.generation(), { ...page('k'), expiresAt: new Date(clock.ms + 5_000) });
    clock.ms += 4_999;
    assert.ok(cache.get('k'));
    clock.ms += 1;
    assert.equal(cache.get('k'), undefined);
    cache.put('k', ACME, cache.generation(), { ...page('k'), expiresAt: new Date(clock.ms) });
    assert.equal(cache.get('k'), undefined);
  });
  it('is bounded by bytes, the compressed form included, and drops what was not used longest', async () => {
    const { cache } = kit(10_000);
    for (const key of ['a', 'b', 'c']) cache.put(key, ACME, cache.generation(), page(key.repeat(2_000)));
    cache.get('a');
    cache.put('d', ACME, cache.generation(), page('d'.repeat(2_000)));
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((key) => Boolean(cache.get(key))),
      [true, false, true, true],
    );
    const before = cache.size.bytes;
    await cache.get('a')?.gzip();
    assert.ok(cache.size.bytes > before && cache.size.bytes <= 10_000);
    cache.put('huge', ACME, cache.generation(), page('h'.repeat(20_000)));
    assert.equal(cache.get('huge'), undefined);
  });
  it('keeps nothing when it may take no bytes', () => {
    const { cache } = kit(0);
    assert.equal(cache.put('k', ACME, cache.generation(), page('hello')).body.toString(), 'hello');
    assert.equal(cache.get('k'), undefined);
  });
  it('compresses a page once', async () => {
    const { cache } = kit();
    cache.put('k', ACME, cache.generation(), page('hello'));
    const [one, two] = await Promise.all([cache.get('k')?.gzip(), cache.get('k')?.gzip()]);
    assert.equal(one, two);
    assert.equal(gunzipSync(one as Buffer).toString(), 'hello');
  });
  it('tells the other nodes in the transaction, and drops its own pages after the commit', async () => {
    const { cache, bus } = kit();
    const afterCommit: (() => void)[] = [];
    const ctx = {
      platform: { id: 'oms' },
      store: { id: 'acme' },
      tx: { afterCommit: (work: () => void) => afterCommit.push(work) },
    } as unknown as TenantContext;
    const before = cache.generation();
    cache.put('k', ACME, before, page('k'));
    await cache.invalidate(ctx);
    assert.deepEqual(bus.published, [['cache', { platformId: 'oms', storeId: 'acme' }]]);
    assert.ok(cache.get('k'), 'nothing is committed yet');
    for (const work of afterCommit) work();
    assert.equal(cache.get('k'), undefined);
    cache.put('k', ACME, before, page('k'));
    assert.equal(cache.get('k'), undefined, 'read before the publish, put after it');
    await cache.invalidate(ctx, 'platform');
    assert.deepEqual(bus.published[1], ['cache', { platformId: 'oms', storeId: null }]);
  });
  it('invalidates only inside a transaction, and a store only where there is one', async () => {
    const { cache } = kit();
    await assert.rejects(
      cache.invalidate({ platform: { id: 'oms' }, store: null, tx: null } as unknown as TenantContext),
      TenantMissing,
    );
    await assert.rejects(
      cache.invalidate({ platform: { id: 'oms' }, store: null, tx: {} } as unknown as TenantContext, 'store'),
      TenantMissing,
    );
  });
  it('still refuses old reads after more scopes moved than it remembers', () => {
    const { cache } = kit();
    const before = cache.generation();
    for (let i = 0; i < 10_050; i++) cache.drop({ platformId: 'oms', storeId: `store ${i}` });
    cache.put('k', { platformId: 'oms', storeId: 'store 3' }, before, page('k'));
    assert.equal(cache.get('k'), undefined);
  });
  it('keys a page by everything that makes it another one', () => {
    const address: PageAddress = {
      snapshot: 'core',
      platformId: 'oms',
      storeId: null,
      language: 'en',
      base: 'https://oms.lu',
      path: '/',
    };
    const others: Partial<PageAddress>[] = [
      { snapshot: 'core+cms' },
      { platformId: 'main' },
      { storeId: 'acme' },
      { language: 'fr' },
      { base: '/platforms/oms' },
      { path: '/about' },
    ];
    assert.equal(
      new Set([{}, ...others].map((other) => pageKey({ ...address, ...other }))).size,
      others.length + 1,
    );
  });
});

function kit(maxBytes = 1_000_000) {
  const gaps: (() => void)[] = [];
  const listeners: ((payload: unknown) => void)[] = [];
  const published: [string, unknown][] = [];
  const bus = {
    isConnected: true,
    published,
    on: (_topic: string, listener: (payload: unknown) => void) => {
      listeners.push(listener);
      return () => undefined;
    },
    onGap: (listener: () => void) => {
      gaps.push(listener);
      return () => undefined;
    },
    publish: async (_tx: unknown, topic: string, payload: unknown) => {
      published.push([topic, payload]);
    },
    gap: () => {
      for (const listener of gaps) listener();
    },
    hear: (payload: unknown) => {
      for (const listener of listeners) listener(payload);
    },
  };
  const clock = { ms: Date.UTC(2026, 10, 20), now: () => new Date(clock.ms) };
  return { cache: new PageCache({ bus: bus as never, clock, maxBytes }), bus, clock };
}
