/** A moment in the history of invalidations; taken before a page is read and given back with it. */
export type Generation = number;

/** How many scopes are remembered one by one; beyond that all reads under way are refused once. */
const MAX_SCOPES = 10_000;

/** Remembers when each scope was invalidated last, so that a page read before can be told from one read after. */
export class Generations {
  #now = 1;
  /** Whatever was read before this moment is refused, whatever its scope. */
  #floor = 0;
  readonly #moved = new Map<string, number>();

  current(): Generation {
    return this.#now;
  }

  move(scope: string): void {
    this.#moved.set(scope, ++this.#now);
    if (this.#moved.size > MAX_SCOPES) this.moveAll();
  }

  moveAll(): void {
    this.#floor = ++this.#now;
    this.#moved.clear();
  }

  hasMoved(since: Generation, scopes: readonly string[]): boolean {
    return this.#floor > since || scopes.some((scope) => (this.#moved.get(scope) ?? 0) > since);
  }
}
