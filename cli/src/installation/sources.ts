import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CommandError } from '../errors.js';
import { packageRoot } from '../packageRoot.js';
import { findInstallation } from './findInstallation.js';

/** Whether packages are loaded from their TypeScript sources in this process. */
export function runsFromSources(): boolean {
  return process.execArgv.some((word) => word.includes('conditions=source'));
}

/** How Node runs TypeScript sources, and the file that is this command then. */
export interface SourceRun {
  readonly execArgv: readonly string[];
  readonly main: string;
}

/**
 * How to run this command on sources: with tsx, and with each package's `source` entry where it has one.
 *
 * @throws {CommandError} when tsx is not installed
 */
export function sourceRun(from = process.cwd()): SourceRun {
  const root = fileURLToPath(packageRoot);
  const source = path.join(root, 'src/main.ts');
  return {
    execArgv: [
      '--import',
      pathToFileURL(tsxFrom([findInstallation(from).folder, root])).href,
      '--conditions=source',
    ],
    main: existsSync(source) ? source : path.join(root, 'dist/main.js'),
  };
}

function tsxFrom(folders: readonly string[]): string {
  for (const folder of folders) {
    try {
      return createRequire(path.join(folder, 'package.json')).resolve('tsx/esm');
    } catch {
      // Perhaps the next one has it.
    }
  }
  throw new CommandError(
    'tsx is not installed, which runs TypeScript sources; run: npm install --save-dev tsx',
  );
}
