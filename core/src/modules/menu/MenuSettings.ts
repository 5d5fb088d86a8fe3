import { createHash } from 'node:crypto';
import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { NotSignedIn, TenantMissing } from '../../errors/common.js';
import type { Audit } from '../../identity/audit/Audit.js';
import type { TenantContext } from '../../kernel/context.js';
import type { MenuItemDefinition } from '../../kernel/plugin.js';
import type { From, Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import { MenuChanged, MenuItemMandatory, MenuItemUnknown } from './errors.js';
import { itemKey, type MenuSurface, type OwnMenu, type PlatformMenu } from './MenuChoices.js';
import type { MenuStore } from './MenuStore.js';
import { inOrder, isHidden, visibleMenu } from './visibleMenu.js';

/** One item of a platform's menu, for those who arrange it. */
export interface MenuSetting {
  readonly code: string;
  /** Code of the module that brings it. */
  readonly module: string;
  /** Translation key. */
  readonly label: string;
  readonly section: string;
  readonly icon: string;
  readonly isMandatory: boolean;
  readonly isHidden: boolean;
}

export interface MenuOfSurface {
  readonly surface: MenuSurface;
  /** Changes whenever somebody changes this menu. */
  readonly version: string;
  /** In the order in which they are shown. */
  readonly items: readonly MenuSetting[];
}

export interface MenuChange {
  readonly surface: MenuSurface;
  /** Codes of the items that nobody is to see; all others are shown. */
  readonly hidden: readonly string[];
  /** Codes in the wanted order, within their sections; those left out stay where their modules put them. */
  readonly order: readonly string[];
  /** The version that was looked at; left out: whatever is there is replaced. */
  readonly version?: string | undefined;
}

export interface OwnMenuChange {
  readonly surface: MenuSurface;
  readonly hidden: readonly string[];
  readonly pinned: readonly string[];
}

type Item = From<MenuItemDefinition>;

/** Arranges the menus of a platform, and a person's own. */
export class MenuSettings {
  readonly #database: Pick<Database, 'unit' | 'system'>;
  readonly #audit: Audit;
  readonly #store: MenuStore;

  constructor(deps: {
    readonly database: Pick<Database, 'unit' | 'system'>;
    readonly audit: Audit;
    readonly store: MenuStore;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#store = deps.store;
  }

  /** What the context's platform changed; from memory. */
  ofPlatform(ctx: TenantContext): PlatformMenu | Promise<PlatformMenu> {
    return this.#store.ofPlatform(ctx);
  }

  /** How the person of the context arranged their own; from memory. */
  ofPerson(ctx: TenantContext): OwnMenu | Promise<OwnMenu> {
    return this.#store.ofPerson(ctx);
  }

  /** Every item of the modules that are on, hidden ones too. */
  async list(ctx: TenantContext, surface: MenuSurface): Promise<MenuOfSurface> {
    return menuOf(ctx, surface, await this.#store.ofPlatform(ctx));
  }

  /**
   * Hides, shows and orders the items of one surface. Rows of items whose module is off stay as they are.
   *
   * @throws {MenuItemUnknown | MenuItemMandatory | MenuChanged} nothing is changed then
   */
  async save(ctx: TenantContext, change: MenuChange): Promise<MenuOfSurface> {
    if (isGlobalPlatform(ctx.platform)) throw new TenantMissing({ needed: 'platform', where: 'menus' });
    const { surface } = change;
    const items = itemsOf(ctx, surface);
    check(items, change);
    await this.#database.unit(ctx, async (ctx) => {
      await ctx.tx.query('select 1 from core_platform where id = $1 for update', [ctx.platform.id]);
      const before = await readMenu(ctx, surface);
      if (change.version !== undefined && change.version !== versionOf(before))
        throw new MenuChanged({ surface });
      const after = await writeMenu(ctx, items, change);
      if (versionOf(before) === versionOf(after)) return;
      await this.#store.platformChanged(ctx.tx, ctx.platform.id);
      await this.#audit.record(ctx, {
        action: 'core.menu.changed',
        subject: { type: 'menu', id: surface, name: surface },
        from: described(before),
        to: described(after),
      });
    });
    return this.list(ctx, surface);
  }

  /** The items that the person may see on the surface, with their own arrangement. */
  async own(
    ctx: TenantContext,
    surface: MenuSurface,
    viewer: { readonly scope: 'platform' | 'global'; hasFeature(feature: string): boolean },
  ): Promise<{ readonly items: readonly Item[]; readonly own: OwnMenu }> {
    if (ctx.actor.kind !== 'user') throw new NotSignedIn();
    const [platformMenu, own] = await Promise.all([this.#store.ofPlatform(ctx), this.#store.ofPerson(ctx)]);
    const { permissions } = ctx.actor;
    const items = visibleMenu((ctx.snapshot as Snapshot).menu, {
      surface,
      permissions,
      platformMenu,
      ...viewer,
    });
    return { items, own };
  }

  /**
   * Arranges the person's own menu on this surface of the platform. It tidies only: pages of items that a person
   * leaves out of their menu answer as before.
   *
   * @throws {MenuItemUnknown | MenuItemMandatory} nothing is changed then
   */
  async saveOwn(ctx: TenantContext, { surface, hidden, pinned }: OwnMenuChange): Promise<void> {
    const { actor } = ctx;
    if (actor.kind !== 'user') throw new NotSignedIn();
    const items = itemsOf(ctx, surface);
    check(items, { surface, hidden, order: pinned });
    const choices = new Map<string, 'hidden' | 'pinned'>();
    for (const code of pinned) choices.set(code, 'pinned');
    for (const code of hidden) choices.set(code, 'hidden');
    await this.#database.system(async (tx) => {
      await tx.query(
        `delete from core_user_menu_item where user_id = $1 and platform_id = $2 and surface = $3 and item = any($4)`,
        [actor.userId, ctx.platform.id, surface, items.map(({ code }) => code)],
      );
      await tx.query(
        `insert into core_user_menu_item (user_id, platform_id, surface, item, choice)
         select $1, $2, $3, item, choice from unnest($4::text[], $5::text[]) as given (item, choice)
         on conflict (user_id, platform_id, surface, item) do update set choice = excluded.choice`,
        [actor.userId, ctx.platform.id, surface, [...choices.keys()], [...choices.values()]],
      );
      await this.#store.personChanged(tx, actor.userId, ctx.platform.id);
    });
  }
}

