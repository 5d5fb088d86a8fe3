/**
 * One life of the server under `wizamart dev`.
 *
 * Started ahead of time: loads the libraries, which do not change, and waits. Told to load, it reads the sources;
 * told to serve, it opens the port. Nothing of the sources may be imported before.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FromChild, ToChild } from './dev/messages.js';

const tell = (message: FromChild): void => {
  process.send?.(message);
};
const libraries = process.env['WIZAMART_DEV_CORE'];
let sources: Promise<typeof import('./dev/serve.js')> | undefined;
let stop: (() => Promise<void>) | undefined;

process.on('message', (message: ToChild) => {
  handle(message).catch((error: unknown) => {
    tell({ type: 'failed', words: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});
// The supervisor is gone.
process.on('disconnect', () => {
  void end();
});
// Ctrl-C reaches the whole group; the supervisor says when to stop.
process.on('SIGINT', () => undefined);

if (libraries) await loadLibraries(libraries);

async function handle(message: ToChild): Promise<void> {
  if (message.type === 'stop') return end();
  // `load` may come first or not at all.
  const { serve } = await (sources ??= import('./dev/serve.js'));
  if (message.type === 'serve') {
    const served = await serve(message);
    stop = served.stop;
    tell(served.ready);
  }
}

async function end(): Promise<void> {
  await stop?.();
  process.exit(0);
}

async function loadLibraries(core: string): Promise<void> {
  const require = createRequire(path.join(core, 'package.json'));
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(core, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies).filter((dependency) => !dependency.startsWith('@wizamart/'))) {
    try {
      await import(pathToFileURL(require.resolve(name)).href);
    } catch {
      // Loaded later, by whoever needs it, with its own error.
    }
  }
}
