import { createHash } from 'node:crypto';

/** Longer lists of values vary in length, so that a name would hardly be met again. */
const maximumValues = 32;
const maximumLength = 6_000;

/**
 * Gives the same SQL the same name, so that PostgreSQL plans it once per connection.
 *
 * Bounded: what comes after `limit` different texts runs without a name, since names cannot be taken back from
 * connections that know them.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  #suffix = '';

  constructor(
    readonly enabled: boolean,
    readonly limit = 1_000,
  ) {}

  /** The name of a text with that many values; undefined where it should run unnamed. */
  of(text: string, values: number): string | undefined {
    if (!this.enabled) return undefined;
    const known = this.#names.get(text);
    if (known) return known;
    if (this.#names.size >= this.limit || values > maximumValues || text.length > maximumLength)
      return undefined;
    if (!/^\s*(select|insert|update|delete|with)\b/i.test(text)) return undefined;
    const name = `k_${createHash('sha1').update(text).digest('hex').slice(0, 24)}${this.#suffix}`;
    this.#names.set(text, name);
    return name;
  }

  /** The name of a statement that brings its own. */
  own(name: string): string | undefined {
    return this.enabled ? `${name}${this.#suffix}` : undefined;
  }

  /**
   * Makes all names new, after a change of a table has made plans unusable ("cached plan must not change result type").
   */
  renew(): void {
    this.#names.clear();
    this.#suffix = `_${(Number(this.#suffix.slice(1)) || 0) + 1}`;
  }
}

/** Whether a named statement failed because a table has changed since it was planned. */
export function isStalePlan(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return code === '0A000' && message.includes('cached plan');
}
