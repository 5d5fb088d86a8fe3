import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Cluster, serverEnvironment } from './cluster.js';
import { freePort } from './freePort.js';
import { isServerOf, readPostmaster, removeStalePidFile } from './postmaster.js';

/** Recovery after a crash may take long; a server that says nothing for this long will not come up. */
const startLimitMs = 60_000;
const pollMs = 10;
const logLimitBytes = 5_000_000;

export interface ServerSettings {
  /** Gives up durability: a crash of the machine may lose the cluster. For tests. */
  fast: boolean;
  maxConnections: number;
}

export interface RunningServer {
  pid: number;
  port: number;
  /** It ran before this call, or another process started it at the same moment. */
  adopted: boolean;
}

/** Finds the server of a cluster, or starts it; it accepts connections when the promise resolves. */
export async function ensureServer(cluster: Cluster, settings: ServerSettings): Promise<RunningServer> {
  const deadline = performance.now() + startLimitMs;
  let complaint = 'it did not become ready';
  for (let attempt = 0; performance.now() < deadline;) {
    const postmaster = readPostmaster(cluster.data);
    if (!postmaster) {
      const outcome = await launch(cluster, settings, attempt, deadline);
      if (typeof outcome !== 'string') return outcome;
      complaint = outcome;
      // The server before this one is gone from its pid file, but its last process has not let go yet: wait for it.
      if (!outcome.includes('pre-existing shared memory block') && ++attempt >= 10) break;
    } else if (!isServerOf(cluster.data, postmaster.pid)) {
      removeStalePidFile(cluster.data, postmaster);
      continue;
    } else if (postmaster.ready) {
      return { pid: postmaster.pid, port: postmaster.port, adopted: true };
    }
    // Another process's server is on its way up or down.
    await delay(pollMs);
  }
  throw new Error(`PostgreSQL in ${cluster.directory} did not start: ${complaint}`);
}

/** Asks a server to end its connections and stop, and waits until it has. */
export async function stopServer(cluster: Cluster, pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  const deadline = performance.now() + startLimitMs;
  while (isServerOf(cluster.data, pid) && performance.now() < deadline) await delay(pollMs);
}

/** @returns what went wrong, in the server's own words, when it did not come up */
async function launch(
  cluster: Cluster,
  settings: ServerSettings,
  attempt: number,
  deadline: number,
): Promise<RunningServer | string> {
  const port = await freePort(cluster.directory, attempt);
  const log = openLog(path.join(cluster.directory, 'postgres.log'));
  const child = spawnServer(cluster, settings, port, log.descriptor);
  fs.closeSync(log.descriptor);
  const failed = endOf(child);
  while (performance.now() < deadline) {
    const postmaster = readPostmaster(cluster.data);
    if (postmaster?.ready && postmaster.pid === child.pid)
      return { pid: postmaster.pid, port, adopted: false };
    const reason = await Promise.race([failed, delay(pollMs)]);
    if (reason !== undefined) return log.sinceOpened() || reason;
  }
  return log.sinceOpened();
}

function spawnServer(
  cluster: Cluster,
  { fast, maxConnections }: ServerSettings,
  port: number,
  log: number,
): ChildProcess {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '64MB',
    timezone: 'UTC',
    jit: 'off',
    ...(fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(path.join(cluster.binaries, 'bin/postgres'), ['-D', cluster.data, ...options], {
    env: serverEnvironment,
    cwd: '/',
    // An own session: Ctrl-C in the terminal must reach the application first, which then stops the server.
    detached: true,
    stdio: ['ignore', log, log],
    ...cluster.user,
  });
  child.unref();
  return child;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
}

function openLog(file: string): { descriptor: number; sinceOpened(): string } {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logLimitBytes) fs.renameSync(file, `${file}.1`);
  const begin = size > logLimitBytes ? 0 : size;
  return {
    descriptor: fs.openSync(file, 'a', 0o600),
    sinceOpened: () => fs.readFileSync(file).subarray(begin).toString('utf8').trim(),
  };
}
