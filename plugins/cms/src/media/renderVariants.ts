import { createHash } from 'node:crypto';
import type { Sharp } from 'sharp';
import { cropAround } from './cropAround.js';
import { loadSharp, MAX_PIXELS } from './loadSharp.js';
import type { Variant } from './types.js';

export interface Picture {
  readonly source: Buffer;
  /** Upright. */
  readonly width: number;
  readonly height: number;
  readonly mime: string;
  readonly focus: { readonly x: number; readonly y: number };
}

export interface RenderedVariant {
  readonly variant: Variant;
  readonly bytes: Buffer;
}

const WIDTHS = [320, 640, 960, 1280, 1920];
const CROPS = [
  { shape: 'square', ratio: 1, widths: [320, 640, 960] },
  { shape: 'wide', ratio: 16 / 9, widths: [640, 1280, 1920] },
] as const;

/**
 * Makes the files that visitors get of a picture, one after the other: its sizes, and crops around its focal point, each as
 * WebP and in the picture's own format.
 *
 * Upright, in sRGB, without EXIF or anything else that came with the file: every byte is written anew. Never larger than
 * the picture. The same picture gives the same files.
 */
export async function* renderVariants(picture: Picture): AsyncGenerator<RenderedVariant> {
  const { width, height, focus } = picture;
  for (const size of sizesUpTo(WIDTHS, width)) {
    yield* inFormats(
      picture,
      `w${size}`,
      (image) => image.resize({ width: size, withoutEnlargement: true }),
      true,
    );
  }
  for (const { shape, ratio, widths } of CROPS) {
    const area = cropAround({ width, height }, focus, ratio);
    for (const size of sizesUpTo(widths, area.width)) {
      yield* inFormats(
        picture,
        `${shape}-${size}`,
        (image) =>
          image
            .extract(area)
            .resize({ width: size, height: Math.max(1, Math.round(size / ratio)), fit: 'fill' }),
        false,
      );
    }
  }
}

/** The widths that fit; the picture's own where it is smaller than the largest. */
function sizesUpTo(widths: readonly number[], own: number): number[] {
  const largest = widths.at(-1) as number;
  const smaller = widths.filter((width) => width < own);
  return own >= largest ? [...widths] : [...smaller, own];
}

async function* inFormats(
  { source, mime }: Picture,
  name: string,
  cut: (image: Sharp) => Sharp,
  mayMove: boolean,
): AsyncGenerator<RenderedVariant> {
  const sharp = await loadSharp();
  const animated = mayMove && (mime === 'image/gif' || mime === 'image/webp');
  for (const extension of new Set(['webp', EXTENSIONS[mime] ?? 'jpg'])) {
    const upright = sharp(source, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated }).autoOrient();
    const { data, info } = await encode(cut(upright).toColourspace('srgb'), extension).toBuffer({
      resolveWithObject: true,
    });
    const hash = createHash('sha256').update(data).digest('hex').slice(0, 16);
    yield {
      variant: {
        name,
        extension,
        width: info.width,
        height: info.pageHeight ?? info.height,
        bytes: data.length,
        hash,
      },
      bytes: data,
    };
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
};

function encode(image: Sharp, extension: string): Sharp {
  switch (extension) {
    case 'webp':
      return image.webp({ quality: 80, effort: 3 });
    case 'png':
      return image.png({ compressionLevel: 9 });
    case 'avif':
      return image.avif({ quality: 55, effort: 2 });
    case 'gif':
      return image.gif({ effort: 4 });
    default:
      return image.flatten({ background: '#ffffff' }).jpeg({ quality: 80, progressive: true });
  }
}
