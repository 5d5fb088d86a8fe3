import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** Advisory lock in database `postgres`: shared by every process that uses the server, exclusive to stop it. */
const inUseLock = 7_031_918_001;
const preparingLock = 7_031_918_002;

/** How long connections that have just been closed may still show up. */
const closingMs = 500;

/** pg's types leave out what decides whether a connection keeps the process alive. */
type KeepAliveClient = pg.Client & { ref(): void; unref(): void };

/**
 * A process's sign in the server that it is being used: a connection that holds a shared lock.
 *
 * The server may be stopped by whoever gets the lock for itself; who comes meanwhile waits, loses the connection,
 * and starts the server anew.
 */
export class Presence {
  private constructor(private readonly client: KeepAliveClient) {}

  /** @throws when the server is going down: find or start it again */
  static async enter(url: string): Promise<Presence> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'wizamart presence',
    }) as KeepAliveClient;
    // A server that is killed says so here; the application's own pool reports it.
    client.on('error', () => {});
    await client.connect();
    await client.query('SELECT pg_advisory_lock_shared($1)', [inUseLock]);
    // An application that forgets to stop must still be able to end.
    client.unref();
    return new Presence(client);
  }

  /** Runs statements that only one process may run at a time. */
  async prepare(work: (client: pg.Client) => Promise<void>): Promise<void> {
    this.client.ref();
    await this.client.query('SELECT pg_advisory_lock($1)', [preparingLock]);
    try {
      await work(this.client);
    } finally {
      await this.client.query('SELECT pg_advisory_unlock($1)', [preparingLock]);
      this.client.unref();
    }
  }

  /**
   * Gives up the sign.
   *
   * @param last called when nobody else uses the server, while newcomers are held back
   */
  async leave(last: () => Promise<void>): Promise<void> {
    try {
      this.client.ref();
      await this.client.query('SELECT pg_advisory_unlock_shared($1)', [inUseLock]);
      if (await this.isAlone()) await last();
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
    } finally {
      await this.client.end().catch(() => {});
    }
  }

  private async isAlone(): Promise<boolean> {
    const lock = await this.client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
      inUseLock,
    ]);
    if (!lock.rows[0]?.got) return false;
    const deadline = performance.now() + closingMs;
    while ((await this.otherClients()) > 0) {
      if (performance.now() > deadline) return false;
      await delay(20);
    }
    return true;
  }

  /** Those that wait for the lock have not begun to use the server. */
  private async otherClients(): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name <> $1`,
      ['wizamart presence'],
    );
    return rows[0]?.count ?? 0;
  }
}

/** Whether an error says that the server is not there, or is going up or down. */
export function isConnectionLoss(error: unknown): boolean {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  const lost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'];
  return lost.includes(code) || /Connection terminated|not queryable|Connection ended/i.test(message);
}
