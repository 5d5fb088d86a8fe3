import { align } from './align.js';
import { readableHtml } from './readableHtml.js';
import { textParts } from './textParts.js';
import type { FieldDiff } from './types.js';

type Values = Readonly<Record<string, unknown>>;

/** The values that differ, however deep they stand. @param before undefined: everything came; the same for `after` */
export function fieldDiffs(before: Values | undefined, after: Values | undefined, path = ''): FieldDiff[] {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  keys.delete('type');
  return [...keys].flatMap((key) => valueDiffs(key, before?.[key], after?.[key], path + key));
}

function valueDiffs(key: string, before: unknown, after: unknown, path: string): FieldDiff[] {
  if (isList(before) || isList(after)) {
    const lists = [isList(before) ? before : [], isList(after) ? after : []] as const;
    return align(lists[0], lists[1], () => true).flatMap((pair) =>
      fieldDiffs(pair.before?.item, pair.after?.item, `${path}.${(pair.after ?? pair.before)?.place}.`),
    );
  }
  if (isObject(before) || isObject(after))
    return fieldDiffs(isObject(before) ? before : undefined, isObject(after) ? after : undefined, `${path}.`);
  const [left, right] = [readable(key, before), readable(key, after)];
  return left === right ? [] : [{ path, parts: textParts(left, right) }];
}

/** A value as text: lists of texts line by line, rows of a table with `|` between their cells. */
function readable(key: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value))
    return value.map((entry) => (Array.isArray(entry) ? entry.join(' | ') : String(entry))).join('\n');
  if (typeof value === 'boolean') return value ? '✓' : '–';
  return key === 'html' ? readableHtml(String(value)) : String(value as string | number);
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly Values[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);
