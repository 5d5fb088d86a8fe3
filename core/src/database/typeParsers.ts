import pg from 'pg';

const { builtins } = pg.types;

/**
 * How PostgreSQL's values become JavaScript's, where pg's defaults would mislead.
 *
 * bigint is a number (refused beyond what a number holds exactly), a date stays the text `yyyy-mm-dd` (as a
 * Date it would slip by a day with the server's time zone). numeric stays a text.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === (builtins.INT8 as number)) return exactNumber;
      if (oid === (builtins.DATE as number)) return sameText;
    }
    return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
  },
} as pg.CustomTypesConfig;

function exactNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`the bigint ${text} does not fit a number: select it as text`);
  return value;
}

function sameText(text: string): string {
  return text;
}
