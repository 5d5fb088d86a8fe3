import { LRUCache } from 'lru-cache';
import type { StoreRecord } from '../../kernel/context.js';
import type { Found } from '../address/TenantLookup.js';
import { boundedCount } from '../boundedCount.js';

/** Look-ups that found nothing: enough for a few wrong addresses, too few to be worth filling. */
const MAX_MISSES = 2_000;

/**
 * Stores by the keys they were asked for, bounded, least recently asked for first out. One record serves all keys
 * of a store; many who ask at once for what is not there yet wait for one query.
 */
export class StoreMemory {
  readonly #hits: LRUCache<string, StoreRecord>;
  readonly #misses = new LRUCache<string, true>(boundedCount(MAX_MISSES));
  readonly #pending = new Map<string, Promise<StoreRecord | null>>();
  #generation = 0;

  /** @param max keys; a store has up to four (subdomain, code, domain, id) */
  constructor(max: number) {
    this.#hits = new LRUCache(boundedCount(max));
  }

  get size(): number {
    return this.#hits.size;
  }

  get(key: string, load: () => Promise<StoreRecord | null>): Found<StoreRecord> {
    const hit = this.#hits.get(key);
    if (hit) return hit;
    if (this.#misses.has(key)) return null;
    return this.#pending.get(key) ?? this.#load(key, load);
  }

  /** Drops the stores that a change may concern; loads that began before it serve only those who wait for them. */
  forget(concerns: (store: StoreRecord) => boolean): void {
    this.#startOver();
    for (const [key, store] of this.#hits.entries()) if (concerns(store)) this.#hits.delete(key);
  }

  clear(): void {
    this.#startOver();
    this.#hits.clear();
  }

  #startOver(): void {
    this.#generation++;
    this.#misses.clear();
    this.#pending.clear();
  }

  #load(key: string, load: () => Promise<StoreRecord | null>): Promise<StoreRecord | null> {
    const generation = this.#generation;
    const loading = load()
      .then((store) => (generation === this.#generation ? this.#keep(key, store) : store))
      .finally(() => {
        if (this.#pending.get(key) === loading) this.#pending.delete(key);
      });
    this.#pending.set(key, loading);
    return loading;
  }

  #keep(key: string, store: StoreRecord | null): StoreRecord | null {
    if (store === null) {
      this.#misses.set(key, true);
      return null;
    }
    const idKey = storeKey('id', store.platformId, store.id);
    const known = this.#hits.get(idKey) ?? store;
    this.#hits.set(idKey, known);
    this.#hits.set(key, known);
    return known;
  }
}

export const storeKey = (kind: 'id' | 'code' | 'subdomain', platformId: string, value: string): string =>
  `${kind} ${platformId} ${value}`;
