import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the hosts of this workspace are listed. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command `wizamart` to its end, with nothing of this process's environment but what finds node. */
export function wizamart(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder = ROOT,
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx/esm'), '--conditions=source', `${ROOT}cli/src/main.ts`, ...words],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'development', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  // One that comes up, although it should not, must not stay.
  const timer = setTimeout(() => child.kill('SIGKILL'), 55_000);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
