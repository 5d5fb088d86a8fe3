import {
  type Audit,
  type Database,
  type FieldError,
  type InTransaction,
  InvalidInput,
  type PageCache,
  type TenantContext,
} from '@wizamart/core';
import { menuPageChoices, menuPages, type PlacedChoice } from './menuPages.js';
import { menuTables } from './MenuTables.js';
import { MENU_PLACES, type MenuItem, type MenuPageChoice, type MenuPlace, type SiteMenu } from './types.js';

interface SiteMenusDeps {
  readonly database: Database;
  readonly audit: Audit;
  readonly pageCache: PageCache;
}

/**
 * The menus of a site, as its editors see them: a store's where the context has one, else the platform's.
 *
 * A menu that nobody edited is automatic: it lists the pages that are placed there. Editing it once makes it the
 * editors' own, and `reset` automatic again.
 */
export class SiteMenus {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #cache: PageCache;

  constructor({ database, audit, pageCache }: SiteMenusDeps) {
    this.#database = database;
    this.#audit = audit;
    this.#cache = pageCache;
  }

  /** Header and footer. */
  all(ctx: TenantContext): Promise<readonly SiteMenu[]> {
    return this.#database.unit(ctx, (ctx) => this.#all(ctx));
  }

  /** Pages that an entry may lead to. */
  choices(ctx: TenantContext): Promise<readonly MenuPageChoice[]> {
    return menuPageChoices(this.#database, ctx);
  }

  /**
   * Makes `items` the menu; visitors see it at once.
   *
   * @throws {InvalidInput} for a page that is not the site's; what the menu held before may stay in it
   */
  replace(ctx: TenantContext, place: MenuPlace, items: readonly MenuItem[]): Promise<SiteMenu> {
    return this.#database.unit(ctx, async (ctx) => {
      const tables = menuTables(ctx);
      const before = await tables.lock(ctx, place);
      refuseForeignPages(items, await menuPages(ctx), before?.items ?? []);
      const row = {
        place,
        items,
        updatedAt: ctx.now,
        updatedBy: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
      };
      await tables.put(ctx, row, !before);
      await this.#note(ctx, 'changed', place, {
        ...(before ? { from: { items: before.items } } : {}),
        to: { items },
      });
      return { place, isAutomatic: false, items, updatedAt: ctx.now };
    });
  }

  /** Lets the menu list the pages that are placed there, again; without an edited menu nothing happens. */
  reset(ctx: TenantContext, place: MenuPlace): Promise<SiteMenu> {
    return this.#database.unit(ctx, async (ctx) => {
      const tables = menuTables(ctx);
      const before = await tables.lock(ctx, place);
      if (before) {
        await tables.remove(ctx, place);
        await this.#note(ctx, 'reset', place, { from: { items: before.items } });
      }
      return automatic(place, await menuPages(ctx));
    });
  }

  async #all(ctx: InTransaction): Promise<readonly SiteMenu[]> {
    const rows = await menuTables(ctx).all(ctx);
    const pages = await menuPages(ctx);
    return MENU_PLACES.map((place) => {
      const row = rows.find((candidate) => candidate.place === place);
      return row
        ? { place, isAutomatic: false, items: row.items, updatedAt: row.updatedAt }
        : automatic(place, pages);
    });
  }

  async #note(
    ctx: InTransaction,
    change: 'changed' | 'reset',
    place: MenuPlace,
    states: { readonly from?: object; readonly to?: object },
  ): Promise<void> {
    const subject = {
      type: ctx.store ? 'cms.store_menu' : 'cms.platform_menu',
      id: ctx.store?.id ?? ctx.platform.id,
      name: place,
    };
    await this.#audit.record(ctx, {
      action: `cms.menu.${change}`,
      subject,
      ...(states as { from?: Record<string, unknown>; to?: Record<string, unknown> }),
    });
    await this.#cache.invalidate(ctx);
  }
}

function automatic(place: MenuPlace, pages: readonly PlacedChoice[]): SiteMenu {
  const items = pages
    .filter((page) => page.isLive && page.placement === place)
    .map(({ id }): MenuItem => ({ kind: 'page', page: id, labels: {}, visible: true }));
  return { place, isAutomatic: true, items, updatedAt: null };
}

function refuseForeignPages(
  items: readonly MenuItem[],
  pages: readonly MenuPageChoice[],
  before: readonly MenuItem[],
): void {
  const known = new Set([...pages.map(({ id }) => id), ...linked(before).map(({ page }) => page)]);
  const errors = linked(items)
    .filter(({ page }) => !known.has(page))
    .map(({ path }): FieldError => ({
      path: `items.${path}.page`,
      message: 'This page does not exist here. Choose one of the list.',
    }));
  if (errors.length > 0) throw new InvalidInput({ errors });
}

/** Every page that a menu leads to, with the path of its entry. */
function linked(items: readonly MenuItem[], prefix = ''): { readonly page: string; readonly path: string }[] {
  return items.flatMap((item, index) => {
    const path = `${prefix}${index}`;
    if (item.kind === 'heading') return linked(item.children, `${path}.children.`);
    return item.kind === 'page' ? [{ page: item.page, path }] : [];
  });
}
