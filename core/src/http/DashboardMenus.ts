import { LRUCache } from 'lru-cache';
import type { Words } from '../i18n/Words.js';
import type { TenantContext } from '../kernel/context.js';
import type { MenuItemDefinition } from '../kernel/plugin.js';
import type { From } from '../kernel/snapshot/Snapshot.js';
import type { Entitlements } from '../modules/entitlements/Entitlements.js';
import { itemKey, type OwnMenu } from '../modules/menu/MenuChoices.js';
import type { MenuSettings } from '../modules/menu/MenuSettings.js';
import { visibleMenu } from '../modules/menu/visibleMenu.js';
import { numberFormat } from '../render/intlFormats.js';
import type { MenuEntry, MenuGroup } from '../render/PageFrame.js';
import { Numbers } from '../render/Numbers.js';
import { unchanging } from '../render/unchanging.js';
import type { RequestContext } from './RequestContext.js';

/** Section of what a person wants at the head of their menu. */
const PINNED = 'pinned';
/** Menus kept, of some kilobytes each. */
const MOST_KEPT = 500;

type Item = From<MenuItemDefinition>;

/** How much is behind entries of menus, by their codes. */
export interface MenuFigures {
  of(ctx: TenantContext): Promise<ReadonlyMap<string, number>>;
}

const NO_FIGURES: ReadonlyMap<string, number> = new Map();

/** Menus of the dashboards: what a person sees of them is found for each request, and drawn up once for the same. */
export class DashboardMenus {
  readonly #kept = new LRUCache<string, readonly MenuGroup[]>({ max: MOST_KEPT });
  readonly #numbers = new Numbers();

  constructor(
    private readonly deps: {
      readonly entitlements: Entitlements;
      readonly menus: MenuSettings;
      /** Left out: entries say none. */
      readonly menuCounts?: MenuFigures;
    },
  ) {}

  /** @param current the menu item that the page belongs to */
  async of(ctx: RequestContext, words: Words, current: string | undefined): Promise<readonly MenuGroup[]> {
    if (ctx.actor.kind !== 'user' || (ctx.surface === 'store' && !ctx.store)) return [];
    const surface = ctx.surface as 'admin' | 'store';
    const { entitlements, menus, menuCounts } = this.deps;
    const [features, platformMenu, own, figures] = await Promise.all([
      entitlements.features(ctx),
      menus.ofPlatform(ctx),
      menus.ofPerson(ctx),
      menuCounts?.of(ctx) ?? NO_FIGURES,
    ]);
    const items = visibleMenu(ctx.snapshot.menu, {
      surface,
      scope: ctx.resolution.scope,
      permissions: ctx.actor.permissions,
      hasFeature: (feature) => features.has(feature),
      platformMenu,
    }).filter(
      ({ code, mandatory }) =>
        !own.hidden.has(itemKey(surface, code)) || mandatory === true || code === current,
    );
    const seen = items.map(({ code }) =>
      [code, figures.get(code) ?? '', own.pinned.has(itemKey(surface, code)) ? PINNED : ''].join(':'),
    );
    // Words belong to a set of modules, whose items have codes of their own: with the root of the links that is all.
    const key = [this.#numbers.of(words), surface, current ?? '', ctx.links.to(surface, '/'), ...seen].join(
      ' ',
    );
    let groups = this.#kept.get(key);
    if (!groups)
      this.#kept.set(key, (groups = unchanging(drawUp(ctx, { items, own, figures, words, current }))));
    return groups;
  }
}

function drawUp(
  ctx: RequestContext,
  {
    items,
    own,
    figures,
    words,
    current,
  }: {
    readonly items: readonly Item[];
    readonly own: OwnMenu;
    readonly figures: ReadonlyMap<string, number>;
    readonly words: Words;
    readonly current: string | undefined;
  },
): MenuGroup[] {
  const surface = ctx.surface as 'admin' | 'store';
  const groups = new Map<string, MenuEntry[]>();
  for (const item of items) {
    const figure = figures.get(item.code);
    const entry = {
      code: item.code,
      label: words.text(item.label),
      href: ctx.links.to(surface, item.path),
      icon: item.icon,
      isCurrent: item.code === current,
      ...(figure === undefined
        ? {}
        : { count: numberFormat(ctx.language, 'decimal', undefined).format(figure) }),
    };
    const section = own.pinned.has(itemKey(surface, item.code)) ? PINNED : item.section;
    groups.set(section, [...(groups.get(section) ?? []), entry]);
  }
  const pinned = groups.get(PINNED);
  groups.delete(PINNED);
  return [...(pinned ? [[PINNED, pinned] as const] : []), ...groups].map(([section, entries]) => ({
    code: section,
    label: words.has(`core.menu.${section}`) ? words.text(`core.menu.${section}`) : null,
    items: entries,
  }));
}
