import { createReadStream } from 'node:fs';
import { InvalidInput, NotFound } from '../../../errors/common.js';
import type { FileOwner, Files } from '../../../files/Files.js';
import type { TenantContext } from '../../../kernel/context.js';
import { file, type FileAnswer, type UploadedFile } from '../../../kernel/route.js';

/** By what the bytes say. SVG is not among them: it can carry scripts. */
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  ico: 'image/x-icon',
};
/** Its hash, its length in bytes in base 36, and what it is. */
const NAME = /^([0-9a-f]{32})-([0-9a-z]{1,6})\.(png|jpg|webp|gif|ico)$/;

export const MAX_PICTURE_BYTES = 2 * 1024 * 1024;

/** Logos, icons and banners of themes, kept beside the database; a name is its content's hash, so files never change. */
export class BrandPictures {
  constructor(private readonly files: Files) {}

  /** Keeps a picture. @returns its address on the public pages of its owner @throws {InvalidInput} for anything but a picture */
  async keep(ctx: TenantContext, upload: UploadedFile | undefined): Promise<string> {
    const extension = upload?.type?.extension;
    const type = extension === undefined ? undefined : TYPES[extension];
    if (!upload || extension === undefined || type === undefined)
      throw new InvalidInput({
        errors: [{ path: 'file', message: 'Choose a picture: PNG, JPEG, WebP, GIF or ICO, up to 2 MB.' }],
      });
    const name = `${upload.sha256.slice(0, 32)}-${upload.bytes.toString(36)}.${extension}`;
    await this.files.put(ctx, ctx.store ? 'store' : 'platform', keyOf(name), {
      source: createReadStream(upload.path),
      bytes: upload.bytes,
      type,
    });
    return `/branding/${name}`;
  }

  /** A picture of the store of the address or of its platform, whose theme it may show. @throws {NotFound} */
  async serve(ctx: TenantContext, name: string): Promise<FileAnswer> {
    const [, hash, length, extension] = NAME.exec(name) ?? [];
    const owner = extension === undefined ? undefined : await this.#ownerOf(ctx, name);
    if (extension === undefined || owner === undefined) throw new NotFound({ what: 'This file' });
    return file({
      bytes: Number.parseInt(length as string, 36),
      contentType: TYPES[extension] as string,
      etag: `"${hash}"`,
      headers: {
        'Cache-Control': 'public, max-age=31536000, immutable',
        // Whatever a browser takes the bytes for, they run nothing and reach nothing.
        'Content-Security-Policy': "default-src 'none'; sandbox",
      },
      open: (range) => this.files.get(ctx, owner, keyOf(name), range),
    });
  }

  async #ownerOf(ctx: TenantContext, name: string): Promise<FileOwner | undefined> {
    for (const owner of ctx.store ? (['store', 'platform'] as const) : (['platform'] as const))
      if (await this.files.exists(ctx, owner, keyOf(name))) return owner;
    return undefined;
  }
}

const keyOf = (name: string): string => `core/branding/${name}`;
