import { MalformedRequest } from '../errors/common.js';

type Nested = { [key: string]: unknown };

const MAX_INDEX = 500;

/**
 * Turns form fields into an object: `title=A` → `{ title: 'A' }`, `body.0.text=B` → `{ body: [{ text: 'B' }] }`,
 * a repeated name becomes a list. Gaps in a list are closed.
 *
 * @throws {MalformedRequest} for names that would reach into the object's own machinery or are too deep
 */
export function formFields(fields: Iterable<readonly [string, string]>): Nested {
  const root = Object.create(null) as Nested;
  for (const [name, value] of fields) assign(root, pathOf(name), value);
  return compact(root) as Nested;
}

function pathOf(name: string): string[] {
  const path = name.split('.');
  if (
    path.length > 8 ||
    path.some((key) => key === '' || key === '__proto__' || key === 'constructor' || key === 'prototype')
  ) {
    throw new MalformedRequest({ reason: `The field name '${name.slice(0, 80)}' is not valid.` });
  }
  return path;
}

function assign(root: Nested, path: readonly string[], value: string): void {
  let at = root;
  for (const key of path.slice(0, -1)) {
    const next = at[key] ?? (at[key] = Object.create(null) as Nested);
    if (typeof next !== 'object' || Array.isArray(next))
      throw new MalformedRequest({ reason: `The field '${path.join('.')}' clashes with '${key}'.` });
    at = next as Nested;
  }
  const key = path.at(-1) as string;
  const known = at[key];
  if (known === undefined) at[key] = value;
  else if (Array.isArray(known)) known.push(value);
  else if (typeof known === 'string') at[key] = [known, value];
  else throw new MalformedRequest({ reason: `The field '${path.join('.')}' clashes with '${key}'.` });
}

function compact(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, compact(value)] as const);
  if (entries.length === 0 || !entries.every(([key]) => /^\d+$/.test(key)))
    return Object.fromEntries(entries);
  if (entries.some(([key]) => Number(key) > MAX_INDEX))
    throw new MalformedRequest({ reason: `A list in the form has more than ${MAX_INDEX} entries.` });
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}
