import path from 'node:path';
import { root } from './processes.js';
import type { TestDatabase } from './testing.js';

/** What the built server reads to run on a database of the test kit, with demo merchants and stores. */
export const serverEnv = ({ appUrl, ownerUrl }: TestDatabase): Record<string, string> => ({
  DATABASE_URL: appUrl,
  DATABASE_OWNER_URL: ownerUrl,
  WIZAMART_DEMO: 'true',
  WIZAMART_DATA: path.join(root, '.cache/bench/data'),
});
