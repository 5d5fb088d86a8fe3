import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

export const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** A process that answers on a port of its own. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  /** From its start until the port answered. */
  readonly answersAfterMs: number;
  /** What it has used of the processors so far; where others use the machine too, this is what can be compared. */
  cpuMs(): number;
  /** Resident memory of the process. */
  megabytes(): number;
  stop(): Promise<void>;
}

/** The built server with all hosts: `wizamart start`. PROFILE=folder keeps what it spent its time on. */
export function startBuilt(
  env: Readonly<Record<string, string>>,
  hosts: readonly string[] = [],
): Promise<Running> {
  const folder = process.env['PROFILE'];
  return start(
    [
      ...(folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []),
      path.join(root, 'cli/dist/main.js'),
      'start',
      ...hosts,
    ],
    env,
  );
}

/** A script of `processes/`, which listens on PORT. */
export function startScript(name: string, env: Readonly<Record<string, string>>): Promise<Running> {
  return start(['--import', 'tsx/esm', path.join(root, 'bench/processes', name)], env);
}

async function start(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Running> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, WIZAMART_LOG: 'warn', ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-4000);
  });
  await untilAnswers(port, child, () => said);
  return {
    pid: child.pid as number,
    port,
    answersAfterMs: performance.now() - began,
    cpuMs: () => cpuMs(child.pid as number),
    megabytes: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    stop: () => stop(child),
  };
}

/** Ticks of 10 ms, all threads together. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function untilAnswers(port: number, child: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the process ended before it answered:\n${said()}`);
    if (await connects(port)) return;
    await pause(5);
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Below the ports that outgoing connections take. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    const server = net.createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => {
        resolve(false);
      });
      server.listen(port, '127.0.0.1', () => {
        server.close(() => {
          resolve(true);
        });
      });
    });
    if (isFree) return port;
  }
}
