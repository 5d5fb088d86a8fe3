/** Text that a template writes itself instead of by the helper `t`. */
export interface UntranslatedText {
  readonly line: number;
  readonly text: string;
}

const COMMENT = /\{\{!--[\s\S]*?--\}\}|\{\{![\s\S]*?\}\}|<!--[\s\S]*?-->/g;
const MUSTACHE = /\{\{\{[\s\S]*?\}\}\}|\{\{[\s\S]*?\}\}/g;
/** What people read as it stands in every language: code, keys to press. */
const LITERAL = /<(code|kbd|samp|pre|svg)\b[^>]*>[\s\S]*?<\/\1>/g;
const READ_ATTRIBUTE = /\s(?:aria-label|alt|title|placeholder|label)="([^"]*)"/g;
const TAG = /<[^>]*>/g;
const WORD = /\p{L}{2,}/u;

/**
 * Finds words in a template's own text and in the attributes that people read.
 *
 * @param source a template as it lies on disk
 */
export function untranslatedTexts(source: string): UntranslatedText[] {
  const found: UntranslatedText[] = [];
  // What is taken out leaves its line breaks, so that lines keep their numbers.
  const blank = (text: string): string => text.replace(/[^\n]/g, '');
  const markup = source.replace(COMMENT, blank).replace(MUSTACHE, blank).replace(LITERAL, blank);
  const lineAt = (offset: number): number => markup.slice(0, offset).split('\n').length;
  for (const tag of markup.matchAll(TAG))
    for (const [, text = ''] of tag[0].matchAll(READ_ATTRIBUTE))
      if (WORD.test(text)) found.push({ line: lineAt(tag.index), text });
  const words = markup
    .replace(TAG, blank)
    .replace(/&[a-z]+;|&#\d+;/gi, '')
    .split('\n');
  words.forEach((text, i) => {
    if (WORD.test(text)) found.push({ line: i + 1, text: text.trim() });
  });
  return found;
}
