import type { z } from 'zod';
import type { FieldError } from './defineError.js';

type Issue = z.core.$ZodIssue;

/** One entry per field of a failed check; unknown keys each get their own. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => entriesOf(issue, []));
}

function entriesOf(issue: Issue, parents: readonly PropertyKey[]): FieldError[] {
  const at = [...parents, ...issue.path];
  const path = at.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: issue.message }));
  const nearest = issue.code === 'invalid_union' ? nearestOf(issue.errors) : undefined;
  if (nearest) return nearest.flatMap((inner) => entriesOf(inner, at));
  return [{ path, message: issue.message }];
}

/** Of several alternatives the one that was meant: the first whose kind of value was right. */
const nearestOf = (alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  alternatives.find(
    (issues) =>
      issues.length > 0 &&
      issues.every(
        ({ code, path }) => path.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value'),
      ),
  );
