import { defineCommand } from 'citty';
import { readConfig, startServer } from '@wizamart/core/server';
import { loadHosts } from '../installation/loadHosts.js';
import { startScreen } from '../startScreen.js';
import { stopWithParent } from '../stopWithParent.js';

export const start = defineCommand({
  meta: { name: 'start', description: 'Serves all hosts, or those named: wizamart start oms' },
  args: { hosts: { type: 'positional', required: false, description: 'Codes of hosts; left out: all.' } },
  async run({ args }) {
    const began = performance.now();
    const config = readConfig();
    const hosts = await loadHosts(args._);
    process.stderr.write(`Starting ${hosts.map((host) => host.code).join(', ')} …\n`);
    const server = await startServer({ hosts, config });
    process.stdout.write(startScreen(server, performance.now() - began));
    await stopWithParent();
    process.stderr.write('Stopping …\n');
    await server.stop();
  },
});
