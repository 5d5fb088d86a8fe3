import type { Audit } from '../../identity/audit/Audit.js';
import type { Bus } from '../../database/Bus.js';
import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import type { TenantContext } from '../../kernel/context.js';
import { PluginError } from '../../kernel/pluginError.js';
import type { AnyPlugin } from '../../kernel/plugin.js';
import { versionOf, type ModuleSettings } from '../settings/ModuleSettings.js';
import { closeChange, type Closure, type ModuleChange } from './closure.js';
import {
  ModuleConflict,
  ModuleContradiction,
  ModuleIsCore,
  ModulePathConflict,
  ModulePlanIncomplete,
  ModulePlanStale,
  ModuleSettingsChanged,
  ModuleUnknown,
} from './errors.js';
import { alsoIn, describeImpact, mismatch, type ModulePlan } from './ModulePlan.js';
import type { ModuleState, ModuleStates } from './ModuleStates.js';
import { readPlatformModules } from './moduleRows.js';

/** One module as the admin sees it on a platform. */
export interface ModuleListing {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly group: string;
  readonly isCore: boolean;
  readonly isOn: boolean;
  readonly needs: readonly string[];
  readonly usedBy: readonly string[];
  readonly features: readonly string[];
  readonly hasSettings: boolean;
}

export interface ModuleList {
  readonly revision: number;
  readonly modules: readonly ModuleListing[];
}

/** Called after a change is committed, with what was turned on and off. */
export type AfterChange = (ctx: TenantContext, change: ModuleChange) => Promise<void>;

/**
 * Turns modules on and off for the platform of `ctx`: plan first, then apply what was confirmed.
 *
 * A change is one transaction with its audit row; the revision makes the second of two admins start over.
 */
export class PlatformModules {
  readonly #afterChange: AfterChange[] = [];

  constructor(
    private readonly deps: {
      readonly database: Database;
      readonly bus: Bus;
      readonly audit: Audit;
      readonly states: ModuleStates;
      readonly settings: ModuleSettings;
    },
  ) {}

  onChange(listener: AfterChange): void {
    this.#afterChange.push(listener);
  }

  list(ctx: TenantContext): ModuleList {
    const state = this.#state(ctx);
    const { graph } = this.deps.states.snapshots;
    const modules = graph.order
      .filter((code) => state.composed.has(code))
      .map((code): ModuleListing => {
        const plugin = graph.plugins.get(code) as AnyPlugin;
        return {
          code,
          name: plugin.name,
          description: plugin.description,
          version: plugin.version,
          group: plugin.group,
          isCore: plugin.isCore,
          isOn: state.snapshot.isOn(code),
          needs: [...graph.needs(code)].sort(),
          usedBy: graph.order.filter((other) => state.composed.has(other) && graph.needs(other).has(code)),
          features: plugin.features.map((feature) => feature.code),
          hasSettings: plugin.settings !== undefined,
        };
      });
    return { revision: state.revision, modules };
  }

  /** Which processes serve which revision of this platform; a node silent for a minute is not listed. */
  async nodes(
    ctx: TenantContext,
  ): Promise<{ readonly node: string; readonly revision: number | null; readonly seenAt: Date }[]> {
    return this.deps.database.system((tx) =>
      tx.query(
        `select name as node, (revisions ->> $1)::bigint::int as revision, seen_at as "seenAt" from core_node where seen_at > $2 order by name`,
        [ctx.platform.id, new Date(ctx.now.getTime() - 60_000)],
      ),
    );
  }

  /** Of each process that was seen within the last minute: the revision it serves of each platform, by its id. */
  async revisions(ctx: TenantContext): Promise<Readonly<Record<string, number | string>>[]> {
    const rows = await this.deps.database.system((tx) =>
      tx.query<{ revisions: Record<string, number | string> }>(
        'select revisions from core_node where seen_at > $1',
        [new Date(ctx.now.getTime() - 60_000)],
      ),
    );
    return rows.map(({ revisions }) => revisions);
  }

  /** @throws {ModuleUnknown | ModuleIsCore | ModuleContradiction | ModuleConflict | ModulePathConflict} */
  async plan(ctx: TenantContext, asked: ModuleChange): Promise<ModulePlan> {
    return this.#plan(ctx, this.#state(ctx), asked, await this.storesOf(ctx)).plan;
  }

