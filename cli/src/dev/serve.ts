import { readConfig, startServer } from '@wizamart/core/server';
import { wordsFor } from '../errors.js';
import type { FromChild, ToChild } from './messages.js';
import { loadHosts } from '../installation/loadHosts.js';
import { startScreen } from '../startScreen.js';

export interface Served {
  readonly ready: FromChild;
  readonly stop: () => Promise<void>;
}

/** Starts the server on the database that the supervisor keeps open; an expected failure is an answer, too. */
export async function serve({ hosts, place }: Extract<ToChild, { type: 'serve' }>): Promise<Served> {
  const began = performance.now();
  try {
    const config = readConfig();
    const server = await startServer({
      hosts: await loadHosts(hosts),
      config: { ...config, logLevel: process.env['WIZAMART_LOG'] ? config.logLevel : 'warn' },
      database: { ...place, stop: async () => undefined },
    });
    return {
      ready: {
        type: 'ready',
        screen: startScreen(server, performance.now() - began),
        platforms: server.parts.tenants.platforms().length,
      },
      stop: () => server.stop(),
    };
  } catch (error) {
    return { ready: { type: 'failed', words: wordsFor(error) }, stop: async () => undefined };
  }
}
