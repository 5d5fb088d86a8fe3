import { LANGUAGES, type Language } from '../kernel/context.js';
import type { PluginLocales } from './locales.js';
import { parametersOf, parseMessage } from './parseMessage.js';

/**
 * What is wrong with a plugin's locales: keys that a language lacks, empty or unreadable messages, and
 * messages that take other parameters than the English one. An empty list means well.
 */
export function localeProblems({ code, messages }: PluginLocales): string[] {
  const keys = new Set(LANGUAGES.flatMap((language) => Object.keys(messages[language])));
  const problems: string[] = [];
  for (const key of [...keys].sort()) {
    const english = parametersIn(messages.en[key]);
    for (const language of LANGUAGES) {
      const problem = problemOf(messages[language][key], english, language);
      if (problem) problems.push(`plugin '${code}': '${key}' ${problem}`);
    }
  }
  return problems;
}

function problemOf(
  message: string | undefined,
  english: string | undefined,
  language: Language,
): string | undefined {
  if (message === undefined) return `is missing in '${language}'`;
  if (message.trim() === '') return `is empty in '${language}'`;
  try {
    parseMessage(message);
  } catch (error) {
    return `cannot be read in '${language}': ${(error as Error).message}`;
  }
  const own = parametersIn(message);
  if (english !== undefined && own !== english)
    return `takes {${own}} in '${language}', but {${english}} in 'en'`;
  return undefined;
}

function parametersIn(message: string | undefined): string | undefined {
  try {
    return message === undefined ? undefined : parametersOf(parseMessage(message)).join(', ');
  } catch {
    return undefined;
  }
}
