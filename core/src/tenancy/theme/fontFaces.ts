import { readFileSync } from 'node:fs';
import { assets } from '@wizamart/templates';
import { assetAddress } from '../../render/assetAddress.js';
import { bundledFont, type BundledFont, type FontName } from './fonts.js';

/** What a theme's style sheet says about its fonts, and which files a page may ask for ahead of it. */
export interface FontFaces {
  readonly css: string;
  /** Addresses of the files, the body's first. */
  readonly files: readonly string[];
}

const addresses = new Map<string, string>();

/** `@font-face` rules of the fonts among those named that come along; the same on every host. */
export function fontFaces(names: readonly FontName[]): FontFaces {
  const fonts = [...new Set(names)].flatMap((name) => bundledFont(name) ?? []);
  return { css: fonts.map(faceCss).join(''), files: fonts.map(addressOf) };
}

function faceCss(font: BundledFont): string {
  const { family, weights, standIn } = font;
  return (
    `@font-face{font-family:"${family}";src:url("${addressOf(font)}") format("woff2");font-weight:${weights};font-style:normal;font-display:swap}\n` +
    `@font-face{font-family:"${family} stand-in";src:${standIn.local};size-adjust:${standIn.sizeAdjust};` +
    `ascent-override:${standIn.ascent};descent-override:${standIn.descent};line-gap-override:0%}\n`
  );
}

function addressOf({ file }: BundledFont): string {
  let address = addresses.get(file);
  if (address === undefined) {
    address = assetAddress('core', `fonts/${file}`, readFileSync(new URL(`fonts/${file}`, assets)));
    addresses.set(file, address);
  }
  return address;
}
