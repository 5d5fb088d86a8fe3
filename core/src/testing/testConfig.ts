import { readConfig, type Config } from '../config/config.js';

/** A configuration that owes nothing to the environment: any free port, no demo data. */
export function testConfig(change: Partial<Config> = {}): Config {
  const base = readConfig({ NODE_ENV: 'test', PORT: '0', DATABASE_POOL: '6', WIZAMART_SECRET: '5e'.repeat(32), WIZAMART_DEMO: 'false' });
  return { ...base, ...change };
}
