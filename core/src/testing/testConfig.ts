import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig, type Config } from '../config/config.js';

/** A configuration that owes nothing to the environment: any free port, no demo data. */
export function testConfig(change: Partial<Config> = {}): Config {
  const base = readConfig({
    NODE_ENV: 'test',
    FILES_URL: pathToFileURL(path.join(tmpdir(), `wizamart-test-files-${process.pid}`)).href,
    PORT: '0',
    DATABASE_POOL: '6',
    WIZAMART_SECRET: '5e'.repeat(32),
    WIZAMART_DEMO: 'false',
  });
  return { ...base, ...change };
}
