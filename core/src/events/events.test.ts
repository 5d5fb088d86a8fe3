import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { TenantMissing } from '../errors/common.js';
import { openMessaging, type Messaging } from '../jobs/messaging.fixture.js';
import type { TenantContext } from '../kernel/context.js';
import { defineEvent, on, type EventMeta, type EventRef } from '../kernel/event.js';
import { eventually } from '../testing/eventually.js';
import { EventPayloadInvalid, EventVersionMismatch } from './errors.js';

const schema = z.object({ slug: z.string() });
const Published = defineEvent('cms.page.published', { version: 1, schema });
type Heard = { by: string; ctx: TenantContext; slug: string; meta: EventMeta };

describe('[module:core] EventBus', () => {
  let kit: Messaging;
  let heard: Heard[];
  before(async () => {
    kit = await openMessaging();
  });
  beforeEach(() => {
    heard = [];
    kit.failures.length = 0;
    kit.subscriptions.length = 0;
  });
  afterEach(() => kit.stopWork());
  after(() => kit.close());

  const subscribe = (plugin: string, event: EventRef<{ slug: string }> = Published, name = 'default') => {
    kit.subscriptions.push({
      ...on(
        event,
        async (ctx, { slug }, meta) => {
          heard.push({ by: `${plugin}/${name}`, ctx, slug, meta });
        },
        name,
      ),
      plugin,
    });
  };
  const emit = (ctx: TenantContext, slug: string) =>
    kit.database.unit(ctx, (inner) => kit.events.emit(inner, Published, { slug }));
  const waiting = async (ctx: TenantContext) => (await kit.board.list(ctx)).total;
  const facts = (platformId: string) =>
    kit.database.system((tx) =>
      tx.query<{ id: string }>('SELECT id FROM core_outbox WHERE platform_id = $1', [platformId]),
    );

  it('delivers to each subscriber whose module is on, in the tenant of the event', async () => {
    subscribe('search');
    subscribe('search', Published, 'feed');
    subscribe('loyalty');
    const platformId = kit.platform('search'),
      merchantId = randomUUID(),
      storeId = randomUUID();
    const eventId = await emit(kit.context({ platformId, merchantId, storeId, language: 'de' }), 'home');
    await kit.work();
    await eventually(() => heard.length === 2);
    assert.deepEqual(heard.map(({ by }) => by).sort(), ['search/default', 'search/feed']);
    const { ctx, slug, meta } = heard[0] as Heard;
    assert.deepEqual(
      [ctx.platform.id, ctx.merchant?.id, ctx.store?.id, ctx.language, ctx.actor.kind],
      [platformId, merchantId, storeId, 'de', 'system'],
    );
    assert.deepEqual([slug, meta], ['home', { eventId, occurredAt: kit.clock.now() }]);
  });
  it('is announced only if the transaction is committed', async () => {
    subscribe('search');
    const ctx = kit.context({ platformId: kit.platform('search') });
    await assert.rejects(
      kit.database.unit(ctx, async (inner) => {
        await kit.events.emit(inner, Published, { slug: 'home' });
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    assert.deepEqual([await waiting(ctx), await facts(ctx.platform.id)], [0, []]);
  });
  it('refuses a payload that does not fit, and to be raised outside of a transaction', async () => {
    const ctx = kit.context({ platformId: kit.platform() });
    await assert.rejects(
      kit.database.unit(ctx, (inner) => kit.events.emit(inner, Published, {} as never)),
      EventPayloadInvalid,
    );
    await assert.rejects(kit.events.emit(ctx, Published, { slug: 'home' }), TenantMissing);
  });
  it('does not deliver later what was raised while a module was off', async () => {
    subscribe('search');
    const platformId = kit.platform(),
      ctx = kit.context({ platformId });
    await emit(ctx, 'missed');
    kit.platforms.get(platformId)?.add('search');
    await kit.parked.resume(platformId, 'search');
    await emit(kit.context({ platformId }), 'heard');
    await kit.work();
    await eventually(async () => (await waiting(ctx)) === 0);
    assert.deepEqual(
      heard.map(({ slug }) => slug),
      ['heard'],
    );
    assert.equal((await facts(platformId)).length, 2);
  });
  it('parks a delivery of a module that was turned off in between, and delivers it when it is on again', async () => {
    subscribe('search');
    const platformId = kit.platform('search'),
      ctx = kit.context({ platformId });
    await emit(ctx, 'home');
    kit.platforms.get(platformId)?.delete('search');
    await kit.work();
    const [parked] = await eventually(async () => {
      const { items } = await kit.board.list(ctx, { state: 'parked' });
      return items.length === 1 && items;
    });
    assert.equal(parked?.module, 'search');
    kit.platforms.get(platformId)?.add('search');
    await kit.parked.resume(platformId, 'search');
    await eventually(() => heard.length === 1);
  });
  it('reports a subscriber that reads another version, in words, and keeps the event', async () => {
    const platformId = kit.platform('search'),
      ctx = kit.context({ platformId });
    subscribe('search');
    await emit(ctx, 'home');
    kit.subscriptions.length = 0;
    subscribe('search', defineEvent('cms.page.published', { version: 2, schema }));
    await kit.work();
    const failure = await eventually(() => kit.failures[0]);
    assert.equal(
      (failure.error as Error).message,
      new EventVersionMismatch({
        event: 'cms.page.published',
        subscriber: 'search/default',
        written: 1,
        read: 2,
      }).message,
    );
    assert.deepEqual([failure.plugin, failure.platform, heard.length], ['search', ctx.platform.code, 0]);
    assert.equal(await waiting(ctx), 1);
  });
  it('tries a delivery again that failed, with the same event id, and does not hand it to the others again', async () => {
    let fails = 1;
    const platformId = kit.platform('search', 'loyalty'),
      ctx = kit.context({ platformId });
    subscribe('search');
    kit.subscriptions.push({
      ...on(Published, async (inner, { slug }, meta) => {
        if (fails-- > 0) throw new Error('not today');
        heard.push({ by: 'loyalty', ctx: inner, slug, meta });
      }),
      plugin: 'loyalty',
    });
    const eventId = await emit(ctx, 'home');
    await kit.work();
    const [failed] = await eventually(async () => {
      const { items } = await kit.board.list(ctx);
      return items.length === 1 && items[0]?.lastError && items;
    });
    assert.deepEqual([failed?.module, failed?.lastError], ['loyalty', 'not today']);
    await kit.board.retry(ctx, failed?.id as string);
    await eventually(() => heard.length === 2);
    assert.deepEqual(
      heard.map(({ by, meta }) => [by, meta.eventId]),
      [
        ['search/default', eventId],
        ['loyalty', eventId],
      ],
    );
  });
  it('keeps a tenant from reading facts, and from writing those of another', async () => {
    const ctx = kit.context({ platformId: kit.platform(), merchantId: randomUUID() });
    await assert.rejects(
      kit.database.unit(ctx, ({ tx }) => tx.query('SELECT * FROM core_outbox')),
      /permission denied/,
    );
    const insert = (platformId: string, merchantId: string | undefined) =>
      kit.database.unit(ctx, ({ tx }) =>
        tx.query(
          "INSERT INTO core_outbox (id, platform_id, merchant_id, name, version, payload, occurred_at) VALUES ($1, $2, $3, 'x.y.z', 1, '{}', now())",
          [randomUUID(), platformId, merchantId],
        ),
      );
    await assert.rejects(insert(kit.platform(), ctx.merchant?.id), /row-level security/);
    await assert.rejects(insert(ctx.platform.id, randomUUID()), /row-level security/);
    await insert(ctx.platform.id, ctx.merchant?.id);
  });
  it('removes facts after thirty days, but not while a delivery waits or is parked', async () => {
    subscribe('search');
    const platformId = kit.platform('search'),
      ctx = kit.context({ platformId });
    const parkedId = await emit(ctx, 'parked');
    kit.platforms.get(platformId)?.delete('search');
    await kit.work();
    await eventually(async () => (await kit.board.list(ctx, { state: 'parked' })).total === 1);
    await kit.stopWork();
    kit.platforms.get(platformId)?.add('search');
    const waitingId = await emit(kit.context({ platformId }), 'waiting');
    kit.platforms.get(platformId)?.delete('search');
    await emit(kit.context({ platformId }), 'old');
    const clean = kit.registry.get('core.cleanOutbox')?.definition;
    const run = () =>
      clean?.run(
        { ...kit.context({ platformId }), now: new Date(kit.clock.ms + 31 * 86_400_000) } as TenantContext,
        {} as never,
        { id: '1', attempt: 1, progress: async () => {} },
      );
    await run();
    assert.deepEqual((await facts(platformId)).map(({ id }) => id).sort(), [parkedId, waitingId].sort());
  });
});