interface MenuRow {
  readonly item: string;
  readonly is_hidden: boolean;
  readonly position: number | null;
}

const itemsOf = (ctx: TenantContext, surface: MenuSurface): Item[] =>
  (ctx.snapshot as Snapshot).menu.filter((item) => item.surface === surface);

function menuOf(ctx: TenantContext, surface: MenuSurface, menu: PlatformMenu): MenuOfSurface {
  const mine = (key: string): boolean => key.startsWith(itemKey(surface, ''));
  const rows = new Map<string, MenuRow>();
  for (const key of [...menu.hidden, ...menu.positions.keys()].filter(mine)) {
    const item = key.slice(itemKey(surface, '').length);
    rows.set(item, { item, is_hidden: menu.hidden.has(key), position: menu.positions.get(key) ?? null });
  }
  return {
    surface,
    version: versionOf([...rows.values()]),
    items: inOrder(
      itemsOf(ctx, surface).filter(({ scope }) => scope !== 'global'),
      menu,
    ).map((item) => ({
      code: item.code,
      module: item.plugin,
      label: item.label,
      section: item.section,
      icon: item.icon,
      isMandatory: item.mandatory === true,
      isHidden: isHidden(item, menu),
    })),
  };
}

function check(
  items: readonly Item[],
  { surface, hidden, order }: Pick<MenuChange, 'surface' | 'hidden' | 'order'>,
): void {
  for (const code of [...hidden, ...order])
    if (!items.some((item) => item.code === code)) throw new MenuItemUnknown({ surface, item: code });
  const mandatory = items.find((item) => item.mandatory === true && hidden.includes(item.code));
  if (mandatory) throw new MenuItemMandatory({ surface, item: mandatory.code });
}

const readMenu = (ctx: InTransaction, surface: MenuSurface): Promise<MenuRow[]> =>
  ctx.tx.query<MenuRow & object>(
    'select item, is_hidden, position from core_menu_item where platform_id = $1 and surface = $2 order by item',
    [ctx.platform.id, surface],
  );

async function writeMenu(
  ctx: InTransaction,
  items: readonly Item[],
  { surface, hidden, order }: MenuChange,
): Promise<MenuRow[]> {
  await ctx.tx.query(
    'delete from core_menu_item where platform_id = $1 and surface = $2 and item = any($3)',
    [ctx.platform.id, surface, items.map(({ code }) => code)],
  );
  const changed = [...new Set([...hidden, ...order])];
  await ctx.tx.query(
    `insert into core_menu_item (platform_id, surface, item, is_hidden, position)
     select $1, $2, item, is_hidden, position from unnest($3::text[], $4::boolean[], $5::int[]) as given (item, is_hidden, position)`,
    [
      ctx.platform.id,
      surface,
      changed,
      changed.map((code) => hidden.includes(code)),
      changed.map((code) => (order.includes(code) ? order.indexOf(code) : null)),
    ],
  );
  return readMenu(ctx, surface);
}

const versionOf = (rows: readonly MenuRow[]): string =>
  createHash('sha256')
    .update(JSON.stringify(rows.map(({ item, is_hidden, position }) => [item, is_hidden, position]).sort()))
    .digest('hex')
    .slice(0, 16);

const described = (rows: readonly MenuRow[]): object => ({
  hidden: rows.filter(({ is_hidden }) => is_hidden).map(({ item }) => item),
  order: rows
    .filter(({ position }) => position !== null)
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(({ item }) => item),
});
