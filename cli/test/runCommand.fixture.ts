import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const workspace = fileURLToPath(new URL('../../', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command from its sources, as a person without a terminal would. @param change variables of the environment */
export function runCommand(
  words: readonly string[],
  change: Readonly<Record<string, string>> = {},
  cwd = workspace,
): Promise<Ran> {
  const tsx = import.meta.resolve('tsx/esm');
  const {
    NODE_ENV: _test,
    NO_COLOR: _none,
    DATABASE_URL: _url,
    DATABASE_OWNER_URL: _owner,
    ...environment
  } = process.env;
  const child = spawn(process.execPath, ['--import', tsx, '--conditions=source', main, ...words], {
    cwd,
    env: { ...environment, ...change },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
  });
}
