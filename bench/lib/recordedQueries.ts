import pg from 'pg';

/** As the server does; pg’s types do not know it yet. */
const PIPELINE = { pipeline: true } as object;

/** One message to the database. */
export interface Sent {
  readonly text: string;
  readonly values: unknown[] | undefined;
  readonly name: string | undefined;
  /** The connection it went over. */
  readonly on: unknown;
}

/** Keeps what a server in this process sends to its database. */
export class QueryRecorder {
  #sent: Sent[] | undefined;

  constructor() {
    this.#listen();
  }

  /** What is sent while something is done, one transaction after the other. */
  async during(work: () => Promise<unknown>): Promise<Sent[]> {
    const sent: Sent[] = (this.#sent = []);
    await work();
    this.#sent = undefined;
    return inTransactions(sent);
  }

  #listen(): void {
    type Query = (...args: unknown[]) => unknown;
    const prototype = pg.Client.prototype as unknown as { query: Query };
    const plain = prototype.query;
    const keep = (on: unknown, args: readonly unknown[]): void => this.#keep(on, args);
    prototype.query = function (this: unknown, ...args: unknown[]): unknown {
      keep(this, args);
      return plain.apply(this, args);
    };
  }

  #keep(on: unknown, [first, second]: readonly unknown[]): void {
    if (!this.#sent) return;
    const query = typeof first === 'string' ? { text: first, values: second } : (first as Partial<Sent>);
    const { text, values, name } = query as Partial<Sent> & { text?: string };
    if (typeof text !== 'string') return;
    const begin = typeof first === 'object' && first !== null ? settingsOf(first) : undefined;
    const bare = (sql: string): Sent => ({ text: sql, values: undefined, name: undefined, on });
    const whole = { text, values: Array.isArray(values) ? values : undefined, name, on };
    this.#sent.push(...(begin === undefined ? [whole] : [bare(begin), whole, bare('COMMIT')]));
  }
}

/**
 * Statements that ask for something: without those that begin, settle and end transactions, and without those by which
 * the local payment server keeps its objects, who with keys is somewhere else.
 */
export const questionsIn = (queries: readonly Sent[]): number =>
  transactionsIn(queries)
    .filter((of) => !of.some(({ text }) => text.includes('billing_local_stripe_object')))
    .flat()
    .filter(({ text, name }) => name !== 'core_settings' && !/^(BEGIN|COMMIT|ROLLBACK)/.test(text)).length;

function transactionsIn(queries: readonly Sent[]): Sent[][] {
  const all: Sent[][] = [];
  for (const query of queries) {
    if (query.text.startsWith('BEGIN') || all.length === 0) all.push([]);
    all.at(-1)?.push(query);
  }
  return all;
}

/** Sends recorded queries again, on a connection of their own. */
export class Replay {
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 1, ...PIPELINE });
    // The database goes first when something fails; what matters has been thrown by then.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** BEGIN with the first query and COMMIT with the last as the server sends them, all else in turn. */
  async run(queries: readonly Sent[]): Promise<void> {
    const client = await this.#pool.connect();
    try {
      let last: Promise<unknown> = Promise.resolve();
      for (const { text, values, name } of queries) {
        last = client.query(values === undefined ? { text } : { text, values, ...(name ? { name } : {}) });
        if (!/^(BEGIN|COMMIT)/.test(text)) await last;
        else last.catch(() => undefined);
      }
      await last;
    } finally {
      client.release();
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/** What went over several connections at once, one transaction after the other. */
function inTransactions(queries: readonly Sent[]): Sent[] {
  const open = new Map<unknown, Sent[]>();
  const all: Sent[][] = [];
  for (const query of queries) {
    let current = open.get(query.on);
    if (!current || query.text.startsWith('BEGIN')) {
      all.push((current = []));
      open.set(query.on, current);
    }
    current.push(query);
    if (query.text === 'COMMIT') open.delete(query.on);
  }
  // What began before, or is not over yet, is not this page's: such as what the local payment provider still writes.
  const whole = all.filter((of) => of[0]?.text.startsWith('BEGIN') && of.at(-1)?.text === 'COMMIT');
  return whole.flat();
}

/** Reads in one message bring role and tenant along: replayed, they stand in a transaction that says the same. */
function settingsOf(query: object): string | undefined {
  const { prepare } = query as { prepare?: (wire: object) => void };
  if (query.constructor.name !== 'SettledQuery' || !prepare) return undefined;
  let seen: readonly string[] = [];
  try {
    prepare.call(query, {
      bind: ({ values }: { values: readonly string[] }) => {
        seen = values;
      },
      execute: () => undefined,
    });
  } catch {
    // Only its settings were wanted; what follows needs a real connection.
  }
  const [role, platform, merchant, store, user, access] = seen;
  return `BEGIN READ ONLY;SET LOCAL ROLE ${role};SET LOCAL app.platform_id='${platform}';SET LOCAL app.merchant_id='${merchant}';SET LOCAL app.store_id='${store}';SET LOCAL app.user_id='${user}';SET LOCAL app.access='${access}'`;
}
