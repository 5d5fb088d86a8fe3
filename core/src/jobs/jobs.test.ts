import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { TenantMissing } from '../errors/common.js';
import type { TenantContext } from '../kernel/context.js';
import { defineJob, type JobRef } from '../kernel/job.js';
import { eventually } from '../testing/eventually.js';
import { cleanJobProgressJob } from './cleanJobProgress.js';
import { JobNotFound, JobPayloadInvalid, UnknownJob } from './errors.js';
import { JobProgress } from './JobProgress.js';
import { openMessaging, type Messaging } from './messaging.fixture.js';

const Note: JobRef<{ text: string }> = { name: 'cms.note', input: z.object({ text: z.string() }) };
const Flaky: JobRef<{ text: string }> = { name: 'cms.flaky', input: z.object({ text: z.string() }) };

describe('[module:core] jobs', () => {
  let kit: Messaging;
  let ran: { ctx: TenantContext; text: string }[];
  let flakyFails = 0;
  before(async () => {
    kit = await openMessaging();
    kit.job(
      'cms',
      defineJob({
        name: Note.name,
        input: Note.input,
        run: async (ctx, { text }) => {
          ran.push({ ctx, text });
        },
      }),
    );
    kit.job(
      'cms',
      defineJob({
        name: Flaky.name,
        input: Flaky.input,
        maxAttempts: 1,
        run: async (ctx, { text }) => {
          if (flakyFails-- > 0) throw new Error('not today');
          ran.push({ ctx, text });
        },
      }),
    );
  });
  beforeEach(() => {
    ran = [];
    kit.failures.length = 0;
  });
  afterEach(() => kit.stopWork());
  after(() => kit.close());

  const enqueue = (ctx: TenantContext, text: string, options = {}, job = Note) =>
    kit.database.unit(ctx, (inner) => kit.queue.enqueue(inner, job, { text }, options));
  const texts = () => ran.map(({ text }) => text).sort();
  const listed = async (ctx: TenantContext) =>
    (await kit.board.list(ctx)).items.map(({ job, state }) => `${job} ${state}`);

  describe('progress', () => {
    const Long: JobRef<{ steps: number }> = { name: 'cms.long', input: z.object({ steps: z.number() }) };
    let written = 0;
    let halfway: (() => Promise<void>) | undefined;
    before(() => {
      kit.job(
        'cms',
        defineJob({
          ...Long,
          maxAttempts: 1,
          run: async (_ctx, { steps }, job) => {
            for (let done = 0; done <= steps; done++) {
              await job.progress(done, steps, 'counting');
              if (done === Math.floor(steps / 2)) await halfway?.();
            }
          },
        }),
      );
    });

    it('tells how far it is while it runs, and for a day after it has ended', async () => {
      const ctx = kit.context({ platformId: kit.platform('cms') });
      let seen: unknown;
      halfway = async () => {
        const { items } = await kit.board.list(ctx);
        seen = items.map(({ state, progress }) => ({ state, progress }));
      };
      const id = await kit.database.unit(ctx, (inner) => kit.queue.enqueue(inner, Long, { steps: 1_000 }));
      await kit.work();
      await eventually(async () => (await kit.board.get(ctx, id)).state === 'finished');
      assert.deepEqual(seen, [{ state: 'running', progress: { done: 500, total: 1_000, text: 'counting' } }]);
      assert.deepEqual((await kit.board.get(ctx, id)).progress, {
        done: 1_000,
        total: 1_000,
        text: 'counting',
      });
      const other = kit.context({ platformId: kit.platform('cms') });
      await assert.rejects(kit.board.get(other, id), JobNotFound);
      const clean = cleanJobProgressJob({ database: kit.database });
      await clean.run(ctx, {} as never, {} as never);
      assert.equal((await kit.board.list(ctx)).total, 1, 'not yet a day');
      await clean.run({ ...ctx, now: new Date(ctx.now.getTime() + 90_000_000) }, {} as never, {} as never);
      assert.equal((await kit.board.list(ctx)).total, 0);
    });

    it('writes a hundred times for a million steps, and runs on where it cannot write', async () => {
      const failures: string[] = [];
      let broken = false;
      const progress = new JobProgress({
        database: {
          system: async (work) => {
            written++;
            if (broken) throw new Error('no connection');
            return kit.database.system(work);
          },
        },
        clock: kit.clock,
        failures: { report: ({ during }) => failures.push(during) },
      });
      const job = progress.of({ id: '77', task: 'cms.long', module: 'cms', platformId: randomUUID() });
      for (let done = 0; done <= 1_000_000; done++) await job.tell(done, 1_000_000, null);
      assert.ok(written <= 101, String(written));
      broken = true;
      await job.tell(3, 4, 'other');
      assert.equal(failures.length, 1);
    });

    it('cancels what waits or is parked, never what runs', async () => {
      const platformId = kit.platform('cms');
      const ctx = kit.context({ platformId });
      const waiting = await enqueue(ctx, 'never');
      const off = kit.context({ platformId: kit.platform() });
      const parked = await enqueue(off, 'parked');
      await kit.board.cancel(ctx, waiting);
      await assert.rejects(kit.board.cancel(ctx, waiting), JobNotFound);
      await assert.rejects(kit.board.cancel(ctx, parked), JobNotFound);
      let refused: unknown;
      halfway = async () => {
        refused = await kit.board.cancel(ctx, long).catch((error: unknown) => error);
      };
      const long = await kit.database.unit(ctx, (inner) => kit.queue.enqueue(inner, Long, { steps: 2 }));
      await kit.work();
      await eventually(async () => (await kit.board.get(ctx, long)).state === 'finished');
      assert.match(String(refused), /JOB_RUNS/);
      await eventually(async () => (await kit.board.get(off, parked)).state === 'parked');
      await kit.board.cancel(off, parked);
      assert.equal((await kit.board.list(off)).total, 0);
      assert.deepEqual(texts(), []);
    });
  });

  it('runs a job with the tenant, the language and the clock of the operation, as the system', async () => {
    const platformId = kit.platform('cms'),
      merchantId = randomUUID(),
      storeId = randomUUID();
    await enqueue(kit.context({ platformId, merchantId, storeId, language: 'fr' }), 'hello');
    await kit.work();
    await eventually(() => ran.length === 1);
    const { ctx } = ran[0] as { ctx: TenantContext };
    assert.deepEqual(
      [ctx.platform.id, ctx.merchant?.id, ctx.store?.id, ctx.language, ctx.actor, ctx.now],
      [platformId, merchantId, storeId, 'fr', { kind: 'system', name: Note.name }, kit.clock.now()],
    );
  });
  it('does not exist when the transaction is rolled back', async () => {
    const ctx = kit.context({ platformId: kit.platform('cms') });
    await assert.rejects(
      kit.database.unit(ctx, async (inner) => {
        await kit.queue.enqueue(inner, Note, { text: 'never' });
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    assert.deepEqual(await listed(ctx), []);
  });
  it('is refused outside of a transaction, unknown, or with a payload that does not fit', async () => {
    const ctx = kit.context({ platformId: kit.platform('cms') });
    await assert.rejects(kit.queue.enqueue(ctx, Note, { text: 'x' }), TenantMissing);
    await assert.rejects(enqueue(ctx, 'x', {}, { name: 'cms.unknown', input: Note.input }), UnknownJob);
    await assert.rejects(
      kit.database.unit(ctx, (inner) => kit.queue.enqueue(inner, Note, {} as never)),
      JobPayloadInvalid,
    );
  });
  it('takes the tenant from the transaction, whatever the caller says, and refuses one without a platform', async () => {
    const platformId = kit.platform('cms'),
      merchantId = randomUUID(),
      other = kit.platform('cms');
    await kit.database.unit(kit.context({ platformId, merchantId }), async (inner) => {
      // A forged context: the same transaction, another tenant named.
      await kit.queue.enqueue(
        { ...kit.context({ platformId: other }), tx: inner.tx } as TenantContext,
        Note,
        { text: 'forged' },
      );
    });
    await kit.work();
    await eventually(() => ran.length === 1);
    assert.deepEqual([ran[0]?.ctx.platform.id, ran[0]?.ctx.merchant?.id], [platformId, merchantId]);
    const noPlatform = (ctx: TenantContext) =>
      kit.database.unit(ctx, async ({ tx }) => {
        await tx.query("SET LOCAL app.platform_id = ''");
        await tx.query("SELECT core_enqueue_job('cms.note', 'cms', '{}', 'en', NULL, NULL, 1, NULL)");
      });
    await assert.rejects(noPlatform(kit.context({ platformId })), /the transaction has no platform/);
  });
  it('keeps the queue away from the role that serves', async () => {
    const ctx = kit.context({ platformId: kit.platform('cms') });
    for (const statement of [
      'SELECT * FROM graphile_worker.jobs',
      "SELECT graphile_worker.add_job('cms.note')",
      'SELECT * FROM core_parked_job',
      'SELECT * FROM core_schedule',
    ]) {
      await assert.rejects(
        kit.database.unit(ctx, ({ tx }) => tx.query(statement)),
        /permission denied/,
        statement,
      );
    }
  });
  it('replaces a waiting job with the same key of the same tenant only', async () => {
    const one = kit.context({ platformId: kit.platform('cms') }),
      two = kit.context({ platformId: kit.platform('cms') });
    await enqueue(one, 'first', { key: 'k' });
    await enqueue(one, 'second', { key: 'k' });
    await enqueue(two, 'other', { key: 'k' });
    await kit.work();
    await eventually(() => ran.length === 2);
    assert.deepEqual(texts(), ['other', 'second']);
  });
  it('waits for its time by the clock of the operation', async () => {
    const ctx = kit.context({ platformId: kit.platform('cms') });
    await enqueue(ctx, 'later', { runAt: new Date(kit.clock.ms + 3_600_000) });
    await enqueue(ctx, 'past', { runAt: new Date(kit.clock.ms - 3_600_000) });
    await kit.work();
    await eventually(() => ran.length === 1);
    assert.deepEqual(texts(), ['past']);
    await kit.board.wakeDue(new Date(kit.clock.ms + 3_599_000));
    const {
      items: [waiting],
    } = await kit.board.list(ctx);
    assert.ok(waiting?.state === 'queued' && waiting.runAt.getTime() > Date.now() + 3_000_000);
    await kit.board.wakeDue(new Date(kit.clock.ms + 3_600_000));
    await eventually(() => ran.length === 2);
  });
  it('reports a failure with plugin and platform, lists it with its error, and runs it again on demand', async () => {
    const ctx = kit.context({ platformId: kit.platform('cms') }),
      elsewhere = kit.context({ platformId: kit.platform('cms') });
    flakyFails = 1;
    const id = await enqueue(ctx, 'flaky', {}, Flaky);
    await kit.work();
    const [failed] = await eventually(async () => {
      const { items } = await kit.board.list(ctx, { state: 'failed' });
      return items.length === 1 && items;
    });
    assert.deepEqual(
      { job: failed?.job, module: failed?.module, lastError: failed?.lastError, attempts: failed?.attempts },
      { job: Flaky.name, module: 'cms', lastError: 'not today', attempts: 1 },
    );
    assert.deepEqual(
      kit.failures.map(({ plugin, platform, during }) => [plugin, platform, during]),
      [['cms', ctx.platform.code, `job cms.flaky (${id}), attempt 1 of 1`]],
    );
    await assert.rejects(kit.board.retry(elsewhere, id), JobNotFound);
    await assert.rejects(kit.board.retry(ctx, '1; drop table x'), JobNotFound);
    await kit.board.retry(ctx, id);
    await eventually(() => ran.length === 1);
    assert.equal((await kit.board.list(elsewhere)).total, 0);
  });
  it('parks a job whose module is off, with the reason, and runs it when the module is on again', async () => {
    const platformId = kit.platform('cms'),
      ctx = kit.context({ platformId });
    await enqueue(ctx, 'parked', { key: 'k' });
    await enqueue(ctx, 'also parked');
    kit.platforms.get(platformId)?.delete('cms');
    await kit.work();
    const [first] = await eventually(async () => {
      const { items } = await kit.board.list(ctx, { state: 'parked' });
      return items.length === 2 && items;
    });
    assert.equal(first?.reason, `The module 'cms' is off on the platform '${ctx.platform.code}'.`);
    assert.deepEqual([ran.length, kit.failures.length, (await kit.board.list(ctx)).total], [0, 0, 2]);
    kit.platforms.get(platformId)?.add('cms');
    assert.equal(await kit.parked.resume(platformId, 'cms'), 2);
    await eventually(() => ran.length === 2);
    assert.deepEqual(texts(), ['also parked', 'parked']);
    assert.equal(await kit.parked.resume(platformId, 'cms'), 0);
  });
  it('lets a newer job stand alone that waits under the key of a parked one', async () => {
    const platformId = kit.platform(),
      ctx = kit.context({ platformId });
    await enqueue(ctx, 'old', { key: 'k' });
    await kit.work();
    await eventually(async () => (await kit.board.list(ctx, { state: 'parked' })).total === 1);
    await kit.stopWork();
    await enqueue(ctx, 'new', { key: 'k' });
    kit.platforms.get(platformId)?.add('cms');
    await kit.parked.resume(platformId, 'cms');
    await kit.work();
    await eventually(() => ran.length === 1);
    assert.deepEqual(texts(), ['new']);
    await eventually(async () => (await kit.board.list(ctx)).total === 0);
  });
  it('resumes each parked job once, however many nodes resume at the same time', async () => {
    const platformId = kit.platform(),
      ctx = kit.context({ platformId });
    await Promise.all(Array.from({ length: 20 }, (_, i) => enqueue(ctx, `job ${i}`)));
    await kit.work();
    await eventually(async () => (await kit.board.list(ctx, { state: 'parked' })).total === 20);
    kit.platforms.get(platformId)?.add('cms');
    const counts = await Promise.all(Array.from({ length: 8 }, () => kit.parked.resume(platformId, 'cms')));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      20,
    );
    await eventually(async () => (await kit.board.list(ctx)).total === 0);
    assert.equal(new Set(texts()).size, 20);
    assert.equal(ran.length, 20);
  });
  it('runs each of 200 jobs once on three nodes', async () => {
    const ctx = kit.context({ platformId: kit.platform('cms') });
    await Promise.all([kit.work(), kit.work(), kit.work()]);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        kit.database.unit(ctx, async (inner) => {
          for (let j = 0; j < 10; j++) await kit.queue.enqueue(inner, Note, { text: `job ${i}-${j}` });
        }),
      ),
    );
    await eventually(async () => (await kit.board.list(ctx)).total === 0);
    assert.deepEqual([ran.length, new Set(texts()).size], [200, 200]);
  });
  it('goes on after its connections broke', async () => {
    const ctx = kit.context({ platformId: kit.platform('cms') });
    await kit.work();
    await enqueue(ctx, 'before the break');
    await eventually(() => ran.length === 1);
    await kit.kill('wizamart-jobs');
    await enqueue(ctx, 'after the break');
    await eventually(() => ran.length === 2);
  });
  it('starts again after its connections broke in the first look-up, from which the queue does not get up by itself', async () => {
    // The queue prints this failure past its logger.
    const { trace } = console;
    console.trace = () => undefined;
    const ctx = kit.context({ platformId: kit.platform('cms') });
    await kit.database.system(async (tx) => {
      await tx.query('LOCK TABLE graphile_worker._private_tasks IN ACCESS EXCLUSIVE MODE');
      await kit.work();
      await eventually(async () => (await kit.lockWaits('wizamart-jobs')) > 0);
      await kit.kill('wizamart-jobs');
    });
    await enqueue(ctx, 'after the break');
    await eventually(() => ran.length === 1, 20_000).finally(() => {
      console.trace = trace;
    });
  });
  it('waits for a running job when it stops, and takes no more', async () => {
    const ctx = kit.context({ platformId: kit.platform('slow') });
    let started = false,
      ended = false,
      release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    kit.job(
      'slow',
      defineJob({
        name: 'slow.job',
        input: z.object({}),
        run: async () => {
          started = true;
          await gate;
          ended = true;
        },
      }),
    );
    await kit.database.unit(ctx, (inner) =>
      kit.queue.enqueue(inner, { name: 'slow.job', input: z.object({}) }, {}),
    );
    const worker = await kit.work();
    await eventually(() => started);
    const stopped = worker.stop();
    await enqueue(ctx, 'after the stop');
    release();
    await stopped;
    assert.deepEqual([ended, worker.isRunning, ran.length], [true, false, 0]);
  });
});
