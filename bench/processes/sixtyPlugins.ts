// A server with 60 plugins of 10 routes on the database of APP_URL; sends its port to whoever started it.
import { readConfig, startServer } from '@wizamart/core/server';
import { testHost } from '@wizamart/core/testing';
import { syntheticPlugins } from '../lib/syntheticPlugins.js';

const appUrl = process.env['APP_URL'] as string;
const server = await startServer({
  hosts: [testHost({ code: 'bench', plugins: syntheticPlugins(60, 10) })],
  config: readConfig({ NODE_ENV: 'test', PORT: '0', WIZAMART_SECRET: '5e'.repeat(32), WIZAMART_LOG: 'warn' }),
  // What is not heard of would be seen only after a minute: the figure is that of hearing.
  jobs: false,
  pollMs: 60_000,
  database: {
    appUrl,
    ownerUrl: undefined,
    directUrl: appUrl,
    isEmbedded: false,
    stop: async () => undefined,
  },
});
process.send?.(server.port);
process.on('disconnect', () => {
  process.exit(0);
});
