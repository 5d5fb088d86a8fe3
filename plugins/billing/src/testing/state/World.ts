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
  /** Kind → id → the object as this request has it; null: deleted. */
  readonly #changed = new Map<Kind, Map<string, object | null>>();
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
    // Beyond what an earlier request made in the same millisecond, or before a clock was set back.
    this.#order = Math.max(nowMs * 1_000, objects.newest);
  }

  /** For reading only. */
  find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    const changed = this.#changed.get(kind);
    if (changed?.has(id)) return (changed.get(id) ?? undefined) as Kinds[K] | undefined;
    return this.#objects.of(this.account, kind).get(id);
  }

  /** May be changed. @throws {ApiError} resource_missing */
  get<K extends Kind>(kind: K, id: string, param = 'id'): Kinds[K] {
    const found = this.find(kind, id);
    if (!found) throw missing(kind, id, param);
    if (this.#changed.get(kind)?.has(id)) return found;
    const copy = structuredClone(found);
    this.#set(kind, id, copy);
    return copy;
  }

  /** Newest first; for reading only. */
  all<K extends Kind>(kind: K): Kinds[K][] {
    return [...this.each(kind)].sort((a, b) => (b._order ?? 0) - (a._order ?? 0));
  }

  /** In any order; for reading only. */
  *each<K extends Kind>(kind: K): Generator<Kinds[K]> {
    const changed = this.#changed.get(kind);
    for (const [id, object] of this.#objects.of(this.account, kind)) if (!changed?.has(id)) yield object;
    for (const object of changed?.values() ?? []) if (object) yield object as Kinds[K];
  }

  newId(kind: Kind): string {
    return newId(PREFIXES[kind]);
  }

  add<K extends Kind>(kind: K, object: Kinds[K]): Kinds[K] {
    const whole = object as Kinds[K] & { id: string };
    this.#order += 1;
    whole._order = this.#order;
    this.#set(kind, whole.id, whole);
    return whole;
  }

  remove(kind: Kind, id: string): void {
    this.#set(kind, id, null);
  }

  /** From here on the request lives in the time of this object's test clock, where it has one. */
  follow(object: { readonly test_clock?: string | { readonly id: string } | null }): void {
    const reference = object.test_clock;
    if (!reference) return;
    const id = typeof reference === 'string' ? reference : reference.id;
    this.now = this.find('test_clock', id)?.frozen_time ?? this.now;
  }

  writes(): StoredObject[] {
    return [...this.#changed].flatMap(([kind, objects]) =>
      [...objects].map(([id, data]) => ({ account: this.account, kind, id, data })),
    );
  }

  #set(kind: Kind, id: string, object: object | null): void {
    let objects = this.#changed.get(kind);
    if (!objects) this.#changed.set(kind, (objects = new Map()));
    objects.set(id, object);
  }
}
