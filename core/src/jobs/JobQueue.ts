import { z } from 'zod';
import { TenantMissing } from '../errors/common.js';
import type { TenantContext } from '../kernel/context.js';
import type { JobRef } from '../kernel/job.js';
import { JobPayloadInvalid, UnknownJob } from './errors.js';
import type { JobRegistry } from './JobRegistry.js';

export interface EnqueueOptions {
  /** Not before this instant; left out: as soon as the transaction is committed. */
  readonly runAt?: Date;
  /** A waiting job of the same tenant and name with this key is replaced instead of joined; at most 200 characters. */
  readonly key?: string;
  /** How often it is tried, 1 to 100; left out: as its definition says. */
  readonly maxAttempts?: number;
}

const ENQUEUE = {
  name: 'core_enqueue_job',
  text: 'SELECT core_enqueue_job($1, $2, $3::jsonb, $4, $5, $6::float8, $7, $8)::text AS id',
} as const;

/** Hands work to the worker, in the transaction of the operation that causes it. */
export class JobQueue {
  readonly #registry: JobRegistry;

  constructor(deps: { readonly registry: JobRegistry }) {
    this.#registry = deps.registry;
  }

  /**
   * Enqueues a job for the tenant of `ctx`; it exists once the transaction of `ctx` is committed.
   *
   * The tenant is taken by the database from the transaction's own settings, so no caller can name another one.
   *
   * @returns the job's id
   * @throws {TenantMissing} outside of a transaction
   * @throws {UnknownJob} when no installed plugin declares the job
   * @throws {JobPayloadInvalid} when the payload does not fit the job's input
   */
  async enqueue<Payload>(
    ctx: TenantContext,
    job: JobRef<Payload>,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<string> {
    if (!ctx.tx)
      throw new TenantMissing({ needed: 'transaction', where: `enqueueing the job '${job.name}'` });
    const registered = this.#registry.get(job.name);
    if (!registered) throw new UnknownJob({ job: job.name });
    const parsed = job.input.safeParse(payload);
    if (!parsed.success)
      throw new JobPayloadInvalid({ job: job.name, reason: z.prettifyError(parsed.error) });
    const [row] = await ctx.tx.query<{ id: string }>(ENQUEUE, [
      job.name,
      registered.plugin,
      JSON.stringify(payload ?? {}),
      ctx.language,
      options.runAt?.toISOString() ?? null,
      // As a delay, since the database's clock is not the injected one.
      options.runAt ? Math.max(0, options.runAt.getTime() - ctx.now.getTime()) : null,
      options.maxAttempts ?? registered.definition.maxAttempts,
      options.key ?? null,
    ]);
    return (row as { id: string }).id;
  }
}
