import { raw, type Raw } from '../../kernel/route.js';

/** Spreadsheets take a cell that starts like this for a formula, and run it. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** A file that spreadsheets open: a byte order mark, quoted cells, no formulas. */
export function csvFile(name: string, rows: readonly (readonly string[])[]): Raw {
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  return raw(`\uFEFF${text}\r\n`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}

const cell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
