import { LANGUAGES, type Language } from '../kernel/context.js';

const known: ReadonlySet<string> = new Set(LANGUAGES);

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && known.has(value);

/** The first language of an Accept-Language header that is supported; quality values are obeyed. */
export function acceptedLanguage(
  header: string | undefined,
  supported: readonly Language[],
): Language | undefined {
  if (!header || header.length > 500) return undefined;
  const wanted = header.split(',').map((part, position) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.find((parameter) => parameter.trim().startsWith('q='));
    return { language: tag.split('-')[0] as string, quality: q ? Number(q.trim().slice(2)) : 1, position };
  });
  const best = wanted
    .filter(({ language, quality }) => quality > 0 && (supported as readonly string[]).includes(language))
    .sort((a, b) => b.quality - a.quality || a.position - b.position)[0];
  return best?.language as Language | undefined;
}
