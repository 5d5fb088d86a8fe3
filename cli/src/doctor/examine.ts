import { ConfigError, readConfig, type Config } from '@wizamart/core/server';
import type { Host } from '@wizamart/core';
import { loadHosts } from '../installation/loadHosts.js';
import { ownPackages } from '../installation/packages.js';
import { wordsFor } from '../errors.js';
import { checkComposition } from './checkComposition.js';
import { checkDatabase } from './checkDatabase.js';
import { checkDomains } from './checkDomains.js';
import { checkImports } from './checkImports.js';
import { checkDuplicates, checkNode, checkPeers, checkVersions } from './checkPackages.js';
import { checkChromium, checkDataFolder, checkSecret } from './checkPlace.js';
import { error, type Finding } from './Finding.js';

/** Looks at everything that can be wrong with an installation; a check that cannot be made is a finding itself. */
export async function examine(options: { readonly dns: boolean }): Promise<Finding[]> {
  const findings: Finding[] = [];
  const look = async <Value>(
    check: string,
    work: () => Value | Promise<Value>,
  ): Promise<Value | undefined> => {
    try {
      return await work();
    } catch (cause) {
      findings.push(error(check, wordsFor(cause), 'mend that first; what depends on it was not looked at'));
      return undefined;
    }
  };
  const add = async (
    check: string,
    work: () => readonly Finding[] | Promise<readonly Finding[]>,
  ): Promise<void> => {
    findings.push(...((await look(check, work)) ?? []));
  };

  const packages = await look('packages', () => ownPackages());
  if (packages) {
    for (const check of [checkNode, checkVersions, checkDuplicates, checkPeers, checkImports])
      await add('packages', () => check(packages));
  }
  const hosts = await look<Host[]>('hosts', () => loadHosts());
  if (hosts) await add('composition', () => checkComposition(hosts));
  const config = configuration(findings);
  if (config) {
    await add('data-folder', () => checkDataFolder(config));
    await add('secret', () => checkSecret(config));
    const isSound = !findings.some(
      ({ level, check }) => level === 'error' && ['composition', 'cycle'].includes(check),
    );
    if (hosts && isSound) await add('database', () => checkDatabase(hosts, config));
    if (hosts && (options.dns || config.environment === 'production'))
      await add('dns', () => checkDomains(hosts));
    if (config.environment !== 'production') await add('chromium', () => checkChromium());
  }
  return findings;
}

function configuration(findings: Finding[]): Config | undefined {
  try {
    return readConfig();
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    const [problem = '', ...fix] = cause.message.split('\n');
    findings.push(
      error(
        problem.includes('WIZAMART_SECRET') ? 'secret' : 'configuration',
        problem,
        fix.map((line) => line.trim()).join('\n') || 'see docs/guides/configuration.md',
      ),
    );
    return undefined;
  }
}
