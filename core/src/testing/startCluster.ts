import type { TestDatabase } from './database.js';
import { serverDatabase } from './serverDatabase.js';
import { startTestServer, type TestAppServer, type TestServerOptions } from './startTestServer.js';
import { testClock, type TestClock } from './testClock.js';
import { testConfig } from './testConfig.js';
import { testHost } from './testHost.js';

export interface ClusterOptions extends Omit<TestServerOptions, 'database'> {
  readonly nodes: number;
}

/** Several servers in one process, on one database and with one clock: what the processes of an installation do together. */
export interface TestCluster {
  readonly nodes: readonly [TestAppServer, ...TestAppServer[]];
  readonly database: TestDatabase;
  readonly clock: TestClock;
  stop(): Promise<void>;
}

export async function startCluster({ nodes: size, ...options }: ClusterOptions): Promise<TestCluster> {
  const hosts = options.hosts ?? [testHost({ plugins: options.plugins ?? [] })];
  const clock = options.clock ?? testClock();
  const database = await serverDatabase(
    hosts,
    testConfig({ ...(options.demo === undefined ? {} : { demo: options.demo }), ...options.config }),
  );
  const nodes: TestAppServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
    await database.drop();
  };
  try {
    for (let i = 0; i < size; i++) nodes.push(await startTestServer({ ...options, hosts, clock, database }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes: nodes as [TestAppServer, ...TestAppServer[]], database, clock, stop };
}
