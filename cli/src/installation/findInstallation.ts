import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '@wizamart/core/server';

/** Where the hosts of an installation are listed. */
export interface Installation {
  /** Folder of the package.json that lists them. */
  readonly folder: string;
  /** Names of packages, or paths beginning with `.`. */
  readonly hosts: readonly string[];
}

/** The nearest package.json at or above a folder that lists hosts. @throws {ConfigError} when there is none */
export function findInstallation(from = process.cwd()): Installation {
  for (const folder of upwards(from)) {
    const hosts = (manifestOf(folder) as { wizamart?: { hosts?: string[] } } | undefined)?.wizamart?.hosts;
    if (hosts && hosts.length > 0) return { folder, hosts };
  }
  throw new ConfigError(
    'no hosts are listed here; make one (npx wizamart new host <code>), or name those you have in a package.json: "wizamart": { "hosts": ["@wizamart/host-main"] }',
  );
}

/** The pnpm workspace that a folder lies in, so that new packages join it; undefined outside of one. */
export function findWorkspace(from = process.cwd()): string | undefined {
  for (const folder of upwards(from)) {
    if (existsSync(path.join(folder, 'pnpm-workspace.yaml')) && existsSync(path.join(folder, 'plugins')))
      return folder;
  }
  return undefined;
}

/** The package.json of a folder; undefined where there is none. */
export function manifestOf(folder: string): Manifest | undefined {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

export function* upwards(from: string): Generator<string> {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    yield folder;
    if (folder === path.dirname(folder)) return;
  }
}
