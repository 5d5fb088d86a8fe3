import type { z } from 'zod';
import type { TenantContext } from './context.js';

/** Work outside a request. Runs at least once per enqueued payload; must be safe to run twice. */
export interface JobDefinition<Payload = never> {
  /** `plugin.job`, for example `cms.publishScheduled`. */
  readonly name: string;
  readonly input: z.ZodType<Payload>;
  /** Five-field cron line in UTC; runs once per platform on which the module is on, with an empty payload. */
  readonly schedule: string | undefined;
  /** How often a failing job is tried, with exponential back-off. */
  readonly maxAttempts: number;
  run(ctx: TenantContext, payload: Payload): Promise<void>;
}

export function defineJob<Schema extends z.ZodType>(job: {
  readonly name: string;
  readonly input: Schema;
  readonly schedule?: string;
  readonly maxAttempts?: number;
  readonly run: (ctx: TenantContext, payload: z.output<Schema>) => Promise<void>;
}): JobDefinition {
  return { maxAttempts: 10, schedule: undefined, ...job } as unknown as JobDefinition;
}

/** What callers use to enqueue: the job's name and payload type. */
export interface JobRef<Payload = unknown> {
  readonly name: string;
  readonly input: z.ZodType<Payload>;
}
