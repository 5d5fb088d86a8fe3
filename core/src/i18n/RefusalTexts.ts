import type { MessageParams } from './message.js';
import { parseMessage, type MessagePart } from './parseMessage.js';

interface Pattern {
  readonly key: string;
  readonly matches: RegExp;
  readonly names: readonly string[];
  /** Letters that stand between its places: the most particular pattern is tried first. */
  readonly letters: number;
}

/** Where the translation of a sentence stands, and what fills its places. */
export interface FoundText {
  readonly key: string;
  readonly values: MessageParams;
}

const ERROR_KEY = /^[a-z][a-z0-9-]*\.errors\.([A-Z][A-Z0-9_]*)$/;
const SENTENCE_KEY = /^[a-z][a-z0-9-]*\.invalid\./;
/** Beyond this a text is no sentence that was written here. */
const LONGEST = 2_000;

/**
 * Finds the translations of refusals in the dictionaries.
 *
 * An error is found by its code, as `{module}.errors.{CODE}`. A sentence about a field is found by its English
 * wording, which stands in the dictionary as `{module}.invalid.{name}`; what fills the places of that wording is
 * read off the sentence. So schemas and errors speak English, for callers of the API, and still no sentence is
 * written twice in code.
 */
export class RefusalTexts {
  readonly #codes = new Map<string, string>();
  readonly #sentences = new Map<string, string>();
  readonly #patterns: readonly Pattern[];

  /** @param english keys and English texts of all dictionaries */
  constructor(english: Iterable<readonly [key: string, text: string]>) {
    const patterns: Pattern[] = [];
    for (const [key, text] of english) {
      const code = ERROR_KEY.exec(key)?.[1];
      if (code !== undefined) this.#codes.set(code, key);
      else if (!SENTENCE_KEY.test(key)) continue;
      else if (text.includes('{')) patterns.push(patternOf(key, parseMessage(text)));
      else this.#sentences.set(text, key);
    }
    this.#patterns = patterns.sort((a, b) => b.letters - a.letters);
  }

  /** The key of what an error's code means. */
  keyOfCode(code: string): string | undefined {
    return this.#codes.get(code);
  }

  /** The key of an English sentence and the values in it. */
  find(sentence: string): FoundText | undefined {
    const key = this.#sentences.get(sentence);
    if (key !== undefined) return { key, values: {} };
    if (sentence.length > LONGEST) return undefined;
    for (const { key, matches, names } of this.#patterns) {
      const found = matches.exec(sentence);
      if (found) return { key, values: Object.fromEntries(names.map((name, at) => [name, found[at + 1]])) };
    }
    return undefined;
  }
}

function patternOf(key: string, parts: readonly MessagePart[]): Pattern {
  const names: string[] = [];
  let source = '';
  let letters = 0;
  for (const part of parts) {
    if (typeof part === 'string') {
      source += part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      letters += part.length;
    } else if (part.kind === 'text') {
      names.push(part.name);
      source += '(.+?)';
    } else throw new SyntaxError(`'${key}': the English wording of a sentence takes plain places only`);
  }
  return { key, names, letters, matches: new RegExp(`^${source}$`, 's') };
}
