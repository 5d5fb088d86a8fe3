import assert from 'node:assert/strict';
import { LoadingCache } from './LoadingCache.js';

const cache = () => new LoadingCache<string>({ max: 10, ttlMs: 60_000 });

describe('LoadingCache [module:core]', () => {
  it('loads once for all who ask meanwhile and after', async () => {
    const kept = cache();
    let loads = 0;
    const load = async () => `value ${++loads}`;
    assert.deepEqual(await Promise.all([kept.get('k', load), kept.get('k', load)]), ['value 1', 'value 1']);
    assert.equal(await kept.get('k', load), 'value 1');
  });
  it('does not keep what was being loaded when it was told to forget', async () => {
    const kept = cache();
    let answer!: (value: string) => void;
    const early = kept.get(
      'k',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    kept.forget('k');
    answer('old');
    assert.equal(await early, 'old');
    assert.equal(await kept.get('k', async () => 'new'), 'new');
  });
  it('does not keep failures', async () => {
    const kept = cache();
    await assert.rejects(
      kept.get('k', async () => Promise.reject(new Error('down'))),
      /down/,
    );
    assert.equal(await kept.get('k', async () => 'up'), 'up');
  });
});
