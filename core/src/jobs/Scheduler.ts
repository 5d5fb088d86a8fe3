import type { Database } from '../database/Database.js';
import { systemTimers, type Clock, type Timers } from '../kernel/clock.js';
import type { FailureReporter } from '../kernel/failureReporter.js';
import type { ScheduledPlatforms } from './ContextFactory.js';
import type { CronSchedule } from './cron.js';
import type { JobRegistry } from './JobRegistry.js';
import type { ParkedJobs } from './ParkedJobs.js';
import { releaseAbandoned } from './releaseAbandoned.js';

const MINUTE = 60_000;
/** Minutes that nobody ticked for (all nodes were down) are made up for at most this long. */
const CATCH_UP_MINUTES = 60;
const NIL = '00000000-0000-0000-0000-000000000000';

/** The row that says for which minute a job fired last decides who fires it: only one node gets it changed. */
const FIRE = {
  name: 'core_fire_schedules',
  text: `
    WITH due AS (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS d(job text, module text, "platformId" uuid, "dueAt" timestamptz, "maxAttempts" int)),
    claimed AS (
      INSERT INTO core_schedule (job, platform_id, fired_at)
      SELECT job, "platformId", "dueAt" FROM due ORDER BY job, "platformId"
      ON CONFLICT (job, platform_id) DO UPDATE SET fired_at = excluded.fired_at WHERE core_schedule.fired_at < excluded.fired_at
      RETURNING job, platform_id),
    queued AS MATERIALIZED (
      SELECT (graphile_worker.add_job(due.job,
        json_build_object('module', module, 'platformId', "platformId", 'merchantId', null, 'storeId', null, 'language', null, 'dueAt', null, 'payload', json_build_object()),
        max_attempts := "maxAttempts", job_key := 'schedule:' || due.job || ':' || "platformId")).id
      FROM due JOIN claimed ON claimed.job = due.job AND claimed.platform_id = due."platformId")
    SELECT count(*)::int AS count FROM queued`,
} as const;

const TICKED = `
  INSERT INTO core_schedule (job, platform_id, fired_at) VALUES ('', '${NIL}', $1)
  ON CONFLICT (job, platform_id) DO UPDATE SET fired_at = greatest(core_schedule.fired_at, excluded.fired_at)`;

export interface SchedulerDependencies {
  readonly registry: JobRegistry;
  readonly platforms: ScheduledPlatforms;
  readonly parked: ParkedJobs;
  readonly database: Pick<Database, 'system'>;
  readonly clock: Clock;
  readonly failures: FailureReporter;
  readonly timers?: Timers;
}

/**
 * Enqueues the scheduled jobs of each platform whose module is on, once per platform and minute however many
 * nodes tick. A job that is still waiting is not joined by a second one.
 */
export class Scheduler {
  readonly #deps: SchedulerDependencies;
  readonly #timers: Timers;
  #timer: unknown;
  #previous: number | undefined;
  #ticking: Promise<unknown> = Promise.resolve();
  #stopped = true;

  constructor(deps: SchedulerDependencies) {
    this.#deps = deps;
    this.#timers = deps.timers ?? systemTimers;
  }

  /** Ticks now and then at the start of each minute. */
  start(): void {
    this.#stopped = false;
    this.#next(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timers.clearTimeout(this.#timer);
    await this.#ticking;
  }

  /**
   * Fires what became due since the last tick; several missed times of one job fire it once. Also resumes parked
   * jobs that may run, and gives back those of workers that died.
   *
   * @returns how many jobs this node enqueued
   */
  async tick(): Promise<number> {
    const minute = floorToMinute(this.#deps.clock.now().getTime());
    const count = await this.#deps.database.system(async (tx) => {
      const previous = this.#previous ?? (await lastTick(tx)) ?? minute;
      const due = this.#due(Math.max(previous, minute - CATCH_UP_MINUTES * MINUTE), minute);
      await tx.query(TICKED, [new Date(minute)]);
      if (due.length === 0) return 0;
      const [fired] = await tx.query<{ count: number }>(FIRE, [JSON.stringify(due)]);
      return fired?.count ?? 0;
    });
    this.#previous = minute;
    await this.#deps.parked.resumeAllThatMayRun(this.#deps.platforms);
    await releaseAbandoned(this.#deps.database);
    return count;
  }

  #due(after: number, until: number): readonly object[] {
    const platforms = this.#deps.platforms.all();
    return this.#deps.registry.all().flatMap(({ plugin, definition, schedule }) => {
      const dueAt = schedule && lastMatch(schedule, after, until);
      if (!dueAt) return [];
      return platforms
        .filter((platform) => platform.isOn(plugin))
        .map((platform) => ({
          job: definition.name,
          module: plugin,
          platformId: platform.id,
          dueAt,
          maxAttempts: definition.maxAttempts,
        }));
    });
  }

  #next(delay: number): void {
    if (this.#stopped) return;
    this.#timer = this.#timers.setTimeout(() => {
      this.#ticking = this.tick()
        .catch((error: unknown) =>
          this.#deps.failures.report({
            plugin: 'core',
            platform: null,
            during: 'firing scheduled jobs',
            error,
          }),
        )
        .finally(() => this.#next(MINUTE - (this.#deps.clock.now().getTime() % MINUTE) + 1));
    }, delay);
  }
}

async function lastTick(tx: {
  query<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]>;
}): Promise<number | undefined> {
  const [row] = await tx.query<{ firedAt: Date }>(
    `SELECT fired_at AS "firedAt" FROM core_schedule WHERE job = '' AND platform_id = $1`,
    [NIL],
  );
  return row?.firedAt.getTime();
}

function lastMatch(schedule: CronSchedule, after: number, until: number): Date | undefined {
  for (let minute = until; minute > after; minute -= MINUTE) {
    if (schedule.matches(new Date(minute))) return new Date(minute);
  }
  return undefined;
}

const floorToMinute = (milliseconds: number): number => milliseconds - (milliseconds % MINUTE);
