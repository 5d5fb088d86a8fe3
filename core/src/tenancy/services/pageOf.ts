import type { QueryResultRow } from 'pg';
import type { Transaction } from '../../database/unitOfWork.js';

export interface ListQuery {
  /** From 1. */
  readonly page?: number;
  /** At most 100. */
  readonly perPage?: number;
  /** Part of a name; any case. */
  readonly q?: string;
  /** Name of a column that the list offers, with `-` descending; left out or another: the list's own order. */
  readonly sort?: string | undefined;
  /** All on one page, up to {@link MOST_EXPORTED}: for files. */
  readonly isExport?: boolean;
}

/** Rows of a file; who needs more narrows the list. */
const MOST_EXPORTED = 10_000;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

/** The pieces of a list's SQL; written by services, never taken from a request. */
interface ListParts {
  readonly select: string;
  /** With a WHERE; `$1`… are `values`. */
  readonly from: string;
  readonly values: readonly unknown[];
  /** Columns that `q` is looked for in. */
  readonly search: readonly string[];
  readonly order: string;
  /** Names that `sort` may take, and the columns they stand for. */
  readonly sorts?: Readonly<Record<string, string>>;
}

/** One page of a list with the number of all. */
export async function pageOf<Item>(
  tx: Transaction,
  query: ListQuery,
  { select, from, values, search, order, sorts = {} }: ListParts,
): Promise<Page<Item>> {
  const page = query.isExport ? 1 : Math.max(1, Math.trunc(query.page ?? 1));
  const perPage = query.isExport
    ? MOST_EXPORTED
    : Math.min(100, Math.max(1, Math.trunc(query.perPage ?? 20)));
  const wanted = [...values];
  let where = from;
  const q = query.q?.trim();
  if (q) {
    wanted.push(`%${q.replace(/[\\%_]/g, '\\$&')}%`);
    where += ` and (${search.map((column) => `${column} ilike $${wanted.length}`).join(' or ')})`;
  }
  const [count] = await tx.query<{ total: number }>(`select count(*)::int as total from ${where}`, wanted);
  const bounds = `limit $${wanted.length + 1} offset $${wanted.length + 2}`;
  const items = await tx.query<QueryResultRow>(
    `select ${select} from ${where} order by ${sorted(query.sort, sorts)}${order} ${bounds}`,
    [...wanted, perPage, (page - 1) * perPage],
  );
  return { items: items as Item[], total: count?.total ?? 0, page, perPage };
}

/** The wanted column in front of the list's own order, which decides where it says nothing. */
function sorted(sort: string | undefined, sorts: Readonly<Record<string, string>>): string {
  if (sort === undefined) return '';
  const descends = sort.startsWith('-');
  const column = Object.hasOwn(sorts, descends ? sort.slice(1) : sort)
    ? sorts[descends ? sort.slice(1) : sort]
    : undefined;
  return column === undefined ? '' : `${column} ${descends ? 'desc nulls last' : 'asc nulls first'}, `;
}
