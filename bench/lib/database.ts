import fs from 'node:fs';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '../../core/src/testing/database.js';
import { root } from './processes.js';

/**
 * An empty database on a server of our own, so that nobody's tests share it: the embedded one below `.cache/bench`,
 * or that of DATABASE_URL.
 */
export function benchDatabase(options: Parameters<typeof testDatabase>[0] = {}): Promise<TestDatabase> {
  const home = path.join(root, '.cache/bench');
  fs.mkdirSync(home, { recursive: true });
  // The test kit keeps its server below the folder it is run in.
  process.chdir(home);
  return testDatabase(options);
}

/** What the server reads to run on that database, with demo merchants and stores. */
export const serverEnv = ({ appUrl, ownerUrl }: TestDatabase): Record<string, string> => ({
  DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, WIZAMART_DEMO: 'true', WIZAMART_DATA: path.join(root, '.cache/bench/data'),
});
