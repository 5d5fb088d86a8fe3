import { Agent } from 'node:http';
import type { Config } from '../config/config.js';
import type { Host } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { startServer, type RunningServer } from '../server/startServer.js';
import type { TestDatabase } from './database.js';
import { serverDatabase } from './serverDatabase.js';
import { signedInClient, type SignInPlace } from './signIn.js';
import { TestClient, type ClientOptions } from './TestClient.js';
import { testClock, type TestClock } from './testClock.js';
import { testConfig } from './testConfig.js';
import { testHost } from './testHost.js';
import { TestLog } from './TestLog.js';
import { TestTenants, type TestUser } from './TestTenants.js';

export interface TestServerOptions {
  readonly hosts?: readonly Host[];
  /** Instead of hosts: what {@link testHost} composes into one, all of it on. */
  readonly plugins?: readonly AnyPlugin[];
  /** Brings the demo merchants, stores, people and content. */
  readonly demo?: boolean;
  readonly clock?: TestClock;
  readonly config?: Partial<Config>;
  /** Runs jobs and delivers events; off by default, since few tests wait for them. */
  readonly jobs?: boolean;
  /** Milliseconds between two looks for changes of modules that were not heard of. */
  readonly pollMs?: number;
  /** A database that other servers use too; it is not dropped at the end. */
  readonly database?: TestDatabase;
}

/** A whole server in this process, on a database and a port of its own. */
export interface TestAppServer
  extends
    Pick<RunningServer, 'parts' | 'modules' | 'contexts' | 'sync' | 'hosts' | 'port' | 'url'>,
    TestTenants {
  readonly running: RunningServer;
  readonly database: TestDatabase;
  readonly clock: TestClock;
  readonly log: TestLog;
  /** A browser that nobody has signed in with. */
  client(options?: ClientOptions): TestClient;
  /** A client with a bearer token, without going through the sign-in page. */
  signIn(user: Pick<TestUser, 'id'>, place: SignInPlace): Promise<TestClient>;
  /** Stops the server; drops the database if it is its own. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts the hosts on a clone of a database that has their first content already. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestAppServer> {
  const hosts = options.hosts ?? [testHost({ plugins: options.plugins ?? [] })];
  const config = testConfig({
    ...(options.demo === undefined ? {} : { demo: options.demo }),
    ...options.config,
  });
  const clock = options.clock ?? testClock();
  const log = new TestLog();
  const database = options.database ?? (await serverDatabase(hosts, config));
  const drop = async (): Promise<void> => {
    if (!options.database) await database.drop();
  };
  const running = await startServer({
    hosts,
    config,
    clock,
    logger: log.logger,
    jobs: options.jobs ?? false,
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
    // Migrated already, as the template was made; a server that may not migrate only makes sure of that.
    database: {
      appUrl: database.appUrl,
      ownerUrl: undefined,
      directUrl: database.appUrl,
      isEmbedded: false,
      stop: async () => undefined,
    },
  }).catch(async (error: unknown) => {
    await drop();
    throw error;
  });
  const agent = new Agent({ keepAlive: true });
  const client = (given: ClientOptions = {}): TestClient =>
    new TestClient({ port: running.port, agent, ...given });
  const tenants = new TestTenants(running);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    agent.destroy();
    await running.stop();
    await drop();
  };
  const { parts, modules, contexts, sync, port, url } = running;
  return Object.assign(tenants, {
    running,
    parts,
    modules,
    contexts,
    sync,
    port,
    url,
    hosts,
    database,
    clock,
    log,
    client,
    signIn: (user: Pick<TestUser, 'id'>, place: SignInPlace) => signedInClient(running, client, user, place),
    stop: () => (stopped ??= stop()),
  });
}
