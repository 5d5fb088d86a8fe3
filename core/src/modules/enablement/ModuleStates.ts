import type { Host } from '../../kernel/host.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { SnapshotStore } from '../../kernel/snapshot/SnapshotStore.js';
import { closedUnderRequirements } from './closure.js';

/** A platform's modules as the database has them. */
export interface PlatformModuleRows {
  readonly platformId: string;
  readonly code: string;
  readonly host: string | null;
  readonly revision: number;
  readonly rows: readonly {
    readonly module: string;
    readonly isEnabled: boolean;
    readonly config: Readonly<Record<string, unknown>> | null;
  }[];
}

/** What is on for one platform at the moment, in this process. */
export interface ModuleState {
  readonly platformId: string;
  readonly revision: number;
  readonly host: Host | undefined;
  readonly snapshot: Snapshot;
  readonly enabled: ReadonlySet<string>;
  /** Codes that the platform's host composes, core modules included. */
  readonly composed: ReadonlySet<string>;
  /** What was chosen on this platform beside what its host starts with: module → on. */
  readonly chosen: ReadonlyMap<string, boolean>;
  readonly configs: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/**
 * Holds every platform's current snapshot; a request reads it once and keeps it.
 *
 * Made before the plugins, since core services hold it; opened when the plugins have been made.
 */
export class ModuleStates {
  readonly #states = new Map<string, ModuleState>();
  #snapshots: SnapshotStore | undefined;
  #core: Snapshot | undefined;

  constructor(private readonly hosts: ReadonlyMap<string, Host>) {}

  /** What platforms had is forgotten and must be put again: the modules that it was made of may be others. */
  open(snapshots: SnapshotStore): void {
    this.#states.clear();
    this.#snapshots = snapshots;
    this.#core = snapshots.of(new Set());
  }

  get snapshots(): SnapshotStore {
    if (!this.#snapshots) throw new Error('modules are not there yet: the plugins have not been made');
    return this.#snapshots;
  }

  /** Core modules only: the global admin, and platforms whose host does not run here. */
  get coreSnapshot(): Snapshot {
    if (!this.#core) throw new Error('modules are not there yet: the plugins have not been made');
    return this.#core;
  }

  hostOf(code: string | null): Host | undefined {
    return code === null ? undefined : this.hosts.get(code);
  }

  get(platformId: string): ModuleState | undefined {
    return this.#states.get(platformId);
  }

  snapshotOf(platformId: string): Snapshot {
    return this.#states.get(platformId)?.snapshot ?? this.coreSnapshot;
  }

  /** @returns whether the platform's snapshot or settings changed */
  put(platform: PlatformModuleRows): boolean {
    const before = this.#states.get(platform.platformId);
    // A read that was overtaken by a later change must not take the platform back.
    if (before && before.revision >= platform.revision) return false;
    this.#states.set(platform.platformId, this.compute(platform));
    return true;
  }

  drop(platformId: string): void {
    this.#states.delete(platformId);
  }

  /** Platform id → revision that this process serves. */
  revisions(): Record<string, number> {
    return Object.fromEntries([...this.#states].map(([id, state]) => [id, state.revision]));
  }

  compute(platform: PlatformModuleRows): ModuleState {
    const host = platform.host === null ? undefined : this.hosts.get(platform.host);
    const composed = new Set<string>([
      ...this.coreSnapshot.modules,
      ...(host?.plugins.map((plugin) => plugin.code) ?? []),
    ]);
    for (const code of composed) if (!this.snapshots.available.has(code)) composed.delete(code);
    const wanted = new Set<string>([...this.coreSnapshot.modules, ...(host?.modules.on ?? [])]);
    for (const row of platform.rows) {
      if (row.isEnabled) wanted.add(row.module);
      else if (!this.coreSnapshot.modules.has(row.module)) wanted.delete(row.module);
    }
    const enabled = closedUnderRequirements({ graph: this.snapshots.graph, composed }, wanted);
    return {
      platformId: platform.platformId,
      revision: platform.revision,
      host,
      enabled,
      composed,
      snapshot: this.snapshots.of(enabled),
      chosen: new Map(platform.rows.map((row) => [row.module, row.isEnabled])),
      configs: new Map(
        platform.rows.flatMap((row) => (row.config ? [[row.module, row.config] as const] : [])),
      ),
    };
  }
}
