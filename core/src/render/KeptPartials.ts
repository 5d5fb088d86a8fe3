import { LRUCache } from 'lru-cache';
import type { Words } from '../i18n/Words.js';
import { Numbers } from './Numbers.js';
import { numberOf } from './unchanging.js';

/** Characters, of what was drawn and of what it was drawn from. */
const MAX_SIZE = 3_000_000;

/**
 * What partials drew, by everything they were given: the shell of pages is the same for many of them.
 *
 * Nothing has to be told of changes: what a partial is given is the key, word for word, and with the texts of its
 * language it sees nothing else. What is unchanging stands in the key by its number.
 */
export class KeptPartials {
  readonly #kept = new LRUCache<string, string>({
    maxSize: MAX_SIZE,
    sizeCalculation: (html, key) => html.length + key.length,
  });
  readonly #numbers = new Numbers();

  /** @param draw draws the partial where it has not been drawn from the same before */
  html(partial: string, given: object, words: Words, draw: () => string): string {
    const key = `${partial} ${this.#numbers.of(words)} ${textOf(given)}`;
    let html = this.#kept.get(key);
    if (html === undefined) {
      // Handlebars leaves a tree of pieces behind; kept is one text.
      html = Buffer.from(draw()).toString();
      this.#kept.set(key, html);
    }
    return html;
  }
}

/** The same for the same data only: texts with their length, so that none can pass for something else. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return `${value.length}'${value}`;
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`;
  const number = numberOf(value);
  if (number !== undefined) return `#${number}`;
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  // Dates and the like say themselves what they are.
  if ('toJSON' in value) return `${value.constructor.name} ${JSON.stringify(value)}`;
  let text = '{';
  for (const name of Object.keys(value))
    text += `${name}:${textOf((value as Readonly<Record<string, unknown>>)[name])},`;
  return `${text}}`;
}
