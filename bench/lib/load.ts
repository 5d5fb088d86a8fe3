import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Load, LoadResult, Target } from './loadTypes.js';
import { ownLoad } from './ownLoad.js';

const run = promisify(execFile);

const WRK = 'wrk';
const hasWrk = spawnSync(WRK, ['--version']).error === undefined;

/** Asks for one page again and again with wrk, or, where it is not installed, with a client of our own. */
export async function load(target: Target, { clients, seconds }: Load): Promise<LoadResult> {
  if (!hasWrk) return ownLoad(target, { clients, seconds });
  const { stdout } = await run(WRK, [
    '-t1',
    `-c${clients}`,
    `-d${seconds}s`,
    '--latency',
    '-H',
    `Host: ${target.host}`,
    `http://127.0.0.1:${target.port}${target.path}`,
  ]);
  if (/Non-2xx|Socket errors/.test(stdout))
    throw new Error(`not all requests were answered well:\n${stdout}`);
  return { perSecond: numberIn(stdout, /Requests\/sec:\s+([\d.]+)/), p50Ms: milliseconds(stdout) };
}

function numberIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`wrk printed something unexpected:\n${text}`);
  return Number(found);
}

function milliseconds(text: string): number {
  const [, value, unit] = /50%\s+([\d.]+)(us|ms|s)/.exec(text) ?? [];
  return Number(value) * (unit === 'us' ? 0.001 : unit === 's' ? 1000 : 1);
}
