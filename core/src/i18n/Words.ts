import type { Language } from '../kernel/context.js';
import type { Message, MessageParams } from './message.js';

const NO_PARAMS: MessageParams = Object.freeze({});

/** Everything that can be said in one language, fallbacks already filled in: one look-up per text. */
export class Words {
  constructor(
    readonly language: Language,
    private readonly messages: ReadonlyMap<string, Message>,
    private readonly report: (problem: string) => void,
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
}
