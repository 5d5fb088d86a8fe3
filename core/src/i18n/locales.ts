import { readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from '../kernel/context.js';

/** What one plugin brings to say: per language a flat map of `plugin.key` to the message. */
export interface PluginLocales {
  readonly code: string;
  readonly messages: Readonly<Record<Language, Readonly<Record<string, string>>>>;
}

/**
 * Reads en.json, fr.json, de.json and lb.json of a plugin's folder.
 *
 * @throws {Error} that names the plugin, the file and how to mend it
 */
export function readLocales(code: string, folder: URL): PluginLocales {
  const root = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`);
  const messages = {} as Record<Language, Readonly<Record<string, string>>>;
  for (const language of LANGUAGES)
    messages[language] = readLanguage(code, new URL(`${language}.json`, root));
  return { code, messages };
}

function readLanguage(code: string, file: URL): Readonly<Record<string, string>> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(
      `plugin '${code}': the locale ${file.pathname} cannot be read (${(cause as Error).message})`,
      { cause },
    );
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new Error(`plugin '${code}': the locale ${file.pathname} must be one object of keys and messages`);
  }
  for (const [key, value] of Object.entries(content)) {
    if (!key.startsWith(`${code}.`))
      throw new Error(`plugin '${code}': the key '${key}' in ${file.pathname} must start with '${code}.'`);
    if (typeof value !== 'string')
      throw new Error(`plugin '${code}': '${key}' in ${file.pathname} must be a text`);
  }
  return content as Readonly<Record<string, string>>;
}
