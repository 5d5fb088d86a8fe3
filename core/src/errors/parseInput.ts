import type { z } from 'zod';
import { InvalidInput } from './common.js';
import { fieldErrors } from './fieldErrors.js';

/** Checks what a caller gave. @throws {InvalidInput} with one entry per field */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidInput({ errors: fieldErrors(parsed.error) });
}
