/** What the shared partial `pagination` needs. */
export interface Pagination {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly previousHref: string | null;
  readonly nextHref: string | null;
}

interface Listed {
  readonly items: readonly unknown[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

/** @param query of the list, to be kept on the other pages of it */
export function pagination(
  list: Listed,
  address: string,
  query: Readonly<Record<string, string | undefined>>,
): Pagination {
  const first = (list.page - 1) * list.perPage;
  const href = (page: number): string => address + queryOf({ ...query, page: String(page) });
  return {
    from: list.items.length === 0 ? 0 : first + 1,
    to: first + list.items.length,
    total: list.total,
    previousHref: list.page > 1 ? href(list.page - 1) : null,
    nextHref: first + list.items.length < list.total ? href(list.page + 1) : null,
  };
}

/** With its question mark; nothing for nothing. */
export function queryOf(query: Readonly<Record<string, string | undefined>>): string {
  const kept = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept).toString()}`;
}
