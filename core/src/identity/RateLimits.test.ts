import assert from 'node:assert/strict';
import { TooManyRequests } from '../errors/common.js';
import { startTestServer, type TestAppServer } from '../testing/index.js';
import type { RateLimits } from './RateLimits.js';

describe('limits of how often anybody may do something [module:core]', () => {
  let server: TestAppServer;
  let limits: RateLimits;
  before(async () => {
    server = await startTestServer();
    limits = server.parts.rateLimits;
  });
  after(() => server.stop());
  const take = (...what: string[]) =>
    limits.take(
      what.map((one) => ({ what: one, limit: 3, windowSeconds: 60 })),
      server.clock.now(),
    );

  it('let through as many as they say, and more once the window has moved on', async () => {
    for (let count = 0; count < 3; count++) await take('a');
    await assert.rejects(
      take('a'),
      (error: InstanceType<typeof TooManyRequests>) => error.data.retryAfterSeconds === 60,
    );
    await take('b');
    server.clock.advance(61_000);
    await take('a');
  });

  it('take all of several, or none', async () => {
    for (let count = 0; count < 3; count++) await take('full');
    for (let count = 0; count < 5; count++) await assert.rejects(take('empty', 'full'), TooManyRequests);
    for (let count = 0; count < 3; count++) await take('empty');
  });

  it('let no more through when many come at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => take('rush')));
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 3);
  });

  it('refuse a window that is longer than counts are kept', async () => {
    await assert.rejects(
      limits.take([{ what: 'long', limit: 1, windowSeconds: 3_600 }], server.clock.now()),
      RangeError,
    );
  });
});
