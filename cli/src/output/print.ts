import { withoutColours } from './paint.js';

/** Writes one line, or several, to standard output. */
export function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Writes a value as JSON: for programmes, so nothing else is printed beside it. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/**
 * Writes rows in columns as wide as their contents.
 *
 * @param heads headings of the columns
 */
export function printTable(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heads.map((head, i) => Math.max(...[head, ...rows.map((row) => row[i] ?? '')].map(widthOf)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd();
  print(line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line));
}

const widthOf = (text: string): number => withoutColours(text).length;
