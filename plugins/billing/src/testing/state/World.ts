import { missing } from '../http/ApiError.js';
import { newId } from './ids.js';
import { PREFIXES, type Kind, type Kinds } from './kinds.js';
import type { Objects } from './Objects.js';
import type { StoredObject } from './StateStore.js';

/**
 * The objects of one account while a request works on them: nothing is kept before the request has succeeded.
 *
 * `get` and `add` hand out copies that may be changed; what `all` and `find` give is for reading.
 */
export class World {
  readonly #objects: Objects;
  readonly #changed = new Map<string, { kind: Kind; id: string; object: object | null }>();
  /** Seconds: of the account, or of the test clock that the request is about. */
  now: number;
  #order: number;

  constructor(
    objects: Objects,
    readonly account: string,
    readonly nowMs: number,
    /** Where the server can be reached, for the addresses in objects. */
    readonly origin: string,
  ) {
    this.#objects = objects;
    this.now = Math.floor(nowMs / 1_000);
    this.#order = nowMs * 1_000;
  }

  /** For reading only. */
  find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    const changed = this.#changed.get(`${kind} ${id}`);
    if (changed) return (changed.object ?? undefined) as Kinds[K] | undefined;
    return this.#objects.of(this.account, kind).get(id);
  }

  /** May be changed. @throws {ApiError} resource_missing */
  get<K extends Kind>(kind: K, id: string, param = 'id'): Kinds[K] {
    const found = this.find(kind, id);
    if (!found) throw missing(kind, id, param);
    const changed = this.#changed.get(`${kind} ${id}`);
    if (changed) return found;
    const copy = structuredClone(found);
    this.#changed.set(`${kind} ${id}`, { kind, id, object: copy });
    return copy;
  }

  /** Newest first; for reading only. */
  all<K extends Kind>(kind: K): Kinds[K][] {
    const rows = new Map<string, Kinds[K]>(this.#objects.of(this.account, kind));
    for (const changed of this.#changed.values()) {
      if (changed.kind !== kind) continue;
      if (changed.object) rows.set(changed.id, changed.object as Kinds[K]);
      else rows.delete(changed.id);
    }
    return [...rows.values()].sort((a, b) => (b._order ?? 0) - (a._order ?? 0));
  }

  newId(kind: Kind): string {
    return newId(PREFIXES[kind]);
  }

  add<K extends Kind>(kind: K, object: Kinds[K]): Kinds[K] {
    const whole = object as Kinds[K] & { id: string };
    // Beyond what was made in the same millisecond by an earlier request.
    const newest = this.all(kind)[0]?._order ?? 0;
    this.#order = Math.max(this.#order, newest) + 1;
    whole._order = this.#order;
    this.#changed.set(`${kind} ${whole.id}`, { kind, id: whole.id, object: whole });
    return whole;
  }

  remove(kind: Kind, id: string): void {
    this.#changed.set(`${kind} ${id}`, { kind, id, object: null });
  }

  /** From here on the request lives in the time of this object's test clock, where it has one. */
  follow(object: { readonly test_clock?: string | { readonly id: string } | null }): void {
    const reference = object.test_clock;
    if (!reference) return;
    const id = typeof reference === 'string' ? reference : reference.id;
    this.now = this.find('test_clock', id)?.frozen_time ?? this.now;
  }

  writes(): StoredObject[] {
    return [...this.#changed.values()].map(({ kind, id, object }) => ({
      account: this.account,
      kind,
      id,
      data: object,
    }));
  }
}