  /**
   * Makes a planned change. `change` must name the whole closure.
   *
   * @throws {ModulePlanStale | ModulePlanIncomplete} with a fresh plan; nothing is changed
   */
  async apply(
    ctx: TenantContext,
    change: ModuleChange & { readonly revision: number },
    { isUndo = false }: { readonly isUndo?: boolean } = {},
  ): Promise<ModuleList> {
    // Counted before: the count reads across tenants, on a connection of its own.
    const stores = await this.storesOf(ctx);
    const applied = await this.deps.database.unit(ctx, async (ctx) => {
      const state = this.deps.states.compute(await readPlatformModules(ctx.tx, ctx.platform.id, 'lock'));
      const { closure, plan } = this.#plan(ctx, state, change, stores);
      if (change.revision !== state.revision) throw new ModulePlanStale({ plan });
      const missing = mismatch(closure, change);
      if (missing.length > 0) throw new ModulePlanIncomplete({ plan, missing });
      if (closure.enable.length + closure.disable.length === 0) return closure;
      await this.#write(ctx, closure);
      await this.deps.audit.record(ctx, {
        action: 'core.modules.changed',
        subject: { type: 'platform', id: ctx.platform.id, name: ctx.platform.name },
        from: { revision: state.revision, modules: [...state.enabled].sort() },
        to: {
          revision: state.revision + 1,
          modules: [...closure.result].sort(),
          ...(isUndo ? { undone: true } : {}),
        },
      });
      return closure;
    });
    await this.refresh(ctx.platform.id);
    for (const listener of this.#afterChange) await listener(ctx, applied);
    return this.list(ctx);
  }

  /**
   * Stores new settings of a module.
   *
   * @param version of the settings that were looked at; left out: whatever is there is replaced
   * @throws {InvalidInput | ModuleHasNoSettings | ModuleUnknown | ModuleSettingsChanged} nothing is changed then
   */
  async configure(
    ctx: TenantContext,
    module: string,
    input: unknown,
    { version }: { readonly version?: string | undefined } = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const state = this.#state(ctx);
    if (!state.composed.has(module)) throw new ModuleUnknown({ module, platform: ctx.platform.code });
    const config = this.deps.settings.toStored(ctx, module, input);
    await this.deps.database.unit(ctx, async (ctx) => {
      const rows = await readPlatformModules(ctx.tx, ctx.platform.id, 'lock');
      const stored = rows.rows.find((row) => row.module === module)?.config;
      if (version !== undefined && version !== versionOf(stored)) throw new ModuleSettingsChanged({ module });
      const { from, to } = this.deps.settings.difference(module, stored, config);
      if (Object.keys(to).length === 0) return;
      await ctx.tx.query(
        `insert into core_platform_module (platform_id, module, is_enabled, config, updated_at) values ($1, $2, $3, $4, $5)
         on conflict (platform_id, module) do update set config = excluded.config, updated_at = excluded.updated_at`,
        [
          ctx.platform.id,
          module,
          this.deps.states.compute(rows).enabled.has(module),
          JSON.stringify(config),
          ctx.now,
        ],
      );
      await this.#bump(ctx);
      await this.deps.audit.record(ctx, {
        action: 'core.module.configured',
        subject: { type: 'module', id: module, name: module },
        from: { revision: rows.revision, ...from },
        to: { revision: rows.revision + 1, ...to },
      });
    });
    await this.refresh(ctx.platform.id);
    return this.deps.settings.shown(ctx, module);
  }

  /** Reads a platform's modules again; what other nodes do when they hear of a change. */
  async refresh(platformId: string): Promise<void> {
    const rows = await this.deps.database.system((tx) => readPlatformModules(tx, platformId));
    this.deps.states.put(rows);
  }

  #state(ctx: TenantContext): ModuleState {
    const state = this.deps.states.get(ctx.platform.id);
    if (!state) throw new ModuleUnknown({ module: '*', platform: ctx.platform.code });
    return state;
  }

  #plan(
    ctx: TenantContext,
    state: ModuleState,
    asked: ModuleChange,
    stores: number,
  ): { closure: Closure; plan: ModulePlan } {
    const { snapshots } = this.deps.states;
    const closure = closeChange(
      { graph: snapshots.graph, composed: state.composed, enabled: state.enabled },
      asked,
    );
    refuseProblems(ctx, closure);
    const after = compiled(() => snapshots.of(closure.result));
    return {
      closure,
      plan: {
        revision: state.revision,
        enable: closure.enable,
        disable: closure.disable,
        alsoEnable: alsoIn(closure.enable, asked.enable),
        alsoDisable: alsoIn(closure.disable, asked.disable),
        impact: describeImpact(state.snapshot, after, stores),
      },
    };
  }

  /** How many active stores the platform has: those that a change concerns. */
  async storesOf(ctx: TenantContext): Promise<number> {
    const [row] = await this.deps.database.directory(ctx, ({ tx }) =>
      tx.query<{ count: number }>(
        'select count(*)::int as count from core_store_platform where platform_id = $1 and is_active',
        [ctx.platform.id],
      ),
    );
    return row?.count ?? 0;
  }

  async #write(ctx: InTransaction, closure: Closure): Promise<void> {
    const actor = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
    for (const [codes, isOn] of [
      [closure.enable, true],
      [closure.disable, false],
    ] as const) {
      for (const module of codes) {
        await ctx.tx.query(
          `insert into core_platform_module (platform_id, module, is_enabled, enabled_at, enabled_by, updated_at)
           values ($1, $2, $3::boolean, case when $3::boolean then $4::timestamptz end, case when $3::boolean then $5::uuid end, $4)
           on conflict (platform_id, module) do update set is_enabled = excluded.is_enabled, updated_at = excluded.updated_at,
             enabled_at = coalesce(excluded.enabled_at, core_platform_module.enabled_at),
             enabled_by = coalesce(excluded.enabled_by, core_platform_module.enabled_by)`,
          [ctx.platform.id, module, isOn, ctx.now, actor],
        );
      }
    }
    await this.#bump(ctx);
  }

  async #bump(ctx: InTransaction): Promise<void> {
    await ctx.tx.query('update core_platform set revision = revision + 1 where id = $1', [ctx.platform.id]);
    await this.deps.bus.publish(ctx.tx, 'modules', { platformId: ctx.platform.id });
  }
}

function refuseProblems(ctx: TenantContext, closure: Closure): void {
  const problem = closure.problems[0];
  if (!problem) return;
  if (problem.kind === 'unknown')
    throw new ModuleUnknown({ module: problem.module, platform: ctx.platform.code });
  if (problem.kind === 'core') throw new ModuleIsCore({ module: problem.module });
  if (problem.kind === 'conflict') throw new ModuleConflict({ module: problem.module, other: problem.other });
  throw new ModuleContradiction({ module: problem.module });
}

function compiled<Result>(compile: () => Result): Result {
  try {
    return compile();
  } catch (error) {
    if (error instanceof PluginError && error.code === 'P501')
      throw new ModulePathConflict({ reason: error.message });
    throw error;
  }
}
