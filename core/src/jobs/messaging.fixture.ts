import { randomUUID } from 'node:crypto';
import { cleanOutboxJob } from '../events/cleanOutbox.js';
import { deliverEventJob } from '../events/deliverEvent.js';
import { EventBus, type OwnedSubscription } from '../events/EventBus.js';
import type { TenantContext } from '../kernel/context.js';
import type { Failure } from '../kernel/failureReporter.js';
import type { JobDefinition } from '../kernel/job.js';
import type { ContextFactory, JobTenant, ScheduledPlatforms } from './ContextFactory.js';
import { JobBoard } from './JobBoard.js';
import { JobProgress } from './JobProgress.js';
import { JobQueue } from './JobQueue.js';
import { JobRegistry } from './JobRegistry.js';
import { JobRunner } from './JobRunner.js';
import { JobWorker } from './JobWorker.js';
import { openMessagingDatabase } from './messagingDatabase.fixture.js';
import { ParkedJobs } from './ParkedJobs.js';
import { Scheduler } from './Scheduler.js';

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
} as never;

/** Queue, events and schedules over a database of their own, with platforms whose modules the test sets. */
export async function openMessaging() {
  const { database, appUrl, drop, everything } = await openMessagingDatabase();
  const clock = { ms: Date.UTC(2026, 10, 20, 5, 41), now: () => new Date(clock.ms) };
  const failures: Failure[] = [];
  const reporter = {
    report: (failure: Failure) => {
      failures.push(failure);
    },
  };
  const subscriptions: OwnedSubscription[] = [];
  const platforms = new Map<string, Set<string>>();
  const workers: JobWorker[] = [];

  const context = (tenant: Partial<JobTenant> & { readonly platformId: string }): TenantContext => {
    const modules = new Set(platforms.get(tenant.platformId));
    const merchant = tenant.merchantId ? { id: tenant.merchantId, name: 'Acme' } : null;
    return {
      platform: { id: tenant.platformId, code: `p-${tenant.platformId.slice(0, 4)}` },
      merchant,
      store: tenant.storeId ? { id: tenant.storeId, merchantId: tenant.merchantId } : null,
      actor: tenant.name ? { kind: 'system', name: tenant.name } : { kind: 'anonymous' },
      surface: tenant.name ? 'job' : 'storefront',
      language: tenant.language ?? 'en',
      now: clock.now(),
      snapshot: {
        key: [...modules].join('+'),
        isOn: (module: string) => modules.has(module),
        subscribers: (event: string) =>
          subscriptions.filter((one) => one.event.name === event && modules.has(one.plugin)),
        taps: () => [],
      },
      tx: null,
    } as unknown as TenantContext;
  };
  const contexts: ContextFactory = { forJob: async (tenant) => context(tenant) };
  const scheduled: ScheduledPlatforms = {
    all: () => [...platforms].map(([id, modules]) => ({ id, isOn: (module) => modules.has(module) })),
  };
  const registry = new JobRegistry();
  registry.add('core', deliverEventJob({ database }));
  registry.add('core', cleanOutboxJob({ database }));
  const parked = new ParkedJobs({ database });
  const progress = new JobProgress({ database, clock, failures: reporter });
  const runner = new JobRunner({ registry, contexts, parked, progress, clock, failures: reporter });

  return {
    database,
    appUrl,
    clock,
    failures,
    reporter,
    subscriptions,
    platforms,
    registry,
    parked,
    runner,
    context,
    scheduled,
    queue: new JobQueue({ registry }),
    events: new EventBus(),
    board: new JobBoard({ database }),
    /** A platform with these modules on, beside core. */
    platform: (...modules: string[]): string => {
      const id = randomUUID();
      platforms.set(id, new Set(['core', ...modules]));
      return id;
    },
    job: (plugin: string, definition: JobDefinition) => registry.add(plugin, definition),
    node: (): Scheduler =>
      new Scheduler({ registry, platforms: scheduled, parked, database, clock, failures: reporter }),
    work: async (): Promise<JobWorker> => {
      const worker = new JobWorker({ connectionString: appUrl, registry, runner, logger: quiet });
      workers.push(worker);
      await worker.start();
      return worker;
    },
    /** Breaks the connections of that name. */
    kill: (applicationName: string) =>
      everything(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE $1 || '%'",
        [applicationName],
      ),
    /** How many connections of that name wait for a lock. */
    lockWaits: async (applicationName: string): Promise<number> =>
      (
        await everything(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE $1 || '%' AND wait_event_type = 'Lock'",
          [applicationName],
        )
      ).length,
    stopWork: async (): Promise<void> => {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    },
    close: async (): Promise<void> => {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
      await drop();
    },
  };
}

export type Messaging = Awaited<ReturnType<typeof openMessaging>>;
