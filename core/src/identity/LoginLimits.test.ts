import assert from 'node:assert/strict';
import { TooManyLogins } from './errors.js';
import { openIdentity, type IdentityWorld } from './identity.fixture.js';

describe('LoginLimits [module:core]', () => {
  let world: IdentityWorld;
  before(async () => {
    world = await openIdentity({ config: { poolSize: 20, acquireTimeoutMs: 30_000 } });
  });
  after(() => world.close());

  let last = 0;
  const fresh = () => `user:${++last}@example.org`;
  const freshIp = () => `198.51.${++last >> 8}.${last & 255}`;
  const take = (account: string, ip = freshIp()) =>
    world.limits.take({ account, ip, now: world.clock.now() });
  const outcomes = async (tries: Promise<unknown>[]) => {
    const settled = await Promise.allSettled(tries);
    for (const one of settled)
      if (one.status === 'rejected') assert.ok(one.reason instanceof TooManyLogins, String(one.reason));
    return settled.filter((one) => one.status === 'fulfilled').length;
  };

  it('let exactly 10 of 200 parallel tries for one account through, from whatever addresses', async () => {
    const account = fresh();
    assert.equal(await outcomes(Array.from({ length: 200 }, () => take(account))), 10);
  });

  it('let exactly 100 of 200 parallel tries from one address through, for whatever accounts', async () => {
    const ip = freshIp();
    assert.equal(await outcomes(Array.from({ length: 200 }, () => take(fresh(), ip))), 100);
  });

  it('never let more than 10 through in any 15 minutes: the window slides', async () => {
    const account = fresh(),
      granted: number[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      for (let i = 0; i < 2; i += 1) {
        if ((await outcomes([take(account)])) === 1) granted.push(world.clock.ms);
      }
      world.clock.pass(60);
    }
    for (const at of granted) {
      const inWindow = granted.filter((other) => other > at - 15 * 60_000 && other <= at).length;
      assert.ok(inWindow <= 10, `${inWindow} within 15 minutes`);
    }
    assert.ok(granted.length >= 40);
  });

  it('say when the next try is free, and it is', async () => {
    const account = fresh();
    for (let i = 0; i < 10; i += 1) {
      await take(account);
      world.clock.pass(30);
    }
    const refused = await take(account).then(
      () => assert.fail('let through'),
      (error: unknown) => error,
    );
    assert.ok(refused instanceof TooManyLogins);
    assert.equal(refused.retryAfterSeconds, 15 * 60 - 10 * 30);
    world.clock.pass(refused.retryAfterSeconds - 1);
    await assert.rejects(take(account), TooManyLogins);
    world.clock.pass(1);
    await take(account);
  });

  it('leave the account’s count alone when it is the address that is refused', async () => {
    const account = fresh(),
      ip = freshIp();
    await Promise.all(Array.from({ length: 100 }, () => take(fresh(), ip)));
    for (let i = 0; i < 20; i += 1) await assert.rejects(take(account, ip), TooManyLogins);
    assert.equal(await outcomes(Array.from({ length: 20 }, () => take(account))), 10);
  });

  it('give a success its place back, and only that one', async () => {
    const account = fresh();
    for (let i = 0; i < 9; i += 1) await take(account);
    for (let i = 0; i < 30; i += 1) {
      const success = await take(account);
      await world.database.system((tx) => world.limits.refund(tx, success));
    }
    assert.equal(await outcomes(Array.from({ length: 5 }, () => take(account))), 1);
  });

  it('keep no address of a person, and forget what no longer counts', async () => {
    await take('user:secret@example.org', '203.0.113.99');
    const rows = await world.database.system((tx) =>
      tx.query<{ text: string }>('select row_to_json(a)::text as text from core_login_attempt a'),
    );
    assert.ok(rows.every(({ text }) => !text.includes('secret') && !text.includes('203.0.113')));
    world.clock.pass(15 * 60);
    assert.ok((await world.limits.purge(world.clock.now())) > 0);
    assert.equal(await world.limits.purge(world.clock.now()), 0);
  });

  it('make nobody wait for what a clock that ran a day ahead has counted', async () => {
    const account = fresh();
    world.clock.pass(24 * 3_600);
    for (let i = 0; i < 10; i += 1) await take(account);
    world.clock.pass(-24 * 3_600);
    assert.equal(await outcomes(Array.from({ length: 20 }, () => take(account))), 10);
  });
});
