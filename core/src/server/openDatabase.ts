import path from 'node:path';
import type { Config } from '../config/config.js';
import type { Logger } from 'pino';

/** Where the database is, and how to let it go. */
export interface OpenDatabase {
  /** Serves. */
  readonly appUrl: string;
  /** Migrates; undefined where this process may not. */
  readonly ownerUrl: string | undefined;
  /** For LISTEN and jobs: not through a pooler. */
  readonly directUrl: string;
  readonly isEmbedded: boolean;
  stop(): Promise<void>;
}

/** The server of DATABASE_URL, or the embedded one below the data folder. */
export async function openDatabase(config: Config, logger: Logger): Promise<OpenDatabase> {
  const { url, ownerUrl, directUrl } = config.database;
  if (url !== undefined) {
    return {
      appUrl: url,
      ownerUrl,
      directUrl: directUrl ?? url,
      isEmbedded: false,
      stop: async () => undefined,
    };
  }
  const { startEmbeddedPostgres } = await import('../database/embedded/startEmbeddedPostgres.js');
  const server = await startEmbeddedPostgres({
    directory: path.resolve(config.dataFolder, 'postgres'),
    log: (line) => {
      logger.info({ embedded: true }, line);
    },
  });
  return {
    appUrl: server.appUrl,
    ownerUrl: server.ownerUrl,
    directUrl: server.appUrl,
    isEmbedded: true,
    stop: () => server.stop(),
  };
}
