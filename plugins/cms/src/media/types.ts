import type { Language } from '@wizamart/core';

export const MEDIA_KINDS = ['image', 'document'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** `processing`: its sizes are being made; `failed`: they could not be. */
export const MEDIA_STATUSES = ['processing', 'ready', 'failed'] as const;
export type MediaStatus = (typeof MEDIA_STATUSES)[number];

export const MEDIA_SORTS = ['createdAt', '-createdAt', 'title', '-title', 'bytes', '-bytes'] as const;

/** Whose medium: a store's own, or its platform's. */
export type MediaOwner = 'store' | 'platform';

/** How a picture is cut: not at all, 1:1, or 16:9 around its focal point. */
export const SHAPES = ['natural', 'square', 'wide'] as const;
export type Shape = (typeof SHAPES)[number];

/** One file that visitors get. */
export interface Variant {
  /** `w640`, `square-640`, `wide-1280`, or `original` for a document. */
  readonly name: string;
  readonly extension: string;
  /** Pixels; null for documents. */
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number;
  /** First 16 hex digits of the SHA-256 of its bytes; part of its address. */
  readonly hash: string;
}

export type AltTexts = Readonly<Partial<Record<Language, string>>>;

/** A picture or document of a library. */
export interface Medium {
  readonly id: string;
  readonly kind: MediaKind;
  readonly fileName: string;
  readonly title: string;
  readonly alt: AltTexts;
  readonly mime: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  /** What crops keep in sight: 0 to 1 from the left and from the top. */
  readonly focus: { readonly x: number; readonly y: number };
  readonly status: MediaStatus;
  readonly failure: string | null;
  readonly variants: readonly Variant[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A page that shows a medium. */
export interface MediaUse {
  readonly pageId: string;
  readonly kind: 'platform' | 'default' | 'store';
  readonly slug: string;
  readonly title: string;
  readonly language: Language;
  /** Visitors see it; else it is in a draft. */
  readonly isLive: boolean;
}

export interface MediaUsage {
  readonly pages: readonly MediaUse[];
  /** Stores that show a medium of the platform in pages of their own. */
  readonly stores: number;
  /** The look of the site shows it: as logo, icon or banner. */
  readonly theme: boolean;
}
