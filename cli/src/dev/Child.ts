import { fork, type ChildProcess } from 'node:child_process';
import type { FromChild, ToChild } from './messages.js';

/** How long a server that is asked to stop may take, in milliseconds; then it is killed. */
const stopWithinMs = 2_000;

/** A server process, from when it waits with its libraries loaded to its end. */
export class Child {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  #hasEnded = false;

  constructor({
    file,
    execArgv,
    core,
  }: {
    readonly file: string;
    readonly execArgv: readonly string[];
    readonly core: string;
  }) {
    this.#process = fork(file, [], {
      execArgv: [...execArgv],
      env: { ...process.env, WIZAMART_DEV_CORE: core },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#ended = new Promise((resolve) => {
      this.#process.once('exit', () => {
        this.#hasEnded = true;
        resolve();
      });
    });
  }

  /** Reads the sources, as they are now. */
  load(): void {
    this.#tell({ type: 'load' });
  }

  /** Serves; the answer says whether it does. */
  serve(message: Omit<Extract<ToChild, { type: 'serve' }>, 'type'>): Promise<FromChild> {
    return new Promise((resolve) => {
      this.#process.once('message', (answer: FromChild) => {
        resolve(answer);
      });
      void this.#ended.then(() => {
        resolve({ type: 'failed', words: 'The server ended.' });
      });
      this.#tell({ type: 'serve', ...message });
    });
  }

  async stop(): Promise<void> {
    const timer = setTimeout(() => {
      this.#process.kill('SIGKILL');
    }, stopWithinMs);
    this.#tell({ type: 'stop' });
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends a process that serves nothing. */
  discard(): void {
    this.#process.kill('SIGKILL');
  }

  #tell(message: ToChild): void {
    if (!this.#hasEnded && this.#process.connected) this.#process.send(message);
  }
}
