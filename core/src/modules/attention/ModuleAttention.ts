import type { Database } from '../../database/Database.js';
import { systemTimers, type Timers } from '../../kernel/clock.js';
import type { TenantContext } from '../../kernel/context.js';
import type { FailureReporter } from '../../kernel/failureReporter.js';
import type { Attention } from '../../kernel/plugin.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { ModuleStates } from '../enablement/ModuleStates.js';
import type { PlatformModules } from '../enablement/PlatformModules.js';
import type { ModuleSettings } from '../settings/ModuleSettings.js';
import { missingSettings } from '../settings/settingsFields.js';
import { jobTroubles, type JobTrouble } from './jobTroubles.js';

/** Something that an administrator of a platform should look at. */
export interface AttentionItem {
  readonly module: string;
  /** Translation key of one sentence. */
  readonly text: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** Page of the platform's admin where it is mended; null where there is none. */
  readonly path: string | null;
}

/** What is asked of all platforms at once. */
export interface AttentionFacts {
  readonly troubles: readonly JobTrouble[];
  /** Revision of each platform's modules that a process serves, by the platform's id; one for each process. */
  readonly processes: readonly Readonly<Record<string, number | string>>[];
}

interface AttentionParts {
  readonly database: Pick<Database, 'system'>;
  readonly states: ModuleStates;
  readonly modules: PlatformModules;
  readonly settings: ModuleSettings;
  readonly failures: FailureReporter;
  readonly timers?: Timers;
}

/** Milliseconds: a module that does not answer must not keep the page waiting. */
const LIMIT_MS = 2_000;
/** Milliseconds after a change during which processes that have not caught up are none to worry about. */
const GRACE_MS = 15_000;

/**
 * What needs attention on a platform: failing health checks, settings that are missing, jobs that failed or wait
 * for their module, processes that have not caught up, and what modules say themselves.
 */
export class ModuleAttention {
  constructor(private readonly parts: AttentionParts) {}

  /** In the order of the modules; empty where all is well. */
  async list(
    ctx: TenantContext,
    {
      withHealth = true,
      facts = this.facts(ctx, [ctx.platform.id]),
    }: {
      readonly withHealth?: boolean;
      /** As {@link facts} gives them for several platforms, the context's among them. */
      readonly facts?: Promise<AttentionFacts>;
    } = {},
  ): Promise<readonly AttentionItem[]> {
    const found = await Promise.all([
      this.#declared(ctx),
      withHealth ? this.#health(ctx) : [],
      this.#settings(ctx),
      this.#jobs(ctx, facts),
      this.#nodes(ctx, facts),
    ]);
    const order = this.parts.states.snapshots.graph.order;
    return found.flat().sort((a, b) => order.indexOf(a.module) - order.indexOf(b.module));
  }

  /** What lists of several platforms share. */
  async facts(ctx: TenantContext, platformIds: readonly string[]): Promise<AttentionFacts> {
    const { database, modules } = this.parts;
    const [troubles, processes] = await Promise.all([
      jobTroubles(database, platformIds),
      modules.revisions(ctx),
    ]);
    return { troubles, processes };
  }

  async #declared(ctx: TenantContext): Promise<AttentionItem[]> {
    const { attention } = ctx.snapshot as Snapshot;
    const answers = await Promise.all(
      attention.map(async ({ plugin: module, ask }) =>
        (await this.#answer(ctx, module, ask)).map(
          ({ text, values = {}, path = settingsPath(module) }): AttentionItem => ({
            module,
            text,
            values,
            path,
          }),
        ),
      ),
    );
    return answers.flat();
  }

  async #answer(
    ctx: TenantContext,
    module: string,
    ask: (ctx: TenantContext) => Promise<readonly Attention[]>,
  ): Promise<readonly Attention[]> {
    try {
      return await this.#within(ask(ctx));
    } catch (error) {
      this.parts.failures.report({
        plugin: module,
        platform: ctx.platform.code,
        during: 'what needs attention',
        error,
      });
      return [{ text: 'core.attention.unknown' }];
    }
  }

  async #health(ctx: TenantContext): Promise<AttentionItem[]> {
    const { healthChecks } = ctx.snapshot as Snapshot;
    const answers = await Promise.all(
      healthChecks.map(async ({ plugin: module, name, check }): Promise<AttentionItem | undefined> => {
        const wrong = await this.#within(check(ctx.now)).catch((error: unknown) => messageOf(error));
        return wrong === undefined
          ? undefined
          : {
              module,
              text: 'core.attention.health',
              values: { check: name, detail: wrong },
              path: '/health',
            };
      }),
    );
    return answers.filter((item) => item !== undefined);
  }

  async #settings(ctx: TenantContext): Promise<AttentionItem[]> {
    const { graph } = this.parts.states.snapshots;
    return [...(ctx.snapshot as Snapshot).modules].flatMap((module) => {
      const schema = graph.plugins.get(module)?.settings;
      if (!schema) return [];
      return missingSettings(schema, this.parts.settings.of(ctx, module)).map((field) => ({
        module,
        text: 'core.attention.setting',
        values: { field },
        path: settingsPath(module),
      }));
    });
  }

  async #jobs(ctx: TenantContext, facts: Promise<AttentionFacts>): Promise<AttentionItem[]> {
    const troubles = (await facts).troubles.filter(({ platformId }) => platformId === ctx.platform.id);
    return troubles.map(({ module, state, count }) => ({
      module,
      text: state === 'failed' ? 'core.attention.failedJobs' : 'core.attention.parkedJobs',
      values: { count },
      path: '/jobs',
    }));
  }

  async #nodes(ctx: TenantContext, facts: Promise<AttentionFacts>): Promise<AttentionItem[]> {
    const current = this.parts.states.get(ctx.platform.id)?.revision;
    if (current === undefined) return [];
    const { processes } = await facts;
    const behind = processes.filter((revisions) => Number(revisions[ctx.platform.id] ?? -1) < current).length;
    return behind === 0 || (await this.#hasJustChanged(ctx))
      ? []
      : [{ module: 'core', text: 'core.attention.nodes', values: { count: behind }, path: '/health' }];
  }

  /** Other processes hear of a change within a second; for a while it is no wonder that they have not said so. */
  async #hasJustChanged(ctx: TenantContext): Promise<boolean> {
    const [row] = await this.parts.database.system((tx) =>
      tx.query<{ latest: Date | null }>(
        'select max(updated_at) as latest from core_platform_module where platform_id = $1',
        [ctx.platform.id],
      ),
    );
    return row?.latest != null && ctx.now.getTime() - row.latest.getTime() < GRACE_MS;
  }

  async #within<Value>(answer: Promise<Value>): Promise<Value> {
    const { timers = systemTimers } = this.parts;
    let timer: unknown;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = timers.setTimeout(() => {
        reject(new Error(`no answer within ${LIMIT_MS} ms`));
      }, LIMIT_MS);
    });
    try {
      return await Promise.race([answer, limit]);
    } finally {
      timers.clearTimeout(timer);
    }
  }
}

const settingsPath = (module: string): string => `/modules/${module}/settings`;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
