import { InvalidInput, type Language } from '@wizamart/core';
import type { PageChanges, TranslationChange } from '../input/pageInput.js';
import type { Translation, Translations } from '../types.js';
import { LastTranslation } from '../errors.js';

type TextChanges = Pick<PageChanges, 'language' | 'title' | 'description' | 'body' | 'seo' | 'translations'>;

/**
 * The languages of a page after a change.
 *
 * @param fallback language of the plain fields where the change names none
 * @throws {InvalidInput} when a new language comes without a title
 * @throws {LastTranslation} when no language would be left
 */
export function applyChanges(
  current: Translations,
  changes: TextChanges,
  fallback: Language,
  slug: string,
): Translations {
  const result: Partial<Record<Language, Translation>> = { ...current };
  for (const [language, change] of byLanguage(changes, changes.language ?? fallback)) {
    if (change === null) delete result[language];
    else result[language] = merged(result[language], change, pathOf(changes, language, fallback));
  }
  if (Object.keys(result).length === 0) throw new LastTranslation({ slug });
  return result;
}

/** Whether two states of a page's texts differ; the order of keys does not count. */
export function differ(a: unknown, b: unknown): boolean {
  return canonical(a) !== canonical(b);
}

function byLanguage(changes: TextChanges, language: Language): [Language, TranslationChange | null][] {
  const entries = new Map(
    Object.entries(changes.translations ?? {}) as [Language, TranslationChange | null][],
  );
  const plain = plainFields(changes);
  if (Object.keys(plain).length > 0) entries.set(language, { ...entries.get(language), ...plain });
  return [...entries];
}

function plainFields({ title, description, body, seo }: TextChanges): TranslationChange {
  return Object.fromEntries(
    Object.entries({ title, description, body, seo }).filter(([, value]) => value !== undefined),
  );
}

function merged(before: Translation | undefined, change: TranslationChange, titlePath: string): Translation {
  const title = change.title ?? before?.title;
  if (title === undefined)
    throw new InvalidInput({ errors: [{ path: titlePath, message: 'A new language needs a title.' }] });
  return {
    title,
    description: change.description ?? before?.description ?? '',
    body: change.body ?? before?.body ?? [],
    seo: change.seo ?? before?.seo ?? {},
  };
}

function pathOf(changes: TextChanges, language: Language, fallback: Language): string {
  return changes.translations?.[language] || language !== (changes.language ?? fallback)
    ? `translations.${language}.title`
    : 'title';
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    entry !== null && typeof entry === 'object' && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
