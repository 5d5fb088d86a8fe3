import type { AltTexts, MediaKind, MediaStatus, Variant } from '../types.js';

/** What the rows of a platform's and a store's media have in common. */
export interface MediumRow {
  id: string;
  kind: MediaKind;
  fileName: string;
  title: string;
  alt: AltTexts;
  mime: string;
  bytes: number;
  width: number | null;
  height: number | null;
  focusX: number;
  focusY: number;
  sha256: string;
  status: MediaStatus;
  failure: string | null;
  variants: readonly Variant[];
  createdAt: Date;
  createdBy: string | null;
  updatedAt: Date;
  updatedBy: string | null;
}
