import type { Contexts } from './contexts.js';
import { JobProgress } from '../jobs/JobProgress.js';
import { JobRunner } from '../jobs/JobRunner.js';
import { JobWorker } from '../jobs/JobWorker.js';
import { ParkedJobs } from '../jobs/ParkedJobs.js';
import { Scheduler } from '../jobs/Scheduler.js';
import type { ServerParts } from './makeParts.js';

export interface RunningJobs {
  readonly isRunning: boolean;
  stop(): Promise<void>;
}

/** Starts taking jobs, after the server is ready: the queue's library is loaded when nobody waits for it. */
export function startJobs(parts: ServerParts, contexts: Contexts, directUrl: string): RunningJobs {
  const { registry, clock, attribution, database, logger, modules } = parts;
  const parked = new ParkedJobs({ database });
  const runner = new JobRunner({
    registry,
    contexts,
    parked,
    progress: new JobProgress({ database, clock, failures: attribution }),
    clock,
    failures: attribution,
    attribute: ({ plugin, platform }, work) => attribution.run({ plugin, platform, requestId: '' }, work),
  });
  const worker = new JobWorker({ connectionString: directUrl, registry, runner, logger });
  const scheduler = new Scheduler({
    registry,
    platforms: contexts,
    parked,
    database,
    clock,
    failures: attribution,
  });
  modules.onChange(async (ctx, { enable }) => {
    for (const module of enable) await parked.resume(ctx.platform.id, module);
  });
  const started = worker
    .start()
    .then(() => {
      scheduler.start();
    })
    .catch((error: unknown) => {
      logger.error({ err: error }, 'jobs could not be started');
    });
  return {
    get isRunning() {
      return worker.isRunning;
    },
    async stop() {
      await started;
      await scheduler.stop();
      await worker.stop();
    },
  };
}
