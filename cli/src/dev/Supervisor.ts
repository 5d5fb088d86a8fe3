import type { OpenDatabase } from '@wizamart/core/server';
import type { FromChild } from './messages.js';
import { Child } from './Child.js';

export interface SupervisorOptions {
  readonly file: string;
  readonly execArgv: readonly string[];
  /** Folder of @wizamart/core, whose libraries are loaded ahead of time. */
  readonly core: string;
  readonly hosts: readonly string[];
  readonly place: Omit<OpenDatabase, 'stop'>;
  /** Told after every attempt to serve. */
  readonly report: (answer: FromChild, milliseconds: number, changed: readonly string[]) => void;
}

/**
 * Keeps one server process on the newest sources, and a second one waiting with the libraries loaded.
 *
 * Changes that come while a server starts are taken up together when it has.
 */
export class Supervisor {
  #serving: Child | undefined;
  #next: Child;
  #changed: string[] = [];
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(private readonly options: SupervisorOptions) {
    this.#next = new Child(options);
  }

  start(): Promise<void> {
    return (this.#running ??= this.#restart(true).finally(() => {
      this.#running = undefined;
    }));
  }

  changed(files: readonly string[]): void {
    this.#changed.push(...files);
    if (this.#running || this.#isStopped) return;
    this.#running = this.#takeUp().finally(() => {
      this.#running = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    this.#next.discard();
    await this.#serving?.stop();
  }

  async #takeUp(): Promise<void> {
    while (this.#changed.length > 0 && !this.#isStopped) await this.#restart(false);
  }

  async #restart(isFirst: boolean): Promise<void> {
    const changed = [...new Set(this.#changed.splice(0))];
    const began = performance.now();
    const { hosts, place, report } = this.options;
    const child = this.#next;
    // The new one reads the sources while the old one lets its requests end and gives the port free.
    child.load();
    await this.#serving?.stop();
    this.#serving = child;
    const answer = await child.serve({ hosts, place, isFirst });
    report(answer, performance.now() - began, changed);
    if (!this.#isStopped) this.#next = new Child(this.options);
  }
}
