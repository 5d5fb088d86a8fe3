import type { Language } from '@wizamart/core';

/** A stretch of text and what became of it. */
export interface TextPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A value that differs; `path` below the block or language, for example `items.2.title`, counted from 1. */
export interface FieldDiff {
  readonly path: string;
  readonly parts: readonly TextPart[];
}

export type DiffKind = 'same' | 'added' | 'removed' | 'changed';

/** A block beside its counterpart. */
export interface BlockDiff {
  readonly change: DiffKind;
  readonly type: string;
  /** Its place from top to bottom, from 1; null where it is not. */
  readonly before: number | null;
  readonly after: number | null;
  /** What differs; everything of a block that came or went; nothing of one that is the same. */
  readonly fields: readonly FieldDiff[];
}

export interface LanguageDiff {
  readonly language: Language;
  readonly change: DiffKind;
  /** Title, description and what search engines are told. */
  readonly fields: readonly FieldDiff[];
  readonly blocks: readonly BlockDiff[];
}
