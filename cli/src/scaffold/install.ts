import { spawnSync } from 'node:child_process';
import { CommandError } from '../errors.js';

/** Links new packages into the workspace, writes them into its lockfile and builds what is not built. */
export function installWorkspace(root: string): void {
  run(process.execPath, ['scripts/bootstrap.mjs', '--relock', '--build'], root);
}

export function installAlone(folder: string): void {
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CI: 'true' },
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  throw new CommandError(
    `the files are written, but '${command} ${args.join(' ')}' failed in ${cwd}${error ? ` (${error.message})` : ''}; run it again when the registry answers`,
  );
}
