import { defineCommand } from 'citty';
import { ConfigError, readConfig, startServer } from '@wizamart/core/server';
import { loadHosts } from '../installation/loadHosts.js';
import { print } from '../output/print.js';

export const seed = defineCommand({
  meta: { name: 'seed', description: 'Fills in demo merchants, stores, people and pages; may be run again.' },
  async run() {
    const config = readConfig();
    if (config.environment === 'production') {
      throw new ConfigError(
        'demo accounts have a password that everybody knows; they are not made with NODE_ENV=production',
      );
    }
    const server = await startServer({
      hosts: await loadHosts(),
      config: { ...config, demo: true },
      demoAgain: true,
      listen: false,
      jobs: false,
    });
    await server.stop();
    print('The demo data are there. Every password is wizamart-demo.');
  },
});
