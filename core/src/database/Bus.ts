import pg from 'pg';
import { BusPayloadTooLarge } from './errors.js';
import { connectionProblem } from './connectionProblem.js';
import type { DatabaseLog } from './Database.js';
import type { Transaction } from './unitOfWork.js';

/** What PostgreSQL carries in one notification, less the byte it ends with. */
const payloadLimit = 7_999;
const channel = 'wizamart_bus';

export interface BusOptions {
  /** Direct connection; LISTEN does not work through a pooler in transaction mode. */
  readonly url: string;
  readonly log?: DatabaseLog;
  /** How often the connection is tried, so that one that broke without a sign is noticed. */
  readonly heartbeatMs?: number;
  /** Longest pause between attempts to reconnect; the first comes at once, each further one later. */
  readonly longestPauseMs?: number;
}

type Handler = (payload: unknown) => void | Promise<void>;

/**
 * Short messages between the processes of an installation, by LISTEN and NOTIFY.
 *
 * A message is sent when its transaction commits, and reaches every process that is connected at that moment,
 * also the sender's. Whoever was not connected is told so by `onGap` and reads anew what it holds in memory.
 */
export class Bus {
  readonly #options: Required<Omit<BusOptions, 'log'>> & Pick<BusOptions, 'log'>;
  readonly #handlers = new Map<string, Set<Handler>>();
  readonly #gapHandlers = new Set<() => void | Promise<void>>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = 0;
  #isClosed = false;

  constructor(options: BusOptions) {
    this.#options = { heartbeatMs: 10_000, longestPauseMs: 5_000, ...options };
  }

  /** Whether messages arrive at present. */
  get isConnected(): boolean {
    return this.#client !== undefined;
  }

  /**
   * Connects for the first time.
   *
   * @throws {DatabaseError} when the database does not answer; later losses are mended without a word to the caller
   */
  async start(): Promise<void> {
    try {
      await this.#connect();
    } catch (cause) {
      throw connectionProblem(this.#options.url, cause, 'DATABASE_DIRECT_URL');
    }
  }

  /**
   * Sends a message when the transaction commits; equal messages of one transaction arrive once.
   *
   * @param payload what JSON can carry; together with the topic below 8,000 bytes
   * @throws {BusPayloadTooLarge} at once, before anything is sent
   */
  async publish(tx: Transaction, topic: string, payload: unknown): Promise<void> {
    const message = JSON.stringify([topic, payload ?? null]);
    const bytes = Buffer.byteLength(message);
    if (bytes > payloadLimit) throw new BusPayloadTooLarge({ topic, bytes, limit: payloadLimit });
    await tx.query(`select pg_notify('${channel}', $1)`, [message]);
  }

  /** Hears the messages of a topic; returns what ends it. A handler that fails is logged. */
  on(topic: string, handler: Handler): () => void {
    const handlers = this.#handlers.get(topic) ?? new Set();
    this.#handlers.set(topic, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  /** Called after each reconnect: messages may have been missed. Returns what ends it. */
  onGap(handler: () => void | Promise<void>): () => void {
    this.#gapHandlers.add(handler);
    return () => this.#gapHandlers.delete(handler);
  }

  /** Stops listening; may be called more than once. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const { url, heartbeatMs } = this.#options;
    const client = new pg.Client({
      connectionString: url,
      application_name: 'wizamart-bus',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: Math.max(1_000, heartbeatMs),
    });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the connection ended')));
    client.on('notification', ({ payload }) => this.#deliver(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    if (this.#isClosed) return void client.end();
    this.#client = client;
    this.#pauseMs = 0;
    this.#schedule(() => this.#beat(client), heartbeatMs);
  }

  async #beat(client: pg.Client): Promise<void> {
    try {
      await client.query('SELECT 1');
      this.#schedule(() => this.#beat(client), this.#options.heartbeatMs);
    } catch (error) {
      this.#lost(client, error as Error);
    }
  }

  #lost(client: pg.Client, error: Error): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#options.log?.warn({ err: error }, 'the connection for notifications broke; reconnecting');
    void client.end().catch(() => undefined);
    this.#schedule(() => this.#reconnect(), 0);
  }

  async #reconnect(): Promise<void> {
    try {
      await this.#connect();
    } catch {
      this.#pauseMs = Math.min(this.#options.longestPauseMs, this.#pauseMs * 2 || 50);
      this.#schedule(() => this.#reconnect(), this.#pauseMs);
      return;
    }
    for (const handler of this.#gapHandlers) this.#guarded(() => handler());
  }

  #schedule(work: () => Promise<void>, afterMs: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void work(), afterMs);
    this.#timer.unref();
  }

  #deliver(message: string): void {
    this.#guarded(() => {
      const [topic, payload] = JSON.parse(message) as [string, unknown];
      for (const handler of this.#handlers.get(topic) ?? []) this.#guarded(() => handler(payload));
    });
  }

  #guarded(work: () => void | Promise<void>): void {
    const failed = (error: unknown): void =>
      this.#options.log?.error({ err: error }, 'a listener of the bus failed');
    try {
      void Promise.resolve(work()).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
