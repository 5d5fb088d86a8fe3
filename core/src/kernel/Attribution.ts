import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import type { Failure, FailureReporter } from './failureReporter.js';

/** Whose code is running for whom; entered once per request, job and delivery. */
export interface Attribute {
  readonly plugin: string;
  readonly platform: string;
  readonly requestId: string;
}

/** What one plugin did for one platform since the process started. */
export interface AttributedCost {
  readonly plugin: string;
  readonly platform: string;
  readonly calls: number;
  readonly errors: number;
  readonly milliseconds: number;
}

interface Counter {
  calls: number;
  errors: number;
  milliseconds: number;
}

const running = new AsyncLocalStorage<Attribute>();

/** The attribute of what runs now, for log lines. */
export const currentAttribute = (): Attribute | undefined => running.getStore();

/** Adds up errors and time by plugin and platform; the number of both is small, so the memory is bounded. */
export class Attribution implements FailureReporter {
  readonly #counters = new Map<string, Map<string, Counter>>();

  constructor(private readonly logger: Logger) {}

  /** Runs `work` under an attribute and counts its time; a thrown error is counted by {@link failed}, not here. */
  async run<Result>(attribute: Attribute, work: () => Promise<Result>): Promise<Result> {
    const began = performance.now();
    try {
      return await running.run(attribute, work);
    } finally {
      const counter = this.#counter(attribute.plugin, attribute.platform);
      counter.calls++;
      counter.milliseconds += performance.now() - began;
    }
  }

  failed(plugin: string, platform: string): void {
    this.#counter(plugin, platform).errors++;
  }

  report({ plugin, platform, during, error }: Failure): void {
    this.failed(plugin, platform ?? 'none');
    this.logger.error({ plugin, platform, during, err: error }, 'a failure that did not end its operation');
  }

  list(): AttributedCost[] {
    return [...this.#counters].flatMap(([plugin, platforms]) =>
      [...platforms].map(([platform, counter]) => ({ plugin, platform, ...counter })),
    );
  }

  #counter(plugin: string, platform: string): Counter {
    let platforms = this.#counters.get(plugin);
    if (!platforms) this.#counters.set(plugin, (platforms = new Map()));
    let counter = platforms.get(platform);
    if (!counter) platforms.set(platform, (counter = { calls: 0, errors: 0, milliseconds: 0 }));
    return counter;
  }
}
