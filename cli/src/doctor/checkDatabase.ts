import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Host } from '@wizamart/core';
import {
  makeLogger,
  DatabaseError,
  databaseRoleFault,
  unappliedMigrations,
  type Config,
} from '@wizamart/core/server';
import { error, ok, warning, type Finding } from './Finding.js';

/** The roles fit, and the schema is what the plugins need. Reads only; the embedded server is started when there is one. */
export async function checkDatabase(hosts: readonly Host[], config: Config): Promise<Finding[]> {
  if (config.database.url === undefined && !existsSync(path.resolve(config.dataFolder, 'postgres'))) {
    return [
      ok(
        'database',
        `no embedded database in ${path.resolve(config.dataFolder)} yet; the first start makes it, with its roles`,
      ),
    ];
  }
  try {
    return [...(await checkRoles(config)), ...(await checkMigrations(hosts, config))];
  } catch (cause) {
    if (cause instanceof DatabaseError)
      return [error('database', `${cause.code}: ${cause.problem}`, cause.fix)];
    throw cause;
  }
}

async function checkRoles(config: Config): Promise<Finding[]> {
  const fault = await databaseRoleFault(config);
  if (fault) return [error('database-roles', fault.problem, fault.fix)];
  return [
    ok(
      'database-roles',
      config.database.url === undefined
        ? 'the embedded database makes its roles itself'
        : 'DATABASE_URL may serve: its role is neither superuser nor owner, and is a member of the group roles',
    ),
  ];
}

async function checkMigrations(hosts: readonly Host[], config: Config): Promise<Finding[]> {
  const pending = await unappliedMigrations(hosts, config, makeLogger({ logLevel: 'silent' }));
  if (pending.length === 0) return [ok('migrations', 'nothing is pending')];
  const names = pending
    .slice(0, 5)
    .map(({ plugin, name }) => `${plugin}/${name}`)
    .join(', ');
  const message = `${pending.length} migrations are pending: ${names}${pending.length > 5 ? ', …' : ''}`;
  if (config.database.url === undefined) return [ok('migrations', `${message}; the next start applies them`)];
  return config.database.ownerUrl === undefined
    ? [error('migrations', message, 'DATABASE_OWNER_URL=… npx wizamart migrate')]
    : [warning('migrations', message, 'npx wizamart migrate, or start')];
}
