import pg from 'pg';

type Query = (...args: unknown[]) => unknown;

let heard: string[] | undefined;
let isListening = false;

/**
 * The statements that this process sends to its databases while something is done, without those that begin, settle and
 * end transactions: to see that a page asks no more of them when there are more rows.
 */
export async function queriesDuring(work: () => PromiseLike<unknown>): Promise<readonly string[]> {
  listen();
  const own: string[] = (heard = []);
  try {
    await work();
  } finally {
    heard = undefined;
  }
  return own;
}

/** Once for the process; whoever else wraps a client's `query` goes on to do so. */
function listen(): void {
  if (isListening) return;
  isListening = true;
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const plain = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]): unknown {
    keep(args[0]);
    return plain.apply(this, args);
  };
}

function keep(first: unknown): void {
  const { text, name } = (typeof first === 'string' ? { text: first } : first) as {
    text?: string;
    name?: string;
  };
  if (text === undefined || name === 'core_settings' || /^(BEGIN|COMMIT|ROLLBACK)/.test(text)) return;
  heard?.push(text);
}
