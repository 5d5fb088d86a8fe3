import type { Language } from '../kernel/context.js';
import { intlLocale } from './intlLocale.js';
import type { Message, MessageParams } from './message.js';
import type { RefusalTexts } from './RefusalTexts.js';

const NO_PARAMS: MessageParams = Object.freeze({});

/** Everything that can be said in one language, fallbacks already filled in: one look-up per text. */
export class Words {
  constructor(
    readonly language: Language,
    private readonly messages: ReadonlyMap<string, Message>,
    private readonly report: (problem: string) => void,
    private readonly refusals: RefusalTexts,
  ) {}

  has(key: string): boolean {
    return this.messages.has(key);
  }

  /** The text for a key; the key itself where no language knows it, which is reported. */
  text(key: string, params: MessageParams = NO_PARAMS): string {
    const message = this.messages.get(key);
    if (typeof message === 'string') return message;
    if (message === undefined) {
      this.report(`the translation '${key}' is missing in '${this.language}'`);
      return key;
    }
    return message.format(params, (name) =>
      this.report(`the translation '${key}' (${this.language}) was not given '${name}'`),
    );
  }

  /** An English sentence of a schema or an error in this language; as it is where no dictionary has it. */
  sentence(english: string): string {
    if (this.language === 'en') return english;
    const found = this.refusals.find(english);
    return found ? this.text(found.key, found.values) : english;
  }

  /** The key of what an error's code means; undefined where no dictionary has it. */
  keyOfCode(code: string): string | undefined {
    return this.refusals.keyOfCode(code);
  }

  /**
   * What an error's code means, with the error's data in it: lists are joined, what is missing counts as `none`.
   *
   * Undefined where no dictionary has it, or its data do not fill it.
   */
  ofCode(code: string, data: object = NO_PARAMS): string | undefined {
    const key = this.refusals.keyOfCode(code);
    const message = key === undefined ? undefined : this.messages.get(key);
    if (message === undefined || typeof message === 'string') return message;
    let isWhole = true;
    const text = message.format(this.#values(data), () => (isWhole = false));
    return isWhole ? text : undefined;
  }

  #values(data: object): MessageParams {
    return Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, this.#value(value as unknown)]),
    );
  }

  #value(value: unknown): unknown {
    if (value === null || value === undefined || value === '') return 'none';
    if (!Array.isArray(value)) return value;
    return value.length === 0
      ? 'none'
      : new Intl.ListFormat(intlLocale(this.language), { type: 'conjunction' }).format(value.map(String));
  }
}
