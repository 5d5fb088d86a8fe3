import type { Config } from '../config/config.js';
import type { Host } from '../kernel/host.js';
import { startServer } from '../server/startServer.js';
import { codeChecksum } from './codeChecksum.js';
import { testDatabase, type TestDatabase } from './database.js';
import { testClock } from './testClock.js';
import { TestLog } from './TestLog.js';
import { testServer } from './testServer.js';

/** Before every test clock starts, so that what templates hold is never in the future. */
const TEMPLATE_MADE = '2026-01-05T08:00:00Z';

/**
 * A database as these hosts leave it after their first start: migrated, with the job queue's schema, their first
 * content and (with `config.demo`) the demo data.
 *
 * The first call for some code takes seconds and makes a template; later ones, also of other processes, clone it.
 */
export async function serverDatabase(hosts: readonly Host[], config: Config): Promise<TestDatabase> {
  const key = codeChecksum(hosts, [config.demo]);
  return testDatabase({
    prepare: { key: `server ${key}`, run: (ownerUrl) => startOnce(hosts, config, ownerUrl) },
  });
}

async function startOnce(hosts: readonly Host[], config: Config, ownerUrl: string): Promise<void> {
  const appUrl = (await testServer()).appUrl(decodeURIComponent(new URL(ownerUrl).pathname.slice(1)));
  const server = await startServer({
    hosts,
    config,
    clock: testClock(TEMPLATE_MADE),
    logger: new TestLog().logger,
    listen: false,
    jobs: false,
    database: { appUrl, ownerUrl, directUrl: appUrl, isEmbedded: false, stop: async () => undefined },
  });
  await server.stop();
}
