import type { Kind, Kinds } from './kinds.js';
import type { StoredObject } from './StateStore.js';

/** All objects of all accounts, as committed. What is in here is frozen. */
export class Objects {
  /** The newest object's place in the order of making. */
  newest = 0;
  readonly #accounts = new Map<string, Map<string, Map<string, object>>>();

  get accounts(): string[] {
    return [...this.#accounts.keys()];
  }

  of<K extends Kind>(account: string, kind: K): ReadonlyMap<string, Kinds[K]> {
    return this.#of(account, kind) as unknown as ReadonlyMap<string, Kinds[K]>;
  }

  apply(writes: readonly StoredObject[]): void {
    for (const { account, kind, id, data } of writes) {
      const objects = this.#of(account, kind);
      if (data === null) objects.delete(id);
      else objects.set(id, deepFreeze(data));
      this.newest = Math.max(this.newest, (data as { _order?: number } | null)?._order ?? 0);
    }
  }

  #of(account: string, kind: string): Map<string, object> {
    let kinds = this.#accounts.get(account);
    if (!kinds) this.#accounts.set(account, (kinds = new Map()));
    let objects = kinds.get(kind);
    if (!objects) kinds.set(kind, (objects = new Map()));
    return objects;
  }
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
