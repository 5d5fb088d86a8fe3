import type { Bus } from '../../database/Bus.js';
import type { Database } from '../../database/Database.js';
import type { Statement, Transaction } from '../../database/unitOfWork.js';
import type { TenantContext } from '../../kernel/context.js';
import { isGlobalPlatform } from '../../tenancy/globalPlatform.js';
import { LoadingCache } from '../entitlements/LoadingCache.js';
import {
  itemKey,
  UNARRANGED_MENU,
  UNCHANGED_MENU,
  type MenuSurface,
  type OwnMenu,
  type PlatformMenu,
} from './MenuChoices.js';

interface PlatformRow {
  surface: MenuSurface;
  item: string;
  is_hidden: boolean;
  position: number | null;
}
interface OwnRow {
  surface: MenuSurface;
  item: string;
  choice: 'hidden' | 'pinned';
}

const OF_PLATFORM: Statement = {
  name: 'core_menu_of_platform',
  text: 'select surface, item, is_hidden, position from core_menu_item where platform_id = $1',
};
const OF_PERSON: Statement = {
  name: 'core_menu_of_person',
  text: 'select surface, item, choice from core_user_menu_item where user_id = $1 and platform_id = $2',
};
const PLATFORM_CHANGED = 'core.menu';
const OWN_CHANGED = 'core.ownMenu';
const TTL_MS = 60_000;

/** What platforms and persons changed about menus, held in memory on every node until one of them changes it. */
export class MenuStore {
  readonly #database: Pick<Database, 'read' | 'readSystem'>;
  readonly #bus: Pick<Bus, 'publish'>;
  readonly #platforms = new LoadingCache<PlatformMenu>({ max: 500, ttlMs: TTL_MS });
  readonly #persons = new LoadingCache<OwnMenu>({ max: 20_000, ttlMs: TTL_MS });

  constructor({
    database,
    bus,
  }: {
    readonly database: Pick<Database, 'read' | 'readSystem'>;
    readonly bus: Pick<Bus, 'publish' | 'on' | 'onGap'>;
  }) {
    this.#database = database;
    this.#bus = bus;
    bus.on(PLATFORM_CHANGED, (payload) =>
      this.#platforms.forget((payload as { platformId: string }).platformId),
    );
    bus.on(OWN_CHANGED, (payload) => this.#persons.forget((payload as { key: string }).key));
    bus.onGap(() => {
      this.#platforms.clear();
      this.#persons.clear();
    });
  }

  /** What the context's platform changed; nothing above all platforms. */
  ofPlatform(ctx: TenantContext): PlatformMenu | Promise<PlatformMenu> {
    if (isGlobalPlatform(ctx.platform)) return UNCHANGED_MENU;
    const { id } = ctx.platform;
    return this.#platforms.get(id, async () =>
      platformMenu(await this.#database.read<PlatformRow>({ ...ctx, tx: null }, OF_PLATFORM, [id])),
    );
  }

  /** How the person of the context arranged their menu on its platform. */
  ofPerson({ actor, platform }: TenantContext): OwnMenu | Promise<OwnMenu> {
    if (actor.kind !== 'user') return UNARRANGED_MENU;
    return this.#persons.get(personKey(actor.userId, platform.id), async () =>
      ownMenu(await this.#database.readSystem<OwnRow>(OF_PERSON, [actor.userId, platform.id])),
    );
  }

  /** Tells all nodes when the transaction commits; this one has forgotten it before the unit of work returns. */
  async platformChanged(tx: Transaction, platformId: string): Promise<void> {
    await this.#bus.publish(tx, PLATFORM_CHANGED, { platformId });
    tx.afterCommit(() => this.#platforms.forget(platformId));
  }

  /** The same for one person's own menu. */
  async personChanged(tx: Transaction, userId: string, platformId: string): Promise<void> {
    const key = personKey(userId, platformId);
    await this.#bus.publish(tx, OWN_CHANGED, { key });
    tx.afterCommit(() => this.#persons.forget(key));
  }
}

const personKey = (userId: string, platformId: string): string => `${userId} ${platformId}`;

function platformMenu(rows: readonly PlatformRow[]): PlatformMenu {
  if (rows.length === 0) return UNCHANGED_MENU;
  return {
    hidden: new Set(
      rows.filter(({ is_hidden }) => is_hidden).map(({ surface, item }) => itemKey(surface, item)),
    ),
    positions: new Map(
      rows.flatMap(({ surface, item, position }) =>
        position === null ? [] : [[itemKey(surface, item), position] as const],
      ),
    ),
  };
}

function ownMenu(rows: readonly OwnRow[]): OwnMenu {
  if (rows.length === 0) return UNARRANGED_MENU;
  const of = (choice: OwnRow['choice']): ReadonlySet<string> =>
    new Set(rows.filter((row) => row.choice === choice).map(({ surface, item }) => itemKey(surface, item)));
  return { hidden: of('hidden'), pinned: of('pinned') };
}
