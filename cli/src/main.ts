#!/usr/bin/env node
import './navigatorOfNode.js';

// Who reads may have read enough: `wizamart routes | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

// What it imports would else be loaded before this line.
const { runCli } = await import('./runCli.js');
process.exitCode = await runCli(process.argv.slice(2));
