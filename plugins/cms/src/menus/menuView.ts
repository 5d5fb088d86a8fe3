import { type FieldError, type Language, LANGUAGES, type TenantContext } from '@wizamart/core';
import { canNest, type LooseItem } from './menuForm.js';
import type { MenuPageChoice, MenuPlace, SiteMenu } from './types.js';

/** The languages' names in themselves. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  lb: 'Lëtzebuergesch',
};

export const menusPath = '/site-menus';

interface EditorState {
  readonly place: MenuPlace;
  readonly items: readonly LooseItem[];
  readonly pages: readonly MenuPageChoice[];
  readonly isAutomatic: boolean;
  readonly errors: readonly FieldError[];
  readonly problem: string | undefined;
  readonly isUnsaved: boolean;
  /** The entry that was just moved or added. */
  readonly focus: string | null;
}

type Surface = 'admin' | 'store';

/** What the template `site-menus` needs. */
export function menusView(
  ctx: TenantContext,
  surface: Surface,
  menus: readonly SiteMenu[],
  pages: readonly MenuPageChoice[],
  mayEdit: boolean,
): Readonly<Record<string, unknown>> {
  const names = new Map(pages.map((page) => [page.id, page]));
  const entryOf = (item: SiteMenu['items'][number]): Readonly<Record<string, unknown>> => {
    const page = item.kind === 'page' ? names.get(item.page) : undefined;
    const label = item.labels[ctx.language] ?? Object.values(item.labels)[0];
    return {
      label: label ?? page?.title ?? null,
      detail: item.kind === 'address' ? item.href : page ? `/${page.slug}` : null,
      isShown: item.visible && (item.kind !== 'page' || page?.isLive === true),
      children: item.kind === 'heading' ? item.children.map(entryOf) : [],
    };
  };
  return {
    mayEdit,
    menus: menus.map((menu) => ({
      title: `cms.menus.${menu.place}`,
      isAutomatic: menu.isAutomatic,
      updatedAt: menu.updatedAt,
      editHref: ctx.links.to(surface, `${menusPath}/${menu.place}`),
      entries: menu.items.map(entryOf),
    })),
  };
}

/** What the template `site-menu` needs. */
export function menuEditorView(
  ctx: TenantContext,
  surface: Surface,
  state: EditorState,
): Readonly<Record<string, unknown>> {
  const { place, items, pages, errors } = state;
  const to = (path: string): string => ctx.links.to(surface, menusPath + path);
  const offered = (ctx.store ?? ctx.platform).languages;
  const languages = LANGUAGES.filter((language) => offered.includes(language));
  return {
    titleKey: `cms.menus.${place}`,
    listHref: to(''),
    action: to(`/${place}`),
    resetAction: to(`/${place}/reset`),
    liveAction: to(`/${place}/live`),
    isAutomatic: state.isAutomatic,
    problem: state.problem,
    isUnsaved: state.isUnsaved,
    error: errors.find(({ path }) => path === 'items')?.message,
    items: items.map((item, index) =>
      itemView(item, String(index), items.length, {
        languages,
        pages,
        errors,
        focus: state.focus,
        canNest: (at) => canNest(items, at),
      }),
    ),
  };
}

interface Shared {
  readonly languages: readonly Language[];
  readonly pages: readonly MenuPageChoice[];
  readonly errors: readonly FieldError[];
  readonly focus: string | null;
  canNest(index: number): boolean;
}

function itemView(
  item: LooseItem,
  at: string,
  siblings: number,
  shared: Shared,
): Readonly<Record<string, unknown>> {
  const index = Number(at.split('.').at(-1));
  const name = `items.${at.replace('.', '.children.')}`;
  const errorOf = (field: string): string | undefined =>
    shared.errors.find(({ path }) => path === `${name}.${field}`)?.message;
  return {
    at,
    name,
    number: index + 1,
    kind: item.kind,
    kindLabel: `cms.menus.kind.${item.kind}`,
    kindName: `${name}.kind`,
    visibleName: `${name}.visible`,
    visible: item.visible,
    hasFocus: shared.focus === at,
    canNest: !at.includes('.') && shared.canNest(index),
    canLeave: at.includes('.'),
    isFirst: index === 0,
    isLast: index === siblings - 1,
    isPage: item.kind === 'page',
    isAddress: item.kind === 'address',
    isHeading: item.kind === 'heading',
    href: { name: `${name}.href`, value: item.href, error: errorOf('href') },
    page: {
      name: `${name}.page`,
      error: errorOf('page'),
      options: shared.pages.map(({ id, title, slug, isLive }) => ({
        value: id,
        label: `${title} (/${slug})`,
        isLive,
        selected: id === item.page,
      })),
      isUnknown: item.page !== '' && !shared.pages.some(({ id }) => id === item.page),
      value: item.page,
    },
    error: errorOf('labels') ?? errorOf('children'),
    labels: shared.languages.map((language) => ({
      name: `${name}.labels.${language}`,
      language,
      languageName: LANGUAGE_NAMES[language],
      value: item.labels[language] ?? '',
      error: errorOf(`labels.${language}`),
    })),
    children: item.children.map((child, position) =>
      itemView(child, `${at}.${position}`, item.children.length, shared),
    ),
  };
}
