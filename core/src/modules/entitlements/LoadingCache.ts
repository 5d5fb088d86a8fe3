import { LRUCache } from 'lru-cache';

/** Values by key, loaded once when first asked for and kept until told otherwise. */
export class LoadingCache<Value> {
  private readonly entries: LRUCache<string, Promise<Value>>;

  /** @param ttlMs a net below the notices of changes: after this time a value is loaded again in any case */
  constructor({ max, ttlMs }: { max: number; ttlMs: number }) {
    this.entries = new LRUCache({ max, ttl: ttlMs });
  }

  /** The value, from memory when it is there. A load that began before `forget` serves those who waited for it, nobody after. */
  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const known = this.entries.get(key);
    if (known) return known;
    const loading = load();
    this.entries.set(key, loading);
    loading.catch(() => {
      if (this.entries.peek(key) === loading) this.entries.delete(key);
    });
    return loading;
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
