import type { AuditEntry } from '../../../identity/audit/AuditEntry.js';
import type { TrailLine } from '../trail/trailLines.js';

interface FieldChange {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** One line of the trail as the template shows it. */
export const entryView = (entry: AuditEntry, line: TrailLine): Record<string, unknown> => ({
  ...line,
  changes: fieldChanges(entry),
});

/** The fields that a change named, dotted, from and to as text. */
function fieldChanges({ from, to }: Pick<AuditEntry, 'from' | 'to'>): FieldChange[] {
  const [before, after] = [flat(from), flat(to)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => before.get(field) !== after.get(field))
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }));
}

/** @param head labels of the six columns */
export const activityCsv = (
  head: readonly string[],
  entries: readonly AuditEntry[],
  lines: readonly TrailLine[],
): string =>
  [
    head,
    ...entries.map((entry, index) => [
      entry.occurredAt.toISOString(),
      lines[index]?.who ?? entry.actor.name,
      lines[index]?.text ?? '',
      entry.action,
      entry.subject.name ?? entry.subject.id,
      fieldChanges(entry)
        .map(({ field, from, to }) => `${field}: ${from ?? '–'} → ${to ?? '–'}`)
        .join('; '),
    ]),
  ]
    .map((cells) => cells.map(csvCell).join(','))
    .join('\r\n') + '\r\n';

/** Spreadsheets take a text that begins so for a formula. */
const csvCell = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const LONGEST = 400;
const DEEPEST = 6;

function flat(value: unknown): Map<string, string> {
  return new Map(typeof value === 'object' && value !== null ? fieldsOf(value, '', 0) : []);
}

function fieldsOf(value: object, prefix: string, depth: number): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, string][] => {
    const name = `${prefix}${key}`;
    if (inner === undefined || inner === null) return [];
    if (typeof inner === 'object' && !Array.isArray(inner) && depth < DEEPEST)
      return fieldsOf(inner, `${name}.`, depth + 1);
    const text = typeof inner === 'string' ? inner : JSON.stringify(inner);
    return [[name, text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text]];
  });
}
