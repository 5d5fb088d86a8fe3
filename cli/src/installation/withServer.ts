import type { PlatformRecord, TenantContext } from '@wizamart/core';
import { makeLogger, openDatabase, readConfig, startServer, type RunningServer } from '@wizamart/core/server';
import { unknown } from '../errors.js';
import { loadHosts } from './loadHosts.js';

/**
 * Brings everything up but the port and the jobs, does the work, and takes it down again.
 *
 * A command that looks must not migrate somebody's database: with DATABASE_URL, migrations that are pending are an
 * error here that names the way out. The embedded database is brought up to date, as a start does.
 */
export async function withServer<Result>(work: (server: RunningServer) => Promise<Result>): Promise<Result> {
  const config = { ...readConfig(), logLevel: 'warn' };
  const logger = makeLogger({ logLevel: 'warn' });
  const place = await openDatabase(config, logger);
  const server = await startServer({
    hosts: await loadHosts(),
    config: { ...config, demo: config.demo && place.isEmbedded },
    logger,
    database: place.isEmbedded ? place : { ...place, ownerUrl: undefined },
    listen: false,
    jobs: false,
  });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** The platform of a code. @throws {UsageError} with the nearest one */
export function platformOf(server: RunningServer, code: string): PlatformRecord {
  const platform = server.parts.tenants.platformByCode(code);
  if (platform) return platform;
  throw unknown(
    'platform',
    code,
    server.parts.tenants.platforms().map((known) => known.code),
  );
}

/** Runs work for one platform, as the system itself. */
export function withPlatform<Result>(
  code: string,
  name: string,
  work: (server: RunningServer, ctx: TenantContext) => Promise<Result>,
): Promise<Result> {
  return withServer((server) =>
    work(server, server.contexts.forSystem(`wizamart ${name}`, platformOf(server, code))),
  );
}
