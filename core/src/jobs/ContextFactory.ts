import type { Language, TenantContext } from '../kernel/context.js';

/** For whom a job runs, and what runs. */
export interface JobTenant {
  readonly platformId: string;
  readonly merchantId: string | null;
  readonly storeId: string | null;
  /** Language of the operation that enqueued it; `null` means the tenant's default. */
  readonly language: Language | null;
  /** Name of the job; the actor of the context is `{ kind: 'system', name }`. */
  readonly name: string;
}

/** Makes the context of a job, with the platform's current snapshot. */
export interface ContextFactory {
  /** Rejects when the platform, merchant or store is gone. */
  forJob(tenant: JobTenant): Promise<TenantContext>;
}

/** What the scheduler needs to know of each active platform. */
export interface ScheduledPlatform {
  readonly id: string;
  isOn(module: string): boolean;
}

/** The platforms that are active now, each with its current set of modules. */
export interface ScheduledPlatforms {
  all(): readonly ScheduledPlatform[];
}
