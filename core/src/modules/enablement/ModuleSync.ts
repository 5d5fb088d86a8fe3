import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Bus } from '../../database/Bus.js';
import type { Database } from '../../database/Database.js';
import { uuidv7 } from '../../database/uuid.js';
import type { Clock } from '../../kernel/clock.js';
import { readAllPlatformModules, readPlatformModules, readRevisions } from './moduleRows.js';
import type { ModuleStates, PlatformModuleRows } from './ModuleStates.js';

/**
 * Keeps this process's snapshots as the database says: hears of changes, reads everything again after a gap in
 * the connection, and polls as a safety net. Reports the revisions it serves, so that an admin sees who has caught up.
 */
export class ModuleSync {
  readonly nodeId: string;
  #timer: NodeJS.Timeout | undefined;
  #stops: (() => void)[] = [];
  #pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly deps: {
      readonly database: Database;
      readonly bus: Bus;
      readonly states: ModuleStates;
      readonly clock: Clock;
      readonly logger: Logger;
      readonly pollMs?: number;
    },
  ) {
    this.nodeId = uuidv7(deps.clock.now());
  }

  /** Reads all platforms; before the server is ready. */
  async load(): Promise<void> {
    const platforms = await this.deps.database.system(readAllPlatformModules);
    for (const platform of platforms) this.#put(platform);
  }

  async start(): Promise<void> {
    this.#stops.push(
      this.deps.bus.on('modules', (payload) => {
        this.#queue(() => this.#refresh((payload as { platformId: string }).platformId));
      }),
      // A platform that another node just made has no state here yet.
      this.deps.bus.on('core.tenants', (payload) => {
        const { kind, id } = payload as { kind: string; id: string };
        if (kind === 'platform' && !this.deps.states.get(id)) this.#queue(() => this.#refresh(id));
      }),
      this.deps.bus.onGap(() => {
        this.#queue(() => this.load());
      }),
    );
    this.#timer = setInterval(() => {
      this.#queue(() => this.poll());
    }, this.deps.pollMs ?? 5_000);
    this.#timer.unref();
    await this.report();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const stop of this.#stops.splice(0)) stop();
    await this.#pending;
    await this.deps.database.system((tx) => tx.query('delete from core_node where id = $1', [this.nodeId]));
  }

  /** Compares revisions and reads what differs; also the sign of life of this node. */
  async poll(): Promise<void> {
    const revisions = await this.deps.database.system(readRevisions);
    const served = this.deps.states.revisions();
    for (const { id, revision } of revisions) if (served[id] !== revision) await this.#refresh(id);
    await this.report();
  }

  /** Writes down what this node serves. */
  async report(): Promise<void> {
    const now = this.deps.clock.now();
    await this.deps.database.system((tx) =>
      tx.query(
        `insert into core_node (id, name, started_at, seen_at, revisions) values ($1, $2, $3, $3, $4)
       on conflict (id) do update set seen_at = excluded.seen_at, revisions = excluded.revisions`,
        [
          this.nodeId,
          `${hostname()}:${process.pid}:${this.nodeId.slice(-6)}`,
          now,
          JSON.stringify(this.deps.states.revisions()),
        ],
      ),
    );
  }

  async #refresh(platformId: string): Promise<void> {
    this.#put(await this.deps.database.system((tx) => readPlatformModules(tx, platformId)));
    await this.report();
  }

  #put(platform: PlatformModuleRows): void {
    try {
      this.deps.states.put(platform);
    } catch (error) {
      // An unfit set of modules must not take the other platforms down; the platform stays on what it had.
      this.deps.logger.error(
        { err: error, platform: platform.code },
        'the modules of this platform cannot be composed',
      );
    }
  }

  /** One after another: a late read must never overwrite an earlier change. */
  #queue(work: () => Promise<void>): void {
    this.#pending = this.#pending.then(work).catch((error: unknown) => {
      this.deps.logger.warn(
        { err: error },
        'could not read the modules of a platform; the next poll tries again',
      );
    });
  }
}
