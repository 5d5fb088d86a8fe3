import { ConfigError, DatabaseError } from '@wizamart/core/server';
import { PluginError } from '@wizamart/core';

/** Runs a command; expected failures are told in words, others with their stack. The process then ends with 1. */
export async function failWell(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`\n${wordsFor(error)}\n\n`);
    process.exitCode = 1;
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof ConfigError) return `Cannot start: ${error.message}`;
  if (error instanceof DatabaseError) return `${error.code}: ${error.problem}\n\n${error.fix}`;
  if (error instanceof PluginError) return `${error.code} ${error.problem}\n  fix: ${error.fix}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
