import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type DatabaseUser, mayEnter } from './databaseUser.js';

/** Where root keeps what the database's user cannot reach in the checkout; the second when the first is read-only. */
const sharedFolders = ['/var/lib/wizamart', '/var/tmp/wizamart'];

/**
 * The folder that really holds the cluster.
 *
 * It is the wanted one, unless the database's user cannot enter it (a checkout below /root): then it is a folder
 * below /var/lib/wizamart, and `location.json` in the wanted folder says which. Whoever deletes the wanted folder
 * starts with an empty database; whoever moves it takes the database along.
 */
export function dataDirectory(wanted: string, user: DatabaseUser | undefined): string {
  fs.mkdirSync(wanted, { recursive: true });
  // A running server is told from a stale pid file by its folder: one folder must have one name.
  const real = fs.realpathSync(wanted);
  if (!user || mayEnter(user, real)) return real;
  const note = path.join(real, 'location.json');
  if (!fs.existsSync(note)) {
    const directory = path.join(sharedFolder(), `data-${randomBytes(6).toString('hex')}`);
    publishOnce(
      note,
      `${JSON.stringify({ directory, why: 'The database user cannot enter this folder.' }, null, 2)}\n`,
    );
  }
  const { directory } = JSON.parse(fs.readFileSync(note, 'utf8')) as { directory: string };
  fs.mkdirSync(directory, { recursive: true, mode: 0o755 });
  return directory;
}

/** A folder of root that every user may enter and only root may write to. */
export function sharedFolder(): string {
  for (const directory of sharedFolders) {
    try {
      fs.mkdirSync(directory, { recursive: true, mode: 0o755 });
    } catch {
      continue;
    }
    // /var/tmp is open to all: a folder made by somebody else there may hold anything.
    if (fs.lstatSync(directory).isDirectory() && fs.statSync(directory).uid === 0) return directory;
  }
  throw new Error(
    `None of ${sharedFolders.join(', ')} can be used: name an enterable folder in WIZAMART_DATA.`,
  );
}

/** Writes a file whole or not at all; of several writers the first wins. */
function publishOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(3).toString('hex')}`;
  fs.writeFileSync(draft, text);
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(draft);
  }
}
