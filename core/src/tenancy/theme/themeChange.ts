import type { Theme } from './themeSchema.js';

/** The fields in which two themes differ, dotted, for the audit trail; null stands for the platform's theme. */
export function themeChange(
  from: Theme | null,
  to: Theme | null,
): { readonly from: Record<string, unknown>; readonly to: Record<string, unknown> } {
  const [before, after] = [flat(from), flat(to)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => before[name] !== after[name],
  );
  const pick = (all: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
  return { from: pick(before), to: pick(after) };
}

function flat(theme: Theme | null): Record<string, unknown> {
  if (theme === null) return { theme: null };
  return Object.fromEntries(fieldsOf(theme, ''));
}

const fieldsOf = (value: object, prefix: string): [string, unknown][] =>
  Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null
      ? fieldsOf(inner, `${prefix}${key}.`)
      : [[`${prefix}${key}`, inner] as [string, unknown]],
  );
