import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { postgresBinaries } from './binaries.js';
import { type DatabaseUser, databaseUser } from './databaseUser.js';
import { dataDirectory } from './places.js';

/** A database cluster on disk and what is needed to run it. */
export interface Cluster {
  /** Holds `data/`, `credentials.json` and `postgres.log`. */
  directory: string;
  /** PostgreSQL's own data folder. */
  data: string;
  /** The folder with PostgreSQL's `bin`. */
  binaries: string;
  user: DatabaseUser | undefined;
  credentials: Credentials;
  /** This call made it. */
  created: boolean;
}

/** Passwords of the three login roles. */
export interface Credentials {
  postgres: string;
  owner: string;
  app: string;
}

/** What the server and initdb see of the environment; LC_ALL=C keeps their messages in English. */
export const serverEnvironment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/**
 * Opens the cluster in a folder, or makes it.
 *
 * Several processes may do so at once: each makes its own in a private folder, and the first to rename it wins.
 */
export async function openCluster(
  wanted: string,
  fast: boolean,
  log: (line: string) => void,
): Promise<Cluster> {
  const home = dataDirectory(path.resolve(wanted), databaseUser(path.resolve(wanted, 'cluster')));
  const directory = path.join(home, 'cluster');
  const user = databaseUser(directory);
  const binaries = postgresBinaries(user, home);
  let created = false;
  if (!fs.existsSync(directory)) {
    log(`creating a database in ${directory}`);
    created = await createCluster(home, directory, binaries, user, fast);
  }
  return {
    directory,
    data: path.join(directory, 'data'),
    binaries,
    user,
    credentials: readCredentials(directory),
    created,
  };
}

/** @returns false when another process was first */
async function createCluster(
  home: string,
  directory: string,
  binaries: string,
  user: DatabaseUser | undefined,
  fast: boolean,
): Promise<boolean> {
  removeAbandoned(home);
  const draft = path.join(home, `cluster.new-${process.pid}-${randomBytes(3).toString('hex')}`);
  fs.mkdirSync(draft, { mode: 0o700 });
  const credentials = { postgres: newPassword(), owner: newPassword(), app: newPassword() };
  const passwordFile = path.join(draft, 'password');
  fs.writeFileSync(passwordFile, `${credentials.postgres}\n`, { mode: 0o600 });
  fs.writeFileSync(path.join(draft, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 });
  if (user) {
    for (const file of [draft, passwordFile, path.join(draft, 'credentials.json')])
      fs.chownSync(file, user.uid, user.gid);
  }
  try {
    await initdb(binaries, path.join(draft, 'data'), passwordFile, user, fast);
    fs.rmSync(passwordFile);
    return publish(draft, directory);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

async function initdb(
  binaries: string,
  data: string,
  passwordFile: string,
  user: DatabaseUser | undefined,
  fast: boolean,
): Promise<void> {
  const options = [
    ...['--pgdata', data, '--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    // The builtin provider: no locale of the system is needed, and lower('Ä') is 'ä'.
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...(fast ? ['--no-sync'] : []),
  ];
  try {
    await promisify(execFile)(path.join(binaries, 'bin/initdb'), options, {
      env: serverEnvironment,
      cwd: '/',
      ...user,
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const words = stderr?.trim() || message;
    const hint = words.includes('user does not exist')
      ? '. PostgreSQL runs only as a user with an entry in /etc/passwd: run as one, or name a server in DATABASE_URL.'
      : '';
    throw new Error(`The database could not be created in ${data}: ${words}${hint}`, { cause: error });
  }
}

function publish(draft: string, directory: string): boolean {
  try {
    fs.renameSync(draft, directory);
    return true;
  } catch (error) {
    if (fs.existsSync(path.join(directory, 'credentials.json'))) return false;
    throw error;
  }
}

/** Drafts of processes that were killed while they made them. */
function removeAbandoned(home: string): void {
  for (const name of fs.readdirSync(home)) {
    const [, pid] = /^cluster\.new-(\d+)-/.exec(name) ?? [];
    if (pid && !processExists(Number(pid)))
      fs.rmSync(path.join(home, name), { recursive: true, force: true });
  }
}

function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readCredentials(directory: string): Credentials {
  try {
    return JSON.parse(fs.readFileSync(path.join(directory, 'credentials.json'), 'utf8')) as Credentials;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'EACCES'
        ? `belongs to another user (uid ${fs.statSync(directory).uid})`
        : 'is damaged: its credentials.json cannot be read';
    throw new Error(
      `The database in ${directory} ${why}. Run as that user, or name another folder in WIZAMART_DATA.`,
      {
        cause,
      },
    );
  }
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
