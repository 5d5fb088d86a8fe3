import type { Clock } from '../kernel/clock.js';
import type { FailureReporter } from '../kernel/failureReporter.js';
import type { TenantContext } from '../kernel/context.js';
import type { ContextFactory } from './ContextFactory.js';
import { envelopeSchema, type Envelope } from './envelope.js';
import { UnknownJob } from './errors.js';
import type { JobProgress } from './JobProgress.js';
import type { JobRegistry } from './JobRegistry.js';
import type { HeldJob, ParkedJobs } from './ParkedJobs.js';

/** Runs work so that its errors and time count for a plugin on a platform. */
export type Attribute = <Result>(
  to: { readonly plugin: string; readonly platform: string },
  work: () => Promise<Result>,
) => Promise<Result>;

export interface JobRunnerDependencies {
  readonly registry: JobRegistry;
  readonly contexts: ContextFactory;
  readonly parked: ParkedJobs;
  /** Keeps how far jobs are; left out: nobody asks. */
  readonly progress?: JobProgress;
  readonly clock: Clock;
  readonly failures: FailureReporter;
  readonly attribute?: Attribute;
}

/** Runs one job of the queue in its tenant's context, or parks it where its module is off. */
export class JobRunner {
  readonly #deps: JobRunnerDependencies;
  readonly #attribute: Attribute;

  constructor(deps: JobRunnerDependencies) {
    this.#deps = deps;
    this.#attribute = deps.attribute ?? ((_, work) => work());
  }

  /** Rejects when the job failed: the queue then tries it again later. The failure has been reported. */
  async run(job: HeldJob & { readonly attempt: number }, rawEnvelope: unknown): Promise<void> {
    let plugin = this.#deps.registry.get(job.task)?.plugin ?? 'core';
    let platform: string | null = null;
    try {
      const envelope = envelopeSchema.parse(rawEnvelope);
      plugin = envelope.module;
      const ctx = await this.#deps.contexts.forJob({ ...envelope, name: job.task });
      platform = ctx.platform.code;
      if (ctx.snapshot.isOn(envelope.module)) {
        await this.#attribute({ plugin, platform }, () => this.#execute(job, ctx, envelope));
      } else {
        await this.#deps.parked.park(
          job,
          `The module '${envelope.module}' is off on the platform '${platform}'.`,
          this.#deps.clock.now(),
        );
      }
    } catch (error) {
      this.#deps.failures.report({
        plugin,
        platform,
        during: `job ${job.task} (${job.id}), attempt ${job.attempt} of ${job.maxAttempts}`,
        error,
      });
      throw error;
    }
  }

  async #execute(
    { id, task, attempt }: HeldJob & { readonly attempt: number },
    ctx: TenantContext,
    envelope: Envelope,
  ): Promise<void> {
    const registered = this.#deps.registry.get(task);
    if (!registered) throw new UnknownJob({ job: task });
    const { definition } = registered;
    const report = this.#deps.progress?.of({
      id,
      task,
      module: envelope.module,
      platformId: envelope.platformId,
    });
    await definition.run(ctx, definition.input.parse(envelope.payload), {
      id,
      attempt,
      progress: async (done, total, text) => report?.tell(done, total, text ?? null),
    });
    await report?.finish();
  }
}
