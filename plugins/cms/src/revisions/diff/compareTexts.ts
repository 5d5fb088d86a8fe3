import { LANGUAGES } from '@wizamart/core';
import type { Block } from '../../blocks/schemas.js';
import { differ } from '../../services/applyChanges.js';
import type { Translation, Translations } from '../../types.js';
import { align } from './align.js';
import { fieldDiffs } from './fieldDiffs.js';
import type { BlockDiff, DiffKind, LanguageDiff } from './types.js';

type Values = Readonly<Record<string, unknown>>;

/** What became of the texts of a page: language by language, block by block, word by word. */
export function compareTexts(before: Translations, after: Translations): LanguageDiff[] {
  return LANGUAGES.filter((language) => before[language] ?? after[language]).map((language) => {
    const [left, right] = [before[language], after[language]];
    return {
      language,
      change: kindOf(left, right),
      fields: fieldDiffs(wordsOf(left), wordsOf(right)),
      blocks: blockDiffs(left?.body ?? [], right?.body ?? []),
    };
  });
}

/** Whether anything differs at all. */
export const isChanged = (diffs: readonly LanguageDiff[]): boolean =>
  diffs.some(({ change }) => change !== 'same');

function wordsOf(text: Translation | undefined): Values | undefined {
  return text && { title: text.title, description: text.description, seo: text.seo };
}

function blockDiffs(before: readonly Block[], after: readonly Block[]): BlockDiff[] {
  return align(before, after, (a, b) => a.type === b.type).map((pair) => {
    const [left, right] = [pair.before?.item as Values | undefined, pair.after?.item as Values | undefined];
    return {
      change: kindOf(left, right),
      type: (pair.after ?? pair.before)?.item.type ?? '',
      before: pair.before?.place ?? null,
      after: pair.after?.place ?? null,
      fields: fieldDiffs(left, right),
    };
  });
}

function kindOf(before: unknown, after: unknown): DiffKind {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  return differ(before, after) ? 'changed' : 'same';
}
