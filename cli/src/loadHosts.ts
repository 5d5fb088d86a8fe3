import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Host } from '@wizamart/core';
import { ConfigError } from '@wizamart/core/server';

/** Where the hosts of an installation are listed. */
interface Installation {
  /** Folder of the package.json that lists them. */
  readonly folder: string;
  readonly hosts: readonly string[];
}

/**
 * The hosts that the nearest package.json lists under `wizamart.hosts`: names of packages, or paths beginning with `.`.
 *
 * @param wanted codes of hosts; empty means all
 * @throws {ConfigError} when nothing is listed, a host cannot be loaded, or a code is unknown
 */
export async function loadHosts(wanted: readonly string[] = [], from = process.cwd()): Promise<Host[]> {
  const installation = findInstallation(from);
  const hosts: Host[] = [];
  for (const name of installation.hosts) hosts.push(await loadHost(installation, name));
  for (const code of wanted) {
    if (!hosts.some((host) => host.code === code)) {
      throw new ConfigError(`there is no host '${code}'; there are: ${hosts.map((host) => host.code).join(', ')}`);
    }
  }
  return wanted.length === 0 ? hosts : hosts.filter((host) => wanted.includes(host.code));
}

function findInstallation(from: string): Installation {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) {
      const hosts = (JSON.parse(readFileSync(file, 'utf8')) as { wizamart?: { hosts?: string[] } }).wizamart?.hosts;
      if (hosts && hosts.length > 0) return { folder, hosts };
    }
    if (folder === path.dirname(folder)) {
      throw new ConfigError('no hosts are listed here; add them to a package.json: "wizamart": { "hosts": ["@wizamart/host-main"] }');
    }
  }
}

async function loadHost({ folder }: Installation, name: string): Promise<Host> {
  const require = createRequire(path.join(folder, 'package.json'));
  let file: string;
  try {
    file = require.resolve(name);
  } catch {
    throw new ConfigError(`the host package '${name}' is not installed in ${folder}; run: npm install ${name}`);
  }
  const module = (await import(pathToFileURL(file).href)) as { default?: Host };
  if (!module.default || !Array.isArray(module.default.plugins)) {
    throw new ConfigError(`the package '${name}' has no host as its default export; write: export default defineHost({ … })`);
  }
  return module.default;
}
