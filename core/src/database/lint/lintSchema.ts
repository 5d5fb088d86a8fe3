import type pg from 'pg';
import { type Schema, readSchema } from './facts.js';
import type { Finding } from './Finding.js';
import { keyFindings } from './keyRules.js';
import { otherFindings } from './otherRules.js';
import { classOf, type Classified, type TableClass } from './ownership.js';
import { policyFindings } from './policyRules.js';
import { tableFindings } from './tableRules.js';

export type { Finding } from './Finding.js';

/** Functions that were looked at, and may run with the rights of the owner; each also needs a comment that says why. */
const allowedDefiners = ['core_enqueue_job'];

interface LintOptions {
  readonly allowedDefiners?: readonly string[];
}

/**
 * Looks for what would let one tenant reach another's rows, in the database as it is.
 *
 * Goes by facts only: rights, keys, policies. A table that a plugin forgot to protect is found like any other.
 *
 * @returns one entry for each thing to mend, in the order of the tables; empty when all is well
 */
export async function lintSchema(
  client: Pick<pg.ClientBase, 'query'>,
  options: LintOptions = {},
): Promise<Finding[]> {
  return findingsOf(await readSchema(client), options.allowedDefiners ?? allowedDefiners);
}

/** The class of every table, for tests that walk them. */
export async function tableClasses(
  client: Pick<pg.ClientBase, 'query'>,
): Promise<ReadonlyMap<string, TableClass | undefined>> {
  return classesOf(await readSchema(client));
}

function findingsOf(schema: Schema, definers: readonly string[]): Finding[] {
  const classes = classesOf(schema);
  return [
    ...schema.tables.flatMap((table) => {
      const classified: Classified = { table, kind: classes.get(table.name) };
      return [
        ...tableFindings(classified),
        ...policyFindings(classified),
        ...keyFindings(classified, classes),
      ];
    }),
    ...otherFindings(schema, definers),
  ];
}

function classesOf(schema: Schema): ReadonlyMap<string, TableClass | undefined> {
  return new Map(schema.tables.map((table) => [table.name, classOf(table)]));
}
