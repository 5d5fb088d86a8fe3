import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findInstallation, manifestOf } from './findInstallation.js';
import { runsFromSources, sourceRun } from './sources.js';

/**
 * Runs the same command once more on TypeScript sources, when there are some and this process runs what was built.
 *
 * @returns its exit code; undefined where this process has to do it itself
 */
export async function rerunFromSources(): Promise<number | undefined> {
  if (runsFromSources() || !hasSources()) return undefined;
  const { execArgv, main } = sourceRun();
  const child = spawn(process.execPath, [...execArgv, main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      child.kill(signal);
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** A workspace, or a package of one's own that offers its sources. */
function hasSources(): boolean {
  const { folder, hosts } = findInstallation();
  if (existsSync(path.join(folder, 'pnpm-workspace.yaml'))) return true;
  return hosts.some((host) => {
    const entry = host.startsWith('.') ? manifestOf(path.resolve(folder, host))?.exports?.['.'] : undefined;
    return typeof entry === 'object' && entry !== null && 'source' in entry;
  });
}
