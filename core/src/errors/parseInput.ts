import type { z } from 'zod';
import { InvalidInput } from './common.js';
import type { FieldError } from './defineError.js';
import { fieldErrors } from './fieldErrors.js';
import { issueSentence } from './issueSentence.js';

/** Checks what a caller gave. @throws {InvalidInput} with one entry per field */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const checked = tryInput(schema, input);
  if ('data' in checked) return checked.data;
  throw new InvalidInput({ errors: checked.errors });
}

/** Checks what a caller gave, and answers what is wrong with it: sentences that have translations. */
export function tryInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): { readonly data: z.output<Schema> } | { readonly errors: readonly FieldError[] } {
  const parsed = schema.safeParse(input, { error: issueSentence });
  return parsed.success ? { data: parsed.data } : { errors: fieldErrors(parsed.error) };
}
