import type { FormEntryRow } from './FormEntryRow.js';

/** A table of messages: one column per question that any of them answers. With a byte order mark, as spreadsheets want it. */
export function entriesCsv(entries: readonly FormEntryRow[]): string {
  const labels = [...new Set(entries.flatMap(({ answers }) => answers.map(({ label }) => label)))];
  const rows = entries.map(({ sentAt, slug, language, email, answers }) => [
    sentAt.toISOString(),
    slug,
    language,
    email ?? '',
    ...labels.map((label) =>
      answers
        .filter((answer) => answer.label === label)
        .map(({ value }) => value)
        .join('; '),
    ),
  ]);
  return `\uFEFF${[['sentAt', 'page', 'language', 'email', ...labels], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Spreadsheets take a cell that starts like this for a formula, and run it. */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
