import type { PluginGraph } from '../graph.js';
import type { Installed } from './Installed.js';
import { Snapshot } from './Snapshot.js';

/** Compiles snapshots and keeps the compiled ones: platforms with the same modules share one. */
export class SnapshotStore {
  readonly #compiled = new Map<string, Snapshot>();

  constructor(
    readonly graph: PluginGraph,
    private readonly installed: ReadonlyMap<string, Installed>,
  ) {}

  /** Codes that came up; others cannot be on. */
  get available(): ReadonlySet<string> {
    return new Set(this.installed.keys());
  }

  /**
   * The snapshot of a set of modules; core modules are always part of it.
   *
   * @param modules closed under requirements
   * @throws {PluginError} P501 when two of them claim one path
   */
  of(modules: ReadonlySet<string>): Snapshot {
    const list = this.graph.order.flatMap((code) => {
      const installed = this.installed.get(code);
      return installed && (modules.has(code) || installed.plugin.isCore) ? [installed] : [];
    });
    const key = list.map(({ plugin }) => plugin.code).join('+');
    const known = this.#compiled.get(key);
    if (known) return known;
    const snapshot = new Snapshot(list);
    // Few sets are in use at a time; forgetting all of them now and then bounds the memory of a busy admin's trials.
    if (this.#compiled.size >= 256) this.#compiled.clear();
    this.#compiled.set(key, snapshot);
    return snapshot;
  }
}
