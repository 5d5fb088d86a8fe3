import { z } from 'zod';
import { view, type Raw, type View } from '../../kernel/route.js';
import { decimalText } from '../../money/formatMoney.js';
import type { Money } from '../../money/Money.js';
import { searchInput } from '../listInput.js';
import { paginationOf } from '../pagination.js';
import { csvFile } from './csv.js';
import type { Words } from './words.js';

/** What a cell shows; see the partial `data-table`. */
export type Cell = { readonly detail?: string | null } & (
  | { readonly text: string | null; readonly code?: boolean; readonly href?: string }
  | { readonly badge: string; readonly kind: BadgeKind; readonly text?: string }
  | { readonly date: Date | null; readonly ago?: string }
  | { readonly number: number | null }
  | { readonly money: Money | null }
);
export type BadgeKind = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

export interface ListColumn<Item> {
  readonly label: string;
  /** Name that the list may be sorted by; left out: not sorted by it. */
  readonly sort?: string;
  readonly isNumber?: boolean;
  /** Not on the page: in the file alone. */
  readonly isFileOnly?: boolean;
  readonly cell: (item: Item) => Cell;
}

interface ListFilter {
  readonly name: string;
  readonly label: string;
  /** The first stands for "all" with the value ''. */
  readonly options: readonly FilterOption[];
  /** More options below headings. */
  readonly groups?: readonly { readonly label: string; readonly options: readonly FilterOption[] }[];
}

interface FilterOption {
  readonly value: string;
  readonly label: string;
}

export type RowAction =
  | { readonly label: string; readonly href: string; readonly symbol?: string }
  | {
      readonly label: string;
      readonly action: string;
      readonly fields?: readonly { readonly name: string; readonly value: string }[];
      readonly danger?: boolean;
      readonly confirm: {
        readonly title: string;
        readonly text: string;
        readonly submit: string;
        readonly consequences?: readonly string[];
      } | null;
    };

interface Row {
  readonly id: string;
  readonly href: string | null;
  readonly isMuted?: boolean;
  readonly actions?: readonly RowAction[];
}

export interface EmptyState {
  readonly symbol: string;
  readonly title: string;
  readonly text: string;
  readonly link?: string;
  readonly linkText?: string;
}

export interface PageHead {
  readonly title: string;
  readonly text?: string | null;
  readonly breadcrumbs?: readonly { readonly label: string; readonly href: string | null }[] | null;
  readonly link?: string | null;
  readonly linkText?: string | null;
  readonly symbol?: string | null;
}

export interface AdminList<Item> {
  readonly head: PageHead;
  readonly address: string;
  readonly query: ListState;
  readonly searchLabel: string;
  readonly filters?: readonly ListFilter[];
  readonly columns: readonly ListColumn<Item>[];
  readonly found: {
    readonly items: readonly Item[];
    readonly total: number;
    readonly page: number;
    readonly perPage: number;
  };
  readonly row: (item: Item) => Row;
  /** Where nothing is there at all; where nothing was found the page says so itself. */
  readonly empty: EmptyState;
  /** Name of the file that the list can be had as; left out: none. */
  readonly file?: string;
  readonly tabs?: readonly object[];
  /** Query parameters that are kept beside what the list knows. */
  readonly keep?: Readonly<Record<string, string>>;
  /** The same for links to other pages of the list alone: a new search begins anew. */
  readonly keepInPages?: Readonly<Record<string, string>>;
  /** Filters to be typed. */
  readonly inputs?: readonly {
    readonly name: string;
    readonly label: string;
    readonly type: 'text' | 'date';
    readonly value: string;
  }[];
  readonly notice?: { readonly kind: string; readonly text: string } | null;
  /** Query parameters of the pages beside this one, for lists that nobody counts; left out: pages are numbered. */
  readonly neighbours?: {
    readonly previous: Readonly<Record<string, string | undefined>> | null;
    readonly next: Readonly<Record<string, string | undefined>> | null;
  };
}

const DEFAULT_PER_PAGE = 20;

/** What the query of a list says. */
export type ListState = Readonly<Record<string, unknown>> & {
  readonly q: string;
  readonly page: number;
  readonly perPage: number;
  readonly sort?: string | undefined;
  readonly format?: 'csv' | undefined;
};

/** Input of a list's page. What does not fit is left out rather than refused: addresses are edited by hand. */
export function listPageInput<const Sorts extends readonly string[], Filters extends z.ZodRawShape>(
  sorts: Sorts,
  filters: Filters,
) {
  const names = sorts.flatMap((name) => [name, `-${name}`]) as [string, ...string[]];
  return searchInput.extend({
    page: searchInput.shape.page.catch(1),
    perPage: searchInput.shape.perPage.catch(20),
    sort: z.enum(names).optional().catch(undefined),
    format: z.enum(['csv']).optional().catch(undefined),
    ...filters,
  });
}

