import assert from 'node:assert/strict';
import { z } from 'zod';
import { defineJob } from '../kernel/job.js';
import type { PluginError } from '../kernel/pluginError.js';
import { eventually } from '../testing/eventually.js';
import { JobRegistry } from './JobRegistry.js';
import { openMessaging, type Messaging } from './messaging.fixture.js';

const MINUTE = 60_000;

describe('[module:core] Scheduler', () => {
  let kit: Messaging;
  let ran: { platform: string; payload: unknown }[];
  beforeEach(async () => {
    kit = await openMessaging();
    ran = [];
    kit.job(
      'cms',
      defineJob({
        name: 'cms.publishScheduled',
        input: z.strictObject({}),
        schedule: '*/5 * * * *',
        run: async (ctx, payload) => {
          ran.push({ platform: ctx.platform.id, payload });
        },
      }),
    );
  });
  afterEach(() => kit.close());

  /** Ticks at 05:41 first, so that what follows is due. */
  const started = async (...nodes: ReturnType<Messaging['node']>[]) => {
    for (const node of nodes) await node.tick();
  };

  it('fires a job once per platform whose module is on, with an empty payload', async () => {
    const one = kit.platform('cms'),
      two = kit.platform('cms');
    kit.platform();
    const node = kit.node();
    await started(node);
    kit.clock.ms += 3 * MINUTE;
    assert.equal(await node.tick(), 0, '05:44');
    kit.clock.ms += MINUTE;
    assert.equal(await node.tick(), 2, '05:45');
    assert.equal(await node.tick(), 0, '05:45 again');
    await kit.work();
    await eventually(() => ran.length === 2);
    assert.deepEqual(new Set(ran.map(({ platform }) => platform)), new Set([one, two]));
    assert.deepEqual(
      ran.map(({ payload }) => payload),
      [{}, {}],
    );
  });
  it('fires once however many nodes tick at the same time', async () => {
    for (let i = 0; i < 10; i++) kit.platform('cms');
    const nodes = Array.from({ length: 6 }, () => kit.node());
    await started(...nodes);
    for (let round = 0; round < 5; round++) {
      kit.clock.ms += 5 * MINUTE;
      const fired = await Promise.all(nodes.map((node) => node.tick()));
      assert.equal(
        fired.reduce((sum, count) => sum + count, 0),
        10,
      );
    }
  });
  it('makes up once for the minutes nobody ticked for, also over a restart, within an hour', async () => {
    kit.platform('cms');
    const node = kit.node();
    await started(node);
    kit.clock.ms += 17 * MINUTE;
    assert.equal(await node.tick(), 1);
    kit.clock.ms += 17 * MINUTE;
    assert.equal(await kit.node().tick(), 1, 'a new process');
    assert.equal(await kit.node().tick(), 0);
  });
  it('fires nothing for what was missed before the first start', async () => {
    kit.platform('cms');
    kit.clock.ms += 4 * MINUTE;
    assert.equal(await kit.node().tick(), 0);
  });
  it('does not queue a job a second time while the first one waits', async () => {
    const platformId = kit.platform('cms'),
      node = kit.node();
    await started(node);
    for (let round = 0; round < 3; round++) {
      kit.clock.ms += 5 * MINUTE;
      await node.tick();
    }
    assert.equal((await kit.board.list(kit.context({ platformId }))).total, 1);
  });
  it('resumes what a node parked that had not heard of the change', async () => {
    const platformId = kit.platform(),
      ctx = kit.context({ platformId });
    await kit.database.unit(ctx, (inner) =>
      kit.queue.enqueue(inner, { name: 'cms.publishScheduled', input: z.strictObject({}) }, {}),
    );
    await kit.work();
    await eventually(async () => (await kit.board.list(ctx, { state: 'parked' })).total === 1);
    const node = kit.node();
    await node.tick();
    assert.equal(ran.length, 0);
    kit.platforms.get(platformId)?.add('cms');
    await node.tick();
    await eventually(() => ran.length === 1);
  });
});

describe('[module:core] JobRegistry', () => {
  const job = (schedule?: string) =>
    defineJob({
      name: 'cms.x',
      input: z.object({}),
      run: async () => undefined,
      ...(schedule && { schedule }),
    });
  it('refuses a cron line that is not valid, saying whose it is', () => {
    assert.throws(
      () => new JobRegistry().add('cms', job('61 * * * *')),
      (error: PluginError) =>
        error.code === 'P521' && error.plugin === 'cms' && /'61' is no minute/.test(error.message),
    );
  });
  it('refuses a second job of one name', () => {
    const registry = new JobRegistry();
    registry.add('cms', job());
    assert.throws(() => registry.add('cms', job()), /P520/);
  });
});
