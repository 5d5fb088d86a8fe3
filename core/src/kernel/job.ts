import type { z } from 'zod';
import type { TenantContext } from './context.js';

/** A job that runs, as it sees itself. */
export interface RunningJob {
  /** Of the queue; the same for each attempt. */
  readonly id: string;
  /** From 1. */
  readonly attempt: number;
  /**
   * Tells administrators how far it is, outside of any transaction. Cheap to call often: only what people would see
   * changing is written. A failure to write is no failure of the job.
   *
   * @param total steps in all; null where that is not known
   * @param text what it does at the moment, in words of the platform's language
   */
  progress(done: number, total: number | null, text?: string): Promise<void>;
}

/** Work outside a request. Runs at least once per enqueued payload; must be safe to run twice. */
export interface JobDefinition<Payload = never> {
  /** `plugin.job`, for example `cms.publishScheduled`. */
  readonly name: string;
  readonly input: z.ZodType<Payload>;
  /** Five-field cron line in UTC; runs once per platform on which the module is on, with an empty payload. */
  readonly schedule: string | undefined;
  /** How often a failing job is tried, with exponential back-off. */
  readonly maxAttempts: number;
  run(ctx: TenantContext, payload: Payload, job: RunningJob): Promise<void>;
}

export function defineJob<Schema extends z.ZodType>(job: {
  readonly name: string;
  readonly input: Schema;
  readonly schedule?: string;
  readonly maxAttempts?: number;
  readonly run: (ctx: TenantContext, payload: z.output<Schema>, job: RunningJob) => Promise<void>;
}): JobDefinition {
  return { maxAttempts: 10, schedule: undefined, ...job } as unknown as JobDefinition;
}

/** What callers use to enqueue: the job's name and payload type. */
export interface JobRef<Payload = unknown> {
  readonly name: string;
  readonly input: z.ZodType<Payload>;
}
