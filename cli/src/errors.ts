import { DomainError, PluginError } from '@wizamart/core';
import { ConfigError, DatabaseError } from '@wizamart/core/server';
import { nearest } from './nearest.js';

/** The command was called in a way that it does not understand; the process ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command could not do what it was asked for, for a reason that people can mend; the process ends with 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Says that a thing does not exist, which one was perhaps meant, and which there are. */
export function unknown(kind: string, name: string, known: readonly string[]): UsageError {
  const meant = nearest(name, known);
  const there =
    known.length === 0
      ? 'there is none'
      : known.length <= 20
        ? `there are: ${known.join(', ')}`
        : `there are ${known.length} of them`;
  return new UsageError(
    `there is no ${kind} '${name}'${meant ? `; did you mean '${meant}'?` : ''} (${there})`,
  );
}

/** Words for people: expected failures without a stack, others with it. */
export function wordsFor(error: unknown): string {
  if (error instanceof ConfigError) return `Cannot start: ${error.message}`;
  if (error instanceof DatabaseError) return `${error.code}: ${error.problem}\n  fix: ${error.fix}`;
  if (error instanceof PluginError) return `${error.code} ${error.problem}\n  fix: ${error.fix}`;
  if (error instanceof DomainError) return `${error.code}: ${error.message}`;
  if (error instanceof UsageError || error instanceof CommandError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
