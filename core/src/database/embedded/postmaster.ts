import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** What `postmaster.pid` says about the server of a data folder. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Accepts connections. */
  ready: boolean;
  /** The file as read, to recognise it again. */
  text: string;
}

/** Reads `postmaster.pid`; undefined when there is none, or none that is complete yet. */
export function readPostmaster(data: string): Postmaster | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready', text };
}

/**
 * Whether a process is the server of a data folder.
 *
 * A living process is not enough: after a restart of the machine or container the number often belongs to
 * somebody else, and PostgreSQL itself would then refuse to start.
 */
export function isServerOf(data: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  const command = commandLine(pid);
  return command === undefined || command.includes(data);
}

/**
 * Removes a `postmaster.pid` that belongs to no server.
 *
 * Another process may have started a server since the file was read: the file is moved aside, looked at, and
 * put back when it is no longer the stale one.
 */
export function removeStalePidFile(data: string, stale: Postmaster): void {
  const file = path.join(data, 'postmaster.pid');
  const aside = `${file}.stale-${process.pid}-${randomBytes(3).toString('hex')}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (fs.readFileSync(aside, 'utf8') !== stale.text) fs.linkSync(aside, file);
  fs.rmSync(aside);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Undefined where the system does not tell; empty for a process that has ended but is not reaped. */
function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : undefined;
    }
  }
  if (process.platform === 'win32') return undefined;
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}
