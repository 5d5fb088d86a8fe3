import { diffLibrary } from './diffLibrary.js';
import type { TextPart } from './types.js';

/** Beyond so many changed words the two texts have nothing in common that would be worth the search. */
const MOST_EDITS = 4_000;

/** Two texts word by word; without empty parts, and the kinds alternate. */
export function textParts(before: string, after: string): TextPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const changes =
    before === '' || after === ''
      ? undefined
      : diffLibrary().diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
  if (changes) {
    return changes.map(({ value, added, removed }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    }));
  }
  const whole: TextPart[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return whole.filter(({ text }) => text !== '');
}
