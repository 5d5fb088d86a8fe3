/** Where the texts of a version came from. */
export const REVISION_ORIGINS = ['created', 'edited', 'restored', 'overridden', 'default'] as const;
export type RevisionOrigin = (typeof REVISION_ORIGINS)[number];

/** Who wrote a version of a page, when, and where it came from. */
export interface RevisionRow {
  pageId: string;
  version: number;
  origin: RevisionOrigin;
  /** Version that was copied; null for what was written. */
  originVersion: number | null;
  createdAt: Date;
  createdBy: string | null;
  createdByName: string | null;
  updatedAt: Date;
  updatedBy: string | null;
  updatedByName: string | null;
  /** When it went live; null for a draft, and for one that was given up. */
  publishedAt: Date | null;
}
