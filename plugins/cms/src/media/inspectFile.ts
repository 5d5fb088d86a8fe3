import { open } from 'node:fs/promises';
import type { UploadedFile } from '@wizamart/core';
import { MediaFileRefused } from './errors.js';
import { loadSharp, MAX_PIXELS } from './loadSharp.js';
import type { MediaKind } from './types.js';

/** What a file is, after a look at its bytes. */
export interface InspectedFile {
  readonly kind: MediaKind;
  readonly mime: string;
  readonly extension: string;
  /** Pixels, upright; null for documents. */
  readonly width: number | null;
  readonly height: number | null;
}

const IMAGES: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
  ['image/avif', 'avif'],
  ['image/gif', 'gif'],
]);
/** How sharp calls what the bytes say; a file that two readers take for different things is refused. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/avif': ['heif', 'avif'],
  'image/gif': ['gif'],
};

const ACCEPTED = 'Choose a picture (JPEG, PNG, WebP, AVIF, GIF) or a PDF.';

/**
 * Looks at an uploaded file.
 *
 * @throws {MediaFileRefused} for what is no picture or PDF by its bytes, cannot be read, or would unpack to too many pixels
 */
export async function inspectFile({ path, type, bytes }: UploadedFile): Promise<InspectedFile> {
  if (bytes === 0) throw new MediaFileRefused({ reason: 'The file is empty.' });
  // `image/apng` is a PNG that moves; its first picture is shown.
  const mime = type?.mime === 'image/apng' ? 'image/png' : type?.mime;
  if (mime === 'application/pdf')
    return { kind: 'document', mime, extension: 'pdf', width: null, height: null };
  const extension = mime === undefined ? undefined : IMAGES.get(mime);
  if (mime === undefined || extension === undefined) {
    throw new MediaFileRefused({
      reason: (await looksLikeSvg(path))
        ? 'SVG files can carry scripts and are not taken. Export the picture as PNG or WebP.'
        : ACCEPTED,
    });
  }
  return { kind: 'image', mime, extension, ...(await sizeOf(path, mime)) };
}

async function sizeOf(path: string, mime: string): Promise<{ width: number; height: number }> {
  const sharp = await loadSharp();
  const metadata = await sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    .metadata()
    .catch((error: unknown) => {
      throw new MediaFileRefused({
        reason: /pixel limit/i.test(String(error))
          ? TOO_MANY_PIXELS
          : 'The picture cannot be read. Save it anew and try again.',
      });
    });
  if (!FORMATS[mime]?.includes(metadata.format)) throw new MediaFileRefused({ reason: ACCEPTED });
  const { width, height } = metadata.autoOrient;
  // Of an animation all pictures count.
  if (width * height * (metadata.pages ?? 1) > MAX_PIXELS)
    throw new MediaFileRefused({ reason: TOO_MANY_PIXELS });
  return { width, height };
}

const TOO_MANY_PIXELS = `The picture has more than ${MAX_PIXELS / 1_000_000} million pixels. Make it smaller and try again.`;

async function looksLikeSvg(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return /<svg[\s/>]/i.test(buffer.toString('latin1', 0, bytesRead).replaceAll('\0', ''));
  } finally {
    await file.close();
  }
}
