/**
 * Values of JSON by their exact text, so that the same text is parsed once. Nothing of who asked is part of the value:
 * whoever was allowed to read the text may have it. Frozen, since all who read the text share it.
 *
 * Bounded by the length of the texts; what was not asked for since the younger half was begun goes first.
 */
export class KeptJson {
  #young = new Map<string, unknown>();
  #old = new Map<string, unknown>();
  #length = 0;

  /** @param maxLength characters of all texts together */
  constructor(private readonly maxLength: number) {}

  parse(text: string): unknown {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const value = this.#old.get(text) ?? frozen(JSON.parse(text));
    this.#keep(text, value);
    return value;
  }

  /** Texts that are kept. */
  get size(): number {
    return new Set([...this.#young.keys(), ...this.#old.keys()]).size;
  }

  #keep(text: string, value: unknown): void {
    const half = this.maxLength / 2;
    if (text.length > half) return;
    if (this.#length + text.length > half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#length = 0;
    }
    this.#young.set(text, value);
    this.#length += text.length;
  }
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
