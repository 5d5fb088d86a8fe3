import type { Database } from '../database/Database.js';
import { uuidv7 } from '../database/uuid.js';
import type { Host } from '../kernel/host.js';
import { PluginError } from '../kernel/pluginError.js';
import { bareContext } from './bareContext.js';
import { parseInput } from '../errors/parseInput.js';
import { platformInput } from './tenantInputs.js';

type PlatformSeed = Pick<Host, 'code' | 'name' | 'domain' | 'theme' | 'languages'>;

/**
 * Makes a platform for each host that has none yet. What is there stays as administrators left it; several
 * processes may do this at once.
 *
 * @throws {PluginError} when another platform has the domain of a host
 */
export async function ensurePlatforms(
  database: Database,
  hosts: readonly PlatformSeed[],
  now: Date,
): Promise<void> {
  const there = await database.system((tx) =>
    tx.query<{ code: string; domain: string | null }>('select code, domain from core_platform'),
  );
  for (const host of hosts) {
    if (there.some(({ code }) => code === host.code)) continue;
    const other = there.find(({ domain }) => domain === host.domain);
    if (other) {
      throw new PluginError(
        'P601',
        host.code,
        `the domain '${host.domain}' of host '${host.code}' is that of the platform '${other.code}'`,
        'change the domain of one of them: in the host package, or in the admin',
      );
    }
    await addPlatform(database, host, now);
  }
}

async function addPlatform(database: Database, host: PlatformSeed, now: Date): Promise<void> {
  const { code, name, domain, theme, languages } = host;
  const platform = parseInput(platformInput, {
    code,
    name,
    domain,
    theme,
    host: code,
    defaultLanguage: languages.default,
    languages: [...languages.supported],
  });
  const id = uuidv7(now);
  await database.unit(bareContext({ platform: { id, code, name }, actor: 'core.install', now }), ({ tx }) =>
    tx.query(
      `insert into core_platform (id, code, name, domain, host, default_language, languages, theme, settings, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) on conflict do nothing`,
      [
        id,
        code,
        name,
        platform.domain,
        code,
        platform.defaultLanguage,
        platform.languages,
        JSON.stringify(platform.theme),
        JSON.stringify(platform.settings),
        now,
      ],
    ),
  );
}
