import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { identifier, roleStatements } from '../roles.js';
import { type Cluster, openCluster } from './cluster.js';
import { isConnectionLoss, Presence } from './presence.js';
import { ensureServer, type RunningServer, type ServerSettings, stopServer } from './server.js';

/** A running PostgreSQL of this machine, private to one data folder. */
export interface EmbeddedServer {
  /** Logs in as the owner of the database: migrations. */
  ownerUrl: string;
  /** Logs in as the role that serves. */
  appUrl: string;
  /** Logs in as superuser: to clone databases in tests, nothing else. */
  superUrl: string;
  pid: number;
  /** The server ran already. */
  adopted: boolean;
  /** The cluster was made by this call. */
  created: boolean;
  /** Time that finding or starting it took. */
  milliseconds: number;
  /** Where the cluster lies: below the wanted folder, or elsewhere when the database's user cannot enter that. */
  directory: string;
  /**
   * Leaves the server, and stops it when no other process uses it.
   *
   * Close the own connections before. May be called more than once.
   */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Data folder; made when missing. */
  directory: string;
  /** No fsync: for tests. Holds for the whole server, decided by who starts it. */
  fast?: boolean;
  /** Made when missing, owned by `wizamart_owner`; default `wizamart`. */
  database?: string;
  log?: (line: string) => void;
  /** Default 100; holds when this call starts the server. */
  maxConnections?: number;
}

const ownerRole = 'wizamart_owner';
const appRole = 'wizamart_app';
/** Others that stop at the same moment can take the server away this often at most. */
const entryAttempts = 200;

/**
 * Starts PostgreSQL from the binaries of npm, or adopts the server that already runs on the folder.
 *
 * Any number of processes may call it for one folder at once, also for an empty one. A process that is killed
 * leaves the server running; the next one adopts it. Whoever stops last stops the server.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const begin = performance.now();
  const { fast = false, database = 'wizamart', maxConnections = 100, log = () => {} } = options;
  const cluster = await openCluster(options.directory, fast, log);
  const { server, presence } = await enter(cluster, { fast, maxConnections });
  await prepareDatabase(cluster, presence, database);
  let stopped: Promise<void> | undefined;
  return {
    ownerUrl: url(ownerRole, cluster.credentials.owner, server.port, database),
    appUrl: url(appRole, cluster.credentials.app, server.port, database),
    superUrl: url('postgres', cluster.credentials.postgres, server.port, database),
    pid: server.pid,
    adopted: server.adopted,
    created: cluster.created,
    milliseconds: Math.round(performance.now() - begin),
    directory: cluster.directory,
    stop: () => (stopped ??= presence.leave(() => stopServer(cluster, server.pid))),
  };
}

/** Gets a server and a place in it; one that goes down in between is started again. */
async function enter(
  cluster: Cluster,
  settings: ServerSettings,
): Promise<{ server: RunningServer; presence: Presence }> {
  for (let attempt = 1; ; attempt++) {
    const server = await ensureServer(cluster, settings);
    try {
      return {
        server,
        presence: await Presence.enter(
          url('postgres', cluster.credentials.postgres, server.port, 'postgres'),
        ),
      };
    } catch (error) {
      if (!isConnectionLoss(error) || attempt >= entryAttempts) throw error;
      await delay(25);
    }
  }
}

/** Makes roles and database once; a file beside the cluster remembers that, so that a start need not ask. */
async function prepareDatabase(cluster: Cluster, presence: Presence, database: string): Promise<void> {
  const roles = { owner: ownerRole, app: appRole, database, passwords: cluster.credentials };
  const statements = roleStatements(roles);
  const done = path.join(
    cluster.directory,
    `prepared-${createHash('sha256').update(statements).digest('hex').slice(0, 12)}`,
  );
  if (fs.existsSync(done)) return;
  await presence.prepare(async (client) => {
    await client.query(statements);
    if (!(await databaseExists(client, database))) {
      await client.query(`CREATE DATABASE ${identifier(database)} OWNER ${identifier(ownerRole)}`);
    }
  });
  fs.writeFileSync(done, '');
}

async function databaseExists(client: pg.Client, database: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  return rowCount === 1;
}

function url(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
