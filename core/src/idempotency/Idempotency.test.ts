import assert from 'node:assert/strict';
import { Conflict } from '../errors/common.js';
import { openMessaging, type Messaging } from '../jobs/messaging.fixture.js';
import type { TenantContext } from '../kernel/context.js';
import { cleanIdempotencyKeysJob } from './cleanIdempotencyKeys.js';
import { IdempotencyInProgress, IdempotencyKeyInvalid, IdempotencyKeyReused } from './errors.js';
import { Idempotency, KEEP_MS, LEASE_MS, type Answer, type IdempotentRequest } from './Idempotency.js';

describe('[module:core] Idempotency', () => {
  let kit: Messaging;
  let idempotency: Idempotency;
  let effects: number;
  let platformId: string;
  before(async () => {
    kit = await openMessaging();
    idempotency = new Idempotency({ database: kit.database, failures: kit.reporter });
  });
  beforeEach(() => {
    effects = 0;
    platformId = kit.platform();
  });
  after(() => kit.close());

  const request = (change: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
    key: 'k1',
    route: 'POST /orders',
    actor: 'user:1',
    bodyHash: 'h1',
    ...change,
  });
  const order = async (): Promise<Answer> => ({
    status: 201,
    headers: { 'content-type': 'application/json', location: '/orders/1' },
    body: `{"n":${++effects}}`,
  });
  const send = (
    change: Partial<IdempotentRequest> = {},
    run = order,
    ctx: TenantContext = kit.context({ platformId }),
  ) => idempotency.around(ctx, request(change), run);

  it('gives the first answer again: status, headers and body', async () => {
    assert.deepEqual(await send(), {
      answer: {
        status: 201,
        headers: { 'content-type': 'application/json', location: '/orders/1' },
        body: '{"n":1}',
      },
      replayed: false,
    });
    const again = await send();
    assert.deepEqual(
      [again.replayed, again.answer.status, again.answer.headers, String(again.answer.body), effects],
      [true, 201, { 'content-type': 'application/json', location: '/orders/1' }, '{"n":1}', 1],
    );
  });
  it('gives an answer without a body again', async () => {
    await send({}, async () => ({ status: 204, headers: {}, body: null }));
    assert.deepEqual((await send()).answer, { status: 204, headers: {}, body: null });
  });
  it('refuses a key that came with another body', async () => {
    await send();
    await assert.rejects(send({ bodyHash: 'h2' }), IdempotencyKeyReused);
    assert.equal(effects, 1);
  });
  it('keeps keys of other actors, routes and tenants apart', async () => {
    await send();
    await send({ actor: 'user:2' });
    await send({ route: 'POST /payments' });
    await send({}, order, kit.context({ platformId: kit.platform() }));
    await send({}, order, kit.context({ platformId, merchantId: '019c0000-0000-7000-8000-000000000001' }));
    assert.equal(effects, 5);
  });
  it('has one effect for a hundred requests at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => send()));
    const done = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    assert.equal(effects, 1);
    assert.equal(done.filter(({ value }) => !value.replayed).length, 1);
    for (const { value } of done) assert.equal(String(value.answer.body), '{"n":1}');
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        assert.ok(outcome.reason instanceof IdempotencyInProgress, String(outcome.reason));
  });
  it('says that the first request is in progress, but not to another body', async () => {
    let end: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begun: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = send({}, async () => {
      begun();
      await gate;
      return order();
    });
    await running;
    await assert.rejects(send(), IdempotencyInProgress);
    await assert.rejects(send({ bodyHash: 'h2' }), IdempotencyKeyReused);
    end();
    await first;
    assert.equal((await send()).replayed, true);
  });
  it('frees the key after a failure, so that the client may correct its request', async () => {
    await assert.rejects(
      send({}, async () => {
        throw new Conflict({ reason: 'sold out' });
      }),
      Conflict,
    );
    await send({ key: 'k2' }, async () => ({ status: 422, headers: {}, body: null }));
    await send({ bodyHash: 'corrected' });
    await send({ key: 'k2', bodyHash: 'corrected' });
    assert.equal(effects, 2);
  });
  it('frees the key of a process that died after its lease, and shuts out what it would still write', async () => {
    let end: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begun: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const lost = send({}, async () => {
      begun();
      await gate;
      return { status: 200, headers: {}, body: 'late' };
    });
    await running;
    kit.clock.ms += LEASE_MS - 1;
    await assert.rejects(send(), IdempotencyInProgress);
    kit.clock.ms += 1;
    await send();
    end();
    await lost;
    assert.equal(String((await send()).answer.body), '{"n":1}');
  });
  it('keeps answers for a day, and removes them then', async () => {
    const rows = () =>
      kit.database.system((tx) =>
        tx.query('SELECT key FROM core_idempotency_key WHERE tenant LIKE $1', [`${platformId}%`]),
      );
    const clean = () =>
      cleanIdempotencyKeysJob({ database: kit.database }).run(kit.context({ platformId }), {} as never, {
        id: '1',
        attempt: 1,
        progress: async () => {},
      });
    await send();
    kit.clock.ms += KEEP_MS - 1;
    await clean();
    assert.equal((await send()).replayed, true);
    kit.clock.ms += 1;
    await clean();
    assert.equal((await rows()).length, 0);
    await send();
    kit.clock.ms += KEEP_MS;
    assert.equal((await send()).replayed, false, 'over, though nobody cleaned');
  });
  it('refuses keys that are empty, too long or not visible ASCII', async () => {
    for (const key of ['', ' ', 'a b', 'é', 'x'.repeat(201), 'a\n'])
      await assert.rejects(send({ key }), IdempotencyKeyInvalid, JSON.stringify(key));
  });
});
