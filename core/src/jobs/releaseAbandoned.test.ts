import assert from 'node:assert/strict';
import { z } from 'zod';
import { defineJob } from '../kernel/job.js';
import { eventually } from '../testing/eventually.js';
import { openMessaging, type Messaging } from './messaging.fixture.js';

describe('[module:core] releaseAbandoned', () => {
  let kit: Messaging;
  let ran: number;
  let release: () => void;
  const job = { name: 'cms.long', input: z.object({}) };
  before(async () => {
    kit = await openMessaging();
    kit.job(
      'cms',
      defineJob({
        ...job,
        run: async () => {
          ran++;
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        },
      }),
    );
  });
  beforeEach(() => {
    ran = 0;
    release = () => undefined;
  });
  afterEach(async () => {
    release();
    await kit.stopWork();
  });
  after(() => kit.close());

  /** Lets what a worker holds look as if it had held it for so long. */
  const held = (minutes: number, by?: string) =>
    kit.database.system((tx) =>
      tx.query(
        "UPDATE graphile_worker._private_jobs SET locked_at = now() - $1 * interval '1 minute', locked_by = coalesce($2, locked_by)",
        [minutes, by ?? null],
      ),
    );
  const state = async (platformId: string) =>
    (await kit.board.list(kit.context({ platformId }))).items.map((item) => item.state);
  const enqueued = async () => {
    const platformId = kit.platform('cms');
    await kit.database.unit(kit.context({ platformId }), (inner) => kit.queue.enqueue(inner, job, {}));
    return platformId;
  };

  it('gives back the job of a worker that is gone, after five minutes', async () => {
    const platformId = await enqueued(),
      node = kit.node();
    await held(4, 'pool-dead');
    await node.tick();
    assert.deepEqual(await state(platformId), ['running']);
    await held(6, 'pool-dead');
    await node.tick();
    assert.deepEqual(await state(platformId), ['queued']);
    await kit.work();
    await eventually(() => ran === 1);
  });
  it('leaves a job to a worker that lives, however long it takes', async () => {
    const platformId = await enqueued(),
      node = kit.node();
    await kit.work();
    await eventually(() => ran === 1);
    await held(180);
    await node.tick();
    assert.deepEqual([await state(platformId), ran], [['running'], 1]);
  });
});
