import type { JobDefinition } from '../kernel/job.js';
import { PluginError } from '../kernel/pluginError.js';
import { parseCron, type CronSchedule } from './cron.js';

/** A job with the plugin that brought it. */
export interface RegisteredJob {
  readonly plugin: string;
  readonly definition: JobDefinition;
  /** The parsed cron line; `undefined` where the job only runs when enqueued. */
  readonly schedule: CronSchedule | undefined;
}

/** All jobs of all installed plugins, whether their module is on anywhere or not. Filled once at boot. */
export class JobRegistry {
  readonly #jobs = new Map<string, RegisteredJob>();

  /** @throws {PluginError} P520 when the name is taken, P521 when the cron line is not valid */
  add(plugin: string, definition: JobDefinition): void {
    const taken = this.#jobs.get(definition.name);
    if (taken) {
      throw new PluginError(
        'P520',
        plugin,
        `the job '${definition.name}' is declared by '${taken.plugin}' and by '${plugin}'`,
        'give one of the two another name',
      );
    }
    this.#jobs.set(definition.name, { plugin, definition, schedule: scheduleOf(plugin, definition) });
  }

  get(name: string): RegisteredJob | undefined {
    return this.#jobs.get(name);
  }

  all(): readonly RegisteredJob[] {
    return [...this.#jobs.values()];
  }
}

function scheduleOf(plugin: string, { name, schedule }: JobDefinition): CronSchedule | undefined {
  if (schedule === undefined) return undefined;
  try {
    return parseCron(schedule);
  } catch (error) {
    throw new PluginError(
      'P521',
      plugin,
      `the schedule of the job '${name}' is not valid`,
      (error as Error).message,
      { cause: error },
    );
  }
}
