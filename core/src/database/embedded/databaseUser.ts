import fs from 'node:fs';
import path from 'node:path';

/** The system user that PostgreSQL runs as. */
export interface DatabaseUser {
  uid: number;
  gid: number;
}

/**
 * Chooses the system user for the server: PostgreSQL refuses to run as root.
 *
 * @param cluster folder of an existing cluster, whose owner goes on running it
 * @returns undefined when the server runs as the user of this process
 */
export function databaseUser(cluster: string): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = fs.statSync(cluster, { throwIfNoEntry: false });
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const user = systemUser('postgres') ?? systemUser('nobody');
  if (!user)
    throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.');
  return user;
}

/** Whether a user gets into a folder, or could once it is made in its nearest existing parent. */
export function mayEnter(user: DatabaseUser, directory: string): boolean {
  const parent = path.dirname(directory);
  const stats = fs.statSync(directory, { throwIfNoEntry: false });
  if (stats && !hasSearchBit(user, stats)) return false;
  return parent === directory || mayEnter(user, parent);
}

function hasSearchBit({ uid, gid }: DatabaseUser, stats: fs.Stats): boolean {
  const bit = stats.uid === uid ? 0o100 : stats.gid === gid ? 0o010 : 0o001;
  return (stats.mode & bit) !== 0;
}

function systemUser(name: string): DatabaseUser | undefined {
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
