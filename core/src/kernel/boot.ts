import { buildGraph, type PluginGraph } from './graph.js';
import type { AnyPlugin } from './plugin.js';
import { PluginError } from './pluginError.js';
import { ServiceContainer } from './wiring.js';

/** How one plugin came up. */
export interface BootReport {
  readonly code: string;
  readonly version: string;
  readonly milliseconds: number;
  readonly state: 'ready' | 'failed' | 'blocked';
  /** What went wrong, or which failed plugin blocks this one. */
  readonly reason: string | undefined;
  readonly needs: readonly string[];
}

/** The booted plugins of a process. */
export interface Kernel {
  readonly graph: PluginGraph;
  readonly container: ServiceContainer;
  readonly report: readonly BootReport[];
  /** Plugins that came up, in boot order. */
  readonly ready: readonly AnyPlugin[];
  /** Marks a plugin as failed after its services were made; its dependants become blocked. Only under `degrade`. */
  fail(code: string, reason: string): void;
  /** Runs `start` of every plugin in boot order; obeys the failure policy. */
  start(): Promise<void>;
  /** Runs `stop` in reverse order; each gets `timeoutMs`; every failure is reported, none stops the others. */
  stop(timeoutMs?: number): Promise<readonly StopFailure[]>;
}

export interface StopFailure {
  readonly code: string;
  readonly reason: string;
}

export interface BootOptions {
  readonly plugins: readonly AnyPlugin[];
  readonly onBootFailure?: 'abort' | 'degrade';
  /** Milliseconds from any start, monotonic. */
  readonly stopwatch?: () => number;
}

/**
 * Makes every service once, in dependency order, so that mistakes show at boot and not in a request.
 *
 * @throws {PluginError} the first failure, when the policy is `abort`; core plugins always abort
 */
export function bootKernel(options: BootOptions): Kernel {
  const stopwatch = options.stopwatch ?? (() => performance.now());
  const graph = buildGraph(options.plugins);
  const container = new ServiceContainer(graph);
  const states = new Map<string, BootReport>();
  const abort = (options.onBootFailure ?? 'abort') === 'abort';

  for (const code of graph.order) {
    const plugin = graph.plugins.get(code) as AnyPlugin;
    const began = stopwatch();
    const blocker = [...graph.needs(code)].find((needed) => states.get(needed)?.state !== 'ready');
    if (blocker) {
      states.set(code, report(plugin, graph, 0, 'blocked', `blocked because '${blocker}' did not come up`));
      continue;
    }
    try {
      container.make(plugin);
      states.set(code, report(plugin, graph, stopwatch() - began, 'ready', undefined));
    } catch (error) {
      if (abort || plugin.isCore) throw error;
      states.set(code, report(plugin, graph, stopwatch() - began, 'failed', messageOf(error)));
    }
  }

  const started: AnyPlugin[] = [];
  return {
    graph,
    container,
    get report() {
      return [...states.values()];
    },
    get ready() {
      return graph.order
        .filter((code) => states.get(code)?.state === 'ready')
        .map((code) => graph.plugins.get(code) as AnyPlugin);
    },
    fail(code, reason) {
      states.set(code, { ...(states.get(code) as BootReport), state: 'failed', reason });
      for (const dependant of graph.dependants(code)) {
        states.set(dependant, {
          ...(states.get(dependant) as BootReport),
          state: 'blocked',
          reason: `blocked because '${code}' did not come up`,
        });
      }
    },
    async start() {
      for (const code of graph.order) {
        const plugin = graph.plugins.get(code) as AnyPlugin;
        const state = states.get(code) as BootReport;
        if (state.state !== 'ready') continue;
        const blocker = [...graph.needs(code)].find((needed) => states.get(needed)?.state !== 'ready');
        if (blocker) {
          states.set(code, {
            ...state,
            state: 'blocked',
            reason: `blocked because '${blocker}' did not come up`,
          });
          continue;
        }
        const began = stopwatch();
        try {
          await plugin.start?.(container.wiringOf(code));
          started.push(plugin);
          states.set(code, { ...state, milliseconds: state.milliseconds + stopwatch() - began });
        } catch (error) {
          if (abort || plugin.isCore)
            throw new PluginError(
              'P404',
              code,
              `plugin '${code}' did not start (${messageOf(error)})`,
              'mend its start function',
              { cause: error },
            );
          states.set(code, { ...state, state: 'failed', reason: messageOf(error) });
        }
      }
    },
    async stop(timeoutMs = 5_000) {
      const failures: StopFailure[] = [];
      for (const plugin of started.splice(0).reverse()) {
        const reason = await stopOne(plugin, container.wiringOf(plugin.code), timeoutMs);
        if (reason) failures.push({ code: plugin.code, reason });
      }
      return failures;
    },
  };
}

async function stopOne(
  plugin: AnyPlugin,
  wiring: Record<string, unknown>,
  timeoutMs: number,
): Promise<string | undefined> {
  if (!plugin.stop) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`did not stop within ${timeoutMs} ms`);
    }, timeoutMs);
  });
  try {
    return await Promise.race([Promise.resolve(plugin.stop(wiring)).then(() => undefined), late]);
  } catch (error) {
    return messageOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function report(
  plugin: AnyPlugin,
  graph: PluginGraph,
  milliseconds: number,
  state: BootReport['state'],
  reason: string | undefined,
): BootReport {
  return {
    code: plugin.code,
    version: plugin.version,
    milliseconds,
    state,
    reason,
    needs: [...graph.needs(plugin.code)].sort(),
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The boot as a tree: each plugin below the last of those it needs, with its time and what went wrong. */
export function formatBootTree(reports: readonly BootReport[]): string {
  const shown = new Map(reports.map((entry) => [entry.code, entry]));
  const parentOf = (entry: BootReport): string | undefined =>
    [...shown.keys()].filter((code) => entry.needs.includes(code)).at(-1);
  const lines: string[] = [];
  const walk = (parent: string | undefined, indent: string): void => {
    const children = reports.filter((entry) => parentOf(entry) === parent);
    children.forEach((entry, i) => {
      const last = i === children.length - 1;
      const branch = parent === undefined ? '' : last ? '└─ ' : '├─ ';
      const mark =
        entry.state === 'ready' ? `${entry.milliseconds.toFixed(1)} ms` : `${entry.state}: ${entry.reason}`;
      lines.push(`${indent}${branch}${entry.code} ${entry.version}  ${mark}`);
      walk(entry.code, parent === undefined ? '' : indent + (last ? '   ' : '│  '));
    });
  };
  walk(undefined, '');
  return lines.join('\n');
}
