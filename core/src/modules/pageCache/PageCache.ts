import { LRUCache } from 'lru-cache';
import type { Bus } from '../../database/Bus.js';
import { TenantMissing } from '../../errors/common.js';
import type { Clock } from '../../kernel/clock.js';
import type { TenantContext } from '../../kernel/context.js';
import { Generations, type Generation } from './Generations.js';
import { PageEntry, type CachedPage } from './PageEntry.js';

/** Whose page it is: a store's, or (without a store) the platform's own. */
export interface PageScope {
  readonly platformId: string;
  readonly storeId: string | null;
}

/** Longest time a page is served without being read again, in milliseconds: a net below the invalidations. */
export const MAX_AGE_MS = 60_000;
const TOPIC = 'cache';

interface Kept {
  readonly entry: PageEntry;
  readonly scope: PageScope;
}

/**
 * HTML of published pages, in memory and bounded by bytes.
 *
 * Answers only while the bus is connected: without it a publish on another node would not be heard. A page is
 * kept only if nothing of its scope was invalidated since `generation` was taken, before it was read.
 */
export class PageCache {
  readonly #bus: Pick<Bus, 'publish' | 'isConnected'>;
  readonly #clock: Clock;
  readonly #pages: LRUCache<string, Kept>;
  readonly #generations = new Generations();
  /** Scope → keys, so that an invalidation need not walk the whole cache. */
  readonly #keys = new Map<string, Set<string>>();

  /** @param deps.maxBytes bodies and their compressed forms together; default 32 MiB, 0 keeps nothing */
  constructor(deps: {
    readonly bus: Pick<Bus, 'publish' | 'on' | 'onGap' | 'isConnected'>;
    readonly clock: Clock;
    readonly maxBytes?: number;
  }) {
    this.#bus = deps.bus;
    this.#clock = deps.clock;
    this.#pages = new LRUCache<string, Kept>({
      // 0 turns the cache off; the LRU would take that for "without a bound", and no page fits into one byte.
      maxSize: Math.max(1, deps.maxBytes ?? 32 * 1_024 * 1_024),
      dispose: (kept, key) => this.#forget(kept.scope, key),
      noDisposeOnSet: true,
    });
    deps.bus.on(TOPIC, (payload) => this.#heard(payload));
    deps.bus.onGap(() => this.clear());
  }

  get(key: string): PageEntry | undefined {
    if (!this.#bus.isConnected) return undefined;
    const kept = this.#pages.get(key);
    if (!kept) return undefined;
    if (kept.entry.expires > this.#clock.now().getTime()) return kept.entry;
    this.#pages.delete(key);
    return undefined;
  }

  /** To be taken before the page's content is read, and handed to `put`. */
  generation(): Generation {
    return this.#generations.current();
  }

  /**
   * Keeps a page.
   *
   * @returns the entry to answer with; it is kept only if its scope did not change since `generation` and the
   *   bus is connected
   */
  put(key: string, scope: PageScope, generation: Generation, page: CachedPage): PageEntry {
    const expires = Math.min(this.#clock.now().getTime() + MAX_AGE_MS, page.expiresAt?.getTime() ?? Infinity);
    const entry = new PageEntry(page, expires, (compressed, bytes) => this.#resize(key, compressed, bytes));
    if (!this.#bus.isConnected || this.#generations.hasMoved(generation, scopesOf(scope))) return entry;
    this.#pages.set(key, { entry, scope }, { size: entry.bytes });
    // Too large a page is not taken at all, and must not be remembered as if it were.
    if (this.#pages.has(key)) this.#remember(scope, key);
    return entry;
  }

  /**
   * Drops the pages of the store of `ctx`, or of the whole platform with all its stores (which show its defaults),
   * on every node once the transaction of `ctx` is committed.
   *
   * @param scope left out: the store where `ctx` has one, else the platform
   * @throws {TenantMissing} outside of a transaction, or for a store where there is none
   */
  async invalidate(
    ctx: TenantContext,
    scope: 'store' | 'platform' = ctx.store ? 'store' : 'platform',
  ): Promise<void> {
    if (!ctx.tx) throw new TenantMissing({ needed: 'transaction', where: 'invalidating pages' });
    if (scope === 'store' && !ctx.store)
      throw new TenantMissing({ needed: 'store', where: "invalidating a store's pages" });
    const target: PageScope = {
      platformId: ctx.platform.id,
      storeId: scope === 'store' ? (ctx.store?.id ?? null) : null,
    };
    // This node hears its own message too, but later than the answer to this request may bring the next one.
    ctx.tx.afterCommit(() => this.drop(target));
    await this.#bus.publish(ctx.tx, TOPIC, { ...target });
  }

  /** Drops the pages of a scope on this node only; without a store those of the platform and all its stores. */
  drop(scope: PageScope): void {
    const name = scope.storeId === null ? platformScope(scope.platformId) : storeScope(scope.storeId);
    this.#generations.move(name);
    for (const key of [...(this.#keys.get(name) ?? [])]) this.#pages.delete(key);
  }

  /** Drops everything, and refuses what is being read. */
  clear(): void {
    this.#generations.moveAll();
    this.#pages.clear();
    this.#keys.clear();
  }

  /** Pages and bytes held, for health and tests. */
  get size(): { readonly pages: number; readonly bytes: number } {
    return { pages: this.#pages.size, bytes: this.#pages.calculatedSize };
  }

  #heard(payload: unknown): void {
    const { platformId, storeId } = payload as Partial<PageScope>;
    if (typeof platformId === 'string') this.drop({ platformId, storeId: storeId ?? null });
    else this.clear();
  }

  #resize(key: string, entry: PageEntry, compressedBytes: number): void {
    const kept = this.#pages.peek(key);
    // A new object: setting the very same one would leave its size as it was.
    if (kept?.entry === entry) this.#pages.set(key, { ...kept }, { size: entry.bytes + compressedBytes });
  }

  #remember(scope: PageScope, key: string): void {
    for (const name of scopesOf(scope)) {
      const keys = this.#keys.get(name) ?? new Set();
      this.#keys.set(name, keys.add(key));
    }
  }

  #forget(scope: PageScope, key: string): void {
    for (const name of scopesOf(scope)) {
      const keys = this.#keys.get(name);
      keys?.delete(key);
      if (keys?.size === 0) this.#keys.delete(name);
    }
  }
}

/** A store's pages belong to the platform's scope as well; a store is one scope on all its platforms. */
const scopesOf = ({ platformId, storeId }: PageScope): readonly string[] =>
  storeId === null ? [platformScope(platformId)] : [platformScope(platformId), storeScope(storeId)];
const platformScope = (id: string): string => `platform ${id}`;
const storeScope = (id: string): string => `store ${id}`;
