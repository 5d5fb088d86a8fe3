import type { z } from 'zod';
import type { FieldError } from './defineError.js';

/** One entry per field of a failed check; unknown keys each get their own. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: path ? `${path}.${key}` : key,
        message: 'This field is not known here; take it out.',
      }));
    }
    return [{ path, message: issue.message }];
  });
}
