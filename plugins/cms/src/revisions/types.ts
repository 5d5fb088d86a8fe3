import type { Language } from '@wizamart/core';
import type { Translations } from '../types.js';
import type { DiffKind, LanguageDiff } from './diff/types.js';
import type { RevisionOrigin } from './RevisionRow.js';

/** `live`: visitors see it; `draft`: it is being edited; `former`: it was live; `discarded`: a draft that was given up. */
export const REVISION_STATUSES = ['live', 'draft', 'former', 'discarded'] as const;
export type RevisionStatus = (typeof REVISION_STATUSES)[number];

/** What differs from the version below, in one language. */
export interface LanguageChange {
  readonly language: Language;
  readonly change: Exclude<DiffKind, 'same'>;
  /** Which of title, description, body and seo. */
  readonly fields: readonly ('title' | 'description' | 'body' | 'seo')[];
}

/** A version in the list of a page's versions. */
export interface RevisionSummary {
  readonly version: number;
  readonly status: RevisionStatus;
  readonly origin: RevisionOrigin;
  /** Version that was copied, of the page or (overridden, default) of the platform's default. */
  readonly originVersion: number | null;
  /** Name of who began it; null for what no person did. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedBy: string | null;
  readonly updatedAt: Date;
  /** When it went live. */
  readonly publishedAt: Date | null;
  readonly changes: readonly LanguageChange[];
}

export interface RevisionDetail extends Omit<RevisionSummary, 'changes'> {
  readonly translations: Translations;
}

export interface RevisionComparison {
  readonly from: Omit<RevisionSummary, 'changes'>;
  readonly to: Omit<RevisionSummary, 'changes'>;
  readonly languages: readonly LanguageDiff[];
}
