import { Server, type ServerResponse } from 'node:http';

/** Measures how long the servers of this process take: from a request’s headers to the last byte handed on. */
export class ServerTime {
  #last = NaN;

  constructor() {
    const { prototype } = Server;
    const plain = Reflect.get(prototype, 'emit') as (...args: unknown[]) => boolean;
    const tell = (ms: number): void => {
      this.#last = ms;
    };
    Reflect.set(prototype, 'emit', function (this: Server, ...args: unknown[]): boolean {
      if (args[0] === 'request') {
        const began = performance.now();
        (args[2] as ServerResponse).once('finish', () => {
          tell(performance.now() - began);
        });
      }
      return plain.apply(this, args);
    });
  }

  /** Milliseconds that the server took for the one request that is made meanwhile. */
  async of(request: () => Promise<unknown>): Promise<number> {
    await request();
    return this.#last;
  }
}
