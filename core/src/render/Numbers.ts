/** A number for each object, the same as long as it lives: for keys of what is kept beside it. */
export class Numbers {
  readonly #known = new WeakMap<object, number>();
  #last = 0;

  of(value: object): number {
    let number = this.#known.get(value);
    if (number === undefined) this.#known.set(value, (number = ++this.#last));
    return number;
  }

  /** Undefined for what was never given one. */
  find(value: object): number | undefined {
    return this.#known.get(value);
  }
}
