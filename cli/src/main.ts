#!/usr/bin/env node
import './navigatorOfNode.js';
import { runCli } from './runCli.js';

// Who reads may have read enough: `wizamart routes | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await runCli(process.argv.slice(2));
