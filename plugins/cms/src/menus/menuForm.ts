import { LANGUAGES, type Language, z } from '@wizamart/core';
import type { MenuItem } from './types.js';

type Submitted = Readonly<Record<string, unknown>>;
const KINDS = ['page', 'address', 'heading'] as const;
type Kind = (typeof KINDS)[number];

/** An entry as somebody is typing it. */
export interface LooseItem {
  readonly kind: Kind;
  readonly page: string;
  readonly href: string;
  readonly labels: Readonly<Partial<Record<Language, string>>>;
  readonly visible: boolean;
  readonly children: readonly LooseItem[];
}

/** A menu's form as the browser sends it. */
export const menuFormInput = z.object({
  items: z.array(z.looseObject({})).max(100).default([]),
  do: z.string().max(60).default('save'),
});

/** Reads the entries out of a submitted form; unknown kinds are passed over. */
export function decodeItems(submitted: unknown, mayHold = true): LooseItem[] {
  return (Array.isArray(submitted) ? submitted : []).flatMap((entry: Submitted): LooseItem[] => {
    const kind = KINDS.find((known) => known === entry['kind']);
    if (!kind || (kind === 'heading' && !mayHold)) return [];
    return [
      {
        kind,
        page: typed(entry['page']),
        href: typed(entry['href']),
        labels: labelsOf(entry['labels']),
        visible: entry['visible'] !== undefined,
        children: kind === 'heading' ? decodeItems(entry['children'], false) : [],
      },
    ];
  });
}

/** A saved menu in the shape of the form. */
export const looseItems = (items: readonly MenuItem[]): LooseItem[] =>
  items.map((item) => ({
    kind: item.kind,
    page: item.kind === 'page' ? item.page : '',
    href: item.kind === 'address' ? item.href : '',
    labels: item.labels,
    visible: item.visible,
    children: item.kind === 'heading' ? looseItems(item.children) : [],
  }));

/** What the form asks to be saved, in the shape the API takes. */
export const itemsOf = (items: readonly LooseItem[]): unknown[] =>
  items.map(({ kind, page, href, labels, visible, children }) => ({
    kind,
    labels,
    visible,
    ...(kind === 'page' ? { page } : {}),
    ...(kind === 'address' ? { href } : {}),
    ...(kind === 'heading' ? { children: itemsOf(children) } : {}),
  }));

/**
 * Carries out a button of the editor: `add:page` · `add:address:2` (below the third entry) · `remove:2` · `up:2.0` ·
 * `down:2` · `in:2` (below the heading before it) · `out:2.0`; anything else changes nothing.
 */
export function changeItems(items: readonly LooseItem[], button: string): LooseItem[] {
  const [verb = '', target = '', below = ''] = button.split(':');
  const kind = KINDS.find((known) => known === target);
  if (verb === 'add' && kind) {
    if (below === '') return [...items, emptyItem(kind)];
    return kind === 'heading'
      ? [...items]
      : within(items, below, (children) => [...children, emptyItem(kind)]);
  }
  if (verb === 'in') return nested(items, Number(target));
  const [first = '', second] = target.split('.');
  if (verb === 'out')
    return second === undefined ? [...items] : unnested(items, Number(first), Number(second));
  if (second !== undefined) return within(items, first, (children) => moved(children, verb, Number(second)));
  return moved(items, verb, Number(first));
}

/** Whether a button only changes the form and saves nothing. */
export const changesItems = (button: string): boolean => /^(add|remove|up|down|in|out):/.test(button);

/** Where the entry that a button moved or added stands now; null for none. */
export function focusAfter(items: readonly LooseItem[], button: string): string | null {
  const [verb = '', target = '', below = ''] = button.split(':');
  const steps = target.split('.');
  const last = Number(steps.at(-1));
  if (verb === 'add') {
    const list = below === '' ? items : (items[Number(below)]?.children ?? []);
    return `${below === '' ? '' : `${below}.`}${list.length - 1}`;
  }
  if (verb === 'in') return `${last - 1}.${(items[last - 1]?.children.length ?? 1) - 1}`;
  if (verb === 'out') return String(Number(steps[0]) + 1);
  const to = verb === 'up' ? last - 1 : verb === 'down' ? last + 1 : null;
  return to === null ? null : [...steps.slice(0, -1), to].join('.');
}

/** Whether an entry can go below the heading before it. */
export const canNest = (items: readonly LooseItem[], index: number): boolean =>
  items[index]?.kind !== 'heading' && items[index - 1]?.kind === 'heading';

function nested(items: readonly LooseItem[], index: number): LooseItem[] {
  const item = items[index];
  if (!item || !canNest(items, index)) return [...items];
  return within(items, String(index - 1), (children) => [...children, item]).filter((_, at) => at !== index);
}

function unnested(items: readonly LooseItem[], heading: number, index: number): LooseItem[] {
  const item = items[heading]?.children[index];
  if (!item) return [...items];
  const left = within(items, String(heading), (children) => children.filter((_, at) => at !== index));
  return [...left.slice(0, heading + 1), item, ...left.slice(heading + 1)];
}

function moved(items: readonly LooseItem[], verb: string, index: number): LooseItem[] {
  if (verb === 'remove') return items.filter((_, at) => at !== index);
  const to = verb === 'up' ? index - 1 : verb === 'down' ? index + 1 : index;
  const first = items[index];
  const second = items[to];
  if (!first || !second) return [...items];
  return items.map((item, at) => (at === index ? second : at === to ? first : item));
}

function within(
  items: readonly LooseItem[],
  index: string,
  change: (children: readonly LooseItem[]) => LooseItem[],
): LooseItem[] {
  return items.map((item, at) =>
    String(at) === index && item.kind === 'heading' ? { ...item, children: change(item.children) } : item,
  );
}

const emptyItem = (kind: Kind): LooseItem => ({
  kind,
  page: '',
  href: '',
  labels: {},
  visible: true,
  children: [],
});

const typed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function labelsOf(value: unknown): LooseItem['labels'] {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Submitted;
  const entries = LANGUAGES.map((language) => [language, typed(given[language])] as const);
  return Object.fromEntries(entries.filter(([, label]) => label !== ''));
}
