import { LANGUAGES, type Language } from '../kernel/context.js';
import type { PluginLocales } from './locales.js';
import { compileMessage, type Message, type MessageParams } from './message.js';
import { RefusalTexts } from './RefusalTexts.js';
import { Words } from './Words.js';

const FALLBACK: Language = 'en';

type CompiledLocales = {
  readonly code: string;
  readonly languages: ReadonlyMap<Language, ReadonlyMap<string, Message>>;
  readonly english: Readonly<Record<string, string>>;
};

export interface TranslatorOptions {
  /** Told of missing keys and parameters. Throws by default: right for tests and development; give a logger in production. */
  readonly report?: (problem: string) => void;
}

/**
 * The texts of core and of the plugins in all languages.
 *
 * A text that a language lacks comes from the platform's default language, then from English.
 */
export class Translator {
  readonly #locales: readonly CompiledLocales[];
  readonly #report: (problem: string) => void;
  readonly #words = new Map<string, Words>();
  readonly #refusals: RefusalTexts;

  private constructor(locales: readonly CompiledLocales[], report: (problem: string) => void) {
    this.#locales = locales;
    this.#report = report;
    this.#refusals = new RefusalTexts(locales.flatMap(({ english }) => Object.entries(english)));
  }

  /** @throws {SyntaxError} for a message that cannot be read, with plugin, language and key */
  static of(locales: readonly PluginLocales[], options: TranslatorOptions = {}): Translator {
    return new Translator(locales.map(compileLocales), options.report ?? refuse);
  }

  /** The text for `key` in `language`. */
  t(language: Language, key: string, params?: MessageParams, platformDefault: Language = FALLBACK): string {
    return this.words(language, platformDefault).text(key, params);
  }

  /** All texts of one language; made once, then shared. */
  words(language: Language, platformDefault: Language = FALLBACK): Words {
    const name = `${language} ${platformDefault}`;
    let words = this.#words.get(name);
    if (!words)
      this.#words.set(
        name,
        (words = new Words(language, this.#merged(language, platformDefault), this.#report, this.#refusals)),
      );
    return words;
  }

  /** The same texts without those of modules that are off: what a snapshot serves. */
  only(isOn: (code: string) => boolean): Translator {
    return new Translator(
      this.#locales.filter(({ code }) => isOn(code)),
      this.#report,
    );
  }

  #merged(language: Language, platformDefault: Language): ReadonlyMap<string, Message> {
    const merged = new Map<string, Message>();
    for (const source of [FALLBACK, platformDefault, language]) {
      for (const { languages } of this.#locales) {
        for (const [key, message] of languages.get(source) ?? []) merged.set(key, message);
      }
    }
    return merged;
  }
}

function compileLocales({ code, messages }: PluginLocales): CompiledLocales {
  const languages = new Map<Language, ReadonlyMap<string, Message>>();
  for (const language of LANGUAGES) {
    const compiled = new Map<string, Message>();
    for (const [key, source] of Object.entries(messages[language]))
      compiled.set(key, compileIn(code, language, key, source));
    languages.set(language, compiled);
  }
  return { code, languages, english: messages[FALLBACK] };
}

function compileIn(code: string, language: Language, key: string, source: string): Message {
  try {
    return compileMessage(source, language);
  } catch (cause) {
    throw new SyntaxError(
      `plugin '${code}', language '${language}', key '${key}': ${(cause as Error).message}`,
      { cause },
    );
  }
}

function refuse(problem: string): never {
  throw new Error(problem);
}
