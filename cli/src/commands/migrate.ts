import { defineCommand } from 'citty';
import { readConfig, startServer } from '@wizamart/core/server';
import { failWell } from '../failWell.js';
import { loadHosts } from '../loadHosts.js';

export const migrate = defineCommand({
  meta: { name: 'migrate', description: 'Brings the database to what the installed plugins need, and each platform its first content.' },
  run: () => failWell(async () => {
    const server = await startServer({ hosts: await loadHosts(), config: readConfig(), listen: false, jobs: false });
    process.stdout.write('The database is up to date.\n');
    await server.stop();
  }),
});
