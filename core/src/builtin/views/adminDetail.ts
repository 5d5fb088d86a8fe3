import { view, type View } from '../../kernel/route.js';
import type { BadgeKind, Cell, EmptyState, PageHead, RowAction } from './adminList.js';
import { headOf } from './adminList.js';
import { groupsOf, type FormGroup, type FormProblem, type FormValues } from './adminForm.js';

export interface Fact {
  readonly label: string;
  readonly text?: string | null;
  readonly href?: string | null;
  readonly date?: Date | null;
}

interface Meter {
  readonly label: string;
  readonly text: string;
  readonly value: number;
  /** Null: without limit. */
  readonly max: number | null;
  readonly kind: 'warning' | 'danger' | null;
}

/** A part of a page, in the main column or beside it. */
export type Section = { readonly title: string; readonly text?: string | null; readonly id?: string } & (
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly label: string; readonly isNumber?: boolean }[];
      readonly rows: readonly {
        readonly id: string;
        readonly href: string | null;
        readonly cells: readonly Cell[];
        readonly actions?: readonly RowAction[];
      }[];
      readonly empty: EmptyState;
    }
  | { readonly kind: 'meters'; readonly meters: readonly Meter[] }
  | {
      readonly kind: 'links';
      readonly links: readonly {
        readonly label: string;
        readonly text: string;
        readonly href: string;
        readonly symbol: string;
      }[];
    }
  | {
      readonly kind: 'form';
      readonly action: string;
      readonly groups: readonly FormGroup[];
      readonly values: FormValues;
      readonly submit: string;
      readonly problem?: FormProblem | undefined;
    }
  | {
      readonly kind: 'changes';
      readonly changes: readonly {
        readonly field: string;
        readonly from: string | null;
        readonly to: string | null;
      }[];
    }
  | {
      readonly kind: 'records';
      readonly records: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      readonly kind: 'progress';
      readonly label: string;
      readonly value: number;
      readonly max: number | null;
      readonly state: string;
      /** Where it is asked for again; null: it does not go on. */
      readonly pollHref: string | null;
    }
  | { readonly kind: 'note' }
);

export interface AdminDetail {
  readonly head: PageHead;
  readonly badges?: readonly { readonly kind: BadgeKind; readonly text: string }[];
  readonly actions?: readonly RowAction[];
  readonly tabs?: readonly object[];
  readonly notice?: { readonly kind: string; readonly text: string } | null;
  readonly main: readonly Section[];
  readonly aside?: readonly Section[];
  readonly status?: number;
}

/** One thing as a page: facts, lists and small forms in sections. */
export function adminDetail(detail: AdminDetail): View {
  return view(
    'core/admin-detail',
    {
      head: headOf(detail.head),
      badges: detail.badges ?? [],
      actions: detail.actions ?? [],
      tabs: detail.tabs ?? [],
      notice: detail.notice ?? null,
      main: detail.main.map(sectionView),
      aside: (detail.aside ?? []).map(sectionView),
    },
    detail.status === undefined ? {} : { status: detail.status },
  );
}

function sectionView(section: Section, index: number): object {
  const common = {
    ...section,
    id: section.id ?? `section-${section.kind}-${index}`,
    text: section.text ?? null,
  };
  switch (section.kind) {
    case 'table':
      return {
        ...common,
        table: {
          caption: section.title,
          columns: section.columns.map(({ label, isNumber = false }) => ({
            label,
            isNumber,
            sortHref: null,
            sorted: null,
          })),
          rows: section.rows,
          bulk: null,
          empty: section.empty,
        },
      };
    case 'form':
      return {
        ...common,
        groups: groupsOf(section.groups, section.values, section.problem?.errors ?? []),
        problem: section.problem?.text ?? null,
      };
    default:
      return common;
  }
}
