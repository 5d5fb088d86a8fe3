import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a process that migrates a database; with mode `slow` its second migration takes 30 s. */
export function migrateProcess(ownerUrl: string, mode = ''): ChildProcess {
  const file = fileURLToPath(new URL('./migrateProcess.fixture.ts', import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx/esm', '--conditions=source', file, ownerUrl, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What a process printed, once it has ended well. */
export async function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 0, text);
  return text;
}
