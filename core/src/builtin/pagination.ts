/** Where one is in a list, as the partial `pagination` shows it. */
export interface PaginationView {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly previousHref: string | null;
  readonly nextHref: string | null;
}

/** @param keep query parameters that the neighbours keep; empty ones are left out */
export function paginationOf(
  { page, perPage, total }: { readonly page: number; readonly perPage: number; readonly total: number },
  address: string,
  keep: Readonly<Record<string, string>> = {},
): PaginationView {
  const last = Math.max(1, Math.ceil(total / perPage));
  const href = (to: number): string => {
    const query = new URLSearchParams(
      Object.entries({ ...keep, page: to === 1 ? '' : String(to) }).filter(([, value]) => value !== ''),
    );
    return query.size === 0 ? address : `${address}?${query.toString()}`;
  };
  return {
    from: total === 0 ? 0 : Math.min((page - 1) * perPage + 1, total),
    to: Math.min(page * perPage, total),
    total,
    previousHref: page > 1 ? href(Math.min(page - 1, last)) : null,
    nextHref: page < last ? href(page + 1) : null,
  };
}