/** A filter that an unknown or empty value takes away. */
export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).optional().catch(undefined);

/** A list as a page, or as a file where that is asked for. */
export function adminList<Item>(t: Words, list: AdminList<Item>): View | Raw {
  const { query, found } = list;
  if (query.format === 'csv' && list.file !== undefined)
    return csvFile(list.file, [
      list.columns.map(({ label }) => label),
      ...found.items.map((item) => list.columns.map(({ cell }) => textOf(cell(item)))),
    ]);
  const columns = list.columns.filter(({ isFileOnly }) => isFileOnly !== true);
  const filters = list.filters ?? [];
  const inputs = list.inputs ?? [];
  const chosen = Object.fromEntries(
    [...filters, ...inputs].map(({ name }) => [name, String(query[name] ?? '')]),
  );
  const keep = { ...list.keep, ...chosen, q: query.q, sort: query.sort ?? '' };
  const isFiltered = query.q !== '' || Object.values(chosen).some((value) => value !== '');
  return view('core/admin-list', {
    head: headOf(list.head),
    tabs: list.tabs ?? [],
    notice: list.notice ?? null,
    inputs,
    isNarrowed: inputs.some(({ value }) => value !== ''),
    list: {
      action: list.address,
      q: query.q,
      searchLabel: list.searchLabel,
      filters: filters.map(({ name, label, options, groups = [] }) => {
        const value = chosen[name] ?? '';
        const marked = (option: FilterOption): object => ({ ...option, isSelected: option.value === value });
        return {
          name,
          label,
          value,
          options: options.map(marked),
          groups: groups.map((group) => ({ label: group.label, options: group.options.map(marked) })),
        };
      }),
      csvHref:
        list.file === undefined || found.total === 0
          ? null
          : addressOf(list.address, { ...keep, format: 'csv' }),
      hidden: [
        ...Object.entries(list.keep ?? {}).map(([name, value]) => ({ name, value })),
        ...(query.sort ? [{ name: 'sort', value: query.sort }] : []),
      ],
      total: list.neighbours ? null : found.total,
    },
    table: {
      caption: list.head.title,
      columns: columns.map((column) => columnHead(column, list.address, keep)),
      rows: found.items.map((item) => ({ ...list.row(item), cells: columns.map(({ cell }) => cell(item)) })),
      bulk: null,
      empty: isFiltered
        ? {
            symbol: 'search',
            title: t('core.list.nothingFound'),
            text: t('core.admin.list.nothingFound'),
            link: list.address,
            linkText: t('core.list.showAll'),
          }
        : list.empty,
    },
    pagination: list.neighbours
      ? turning(list.address, keep, list.neighbours)
      : paginationOf(found, list.address, {
          ...keep,
          ...list.keepInPages,
          perPage: query.perPage === DEFAULT_PER_PAGE ? '' : String(query.perPage),
        }),
  });
}

/** Pages that are turned one by one. */
const turning = (
  address: string,
  keep: Readonly<Record<string, string>>,
  { previous, next }: NonNullable<AdminList<never>['neighbours']>,
) => {
  const href = (to: typeof next): string | null =>
    to &&
    addressOf(address, {
      ...keep,
      ...Object.fromEntries(Object.entries(to).map(([name, value]) => [name, value ?? ''])),
    });
  return { from: null, to: null, total: null, previousHref: href(previous), nextHref: href(next) };
};

/** A page's head with all it may have. */
export const headOf = ({
  title,
  text,
  breadcrumbs,
  link,
  linkText,
  symbol,
}: PageHead): Required<PageHead> => ({
  title,
  text: text ?? null,
  breadcrumbs: breadcrumbs ?? null,
  link: link ?? null,
  linkText: linkText ?? null,
  symbol: symbol ?? null,
});

function columnHead<Item>(
  { label, sort, isNumber = false }: ListColumn<Item>,
  address: string,
  keep: Readonly<Record<string, string>>,
): object {
  if (sort === undefined) return { label, isNumber, sortHref: null, sorted: null };
  const sorted = keep['sort'] === sort ? 'ascending' : keep['sort'] === `-${sort}` ? 'descending' : null;
  return {
    label,
    isNumber,
    sorted,
    sortHref: addressOf(address, { ...keep, sort: sorted === 'ascending' ? `-${sort}` : sort }),
  };
}

export function addressOf(address: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return search === '' ? address : `${address}?${search}`;
}

function textOf(cell: Cell): string {
  if ('badge' in cell) return cell.badge;
  if ('date' in cell) return cell.date?.toISOString() ?? '';
  if ('money' in cell) return cell.money === null ? '' : `${decimalText(cell.money)} ${cell.money.currency}`;
  if ('number' in cell) return cell.number === null ? '' : String(cell.number);
  return cell.text ?? '';
}
