import type { Language } from '../kernel/context.js';
import { intlLocale } from './intlLocale.js';
import { parseMessage, type MessagePart } from './parseMessage.js';

export type MessageParams = Readonly<Record<string, unknown>>;

/** One translated sentence: the text itself, or a text with places that parameters fill. */
export type Message = string | ParametrisedMessage;

/** A sentence with `{name}`, `{name, number}` or `{name, plural, one {…} other {…}}` in it. */
export class ParametrisedMessage {
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;

  constructor(
    readonly parts: readonly MessagePart[],
    language: Language,
  ) {
    this.#plurals = pluralRules(language);
    this.#numbers = numberFormat(language);
  }

  /**
   * Fills in the parameters.
   *
   * @param onMissing told the name of each parameter that was not given; its place keeps `{name}`
   */
  format(params: MessageParams, onMissing: (name: string) => void): string {
    return this.#join(this.parts, params, onMissing, '#');
  }

  #join(
    parts: readonly MessagePart[],
    params: MessageParams,
    onMissing: (name: string) => void,
    hash: string,
  ): string {
    let text = '';
    for (const part of parts) {
      text +=
        typeof part === 'string'
          ? part
          : part.kind === 'hash'
            ? hash
            : this.#fill(part, params, onMissing, hash);
    }
    return text;
  }

  #fill(
    part: Exclude<MessagePart, string | { kind: 'hash' }>,
    params: MessageParams,
    onMissing: (name: string) => void,
    hash: string,
  ): string {
    const value = params[part.name];
    if (value === undefined || value === null) {
      onMissing(part.name);
      return `{${part.name}}`;
    }
    if (part.kind === 'text') return String(value);
    const amount = Number(value);
    if (part.kind === 'number') return this.#numbers.format(amount);
    if (part.kind === 'select')
      return this.#join(part.cases.get(String(value)) ?? part.other, params, onMissing, hash);
    const branch = part.cases.get(`=${amount}`) ?? part.cases.get(this.#plurals.select(amount)) ?? part.other;
    return this.#join(branch, params, onMissing, this.#numbers.format(amount));
  }
}

/** Reads a message once; a sentence without places stays a plain string. */
export function compileMessage(source: string, language: Language): Message {
  return source.includes('{') || source.includes('}')
    ? new ParametrisedMessage(parseMessage(source), language)
    : source;
}

const rules = new Map<Language, Intl.PluralRules>();
function pluralRules(language: Language): Intl.PluralRules {
  let rule = rules.get(language);
  if (!rule) rules.set(language, (rule = new Intl.PluralRules(language)));
  return rule;
}

const formats = new Map<Language, Intl.NumberFormat>();
function numberFormat(language: Language): Intl.NumberFormat {
  let format = formats.get(language);
  if (!format) formats.set(language, (format = new Intl.NumberFormat(intlLocale(language))));
  return format;
}
