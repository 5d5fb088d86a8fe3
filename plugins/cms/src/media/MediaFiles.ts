import {
  type Database,
  file,
  type FileAnswer,
  type Files,
  NotFound,
  type Statement,
  type TenantContext,
} from '@wizamart/core';
import { variantKey } from './mediaKeys.js';
import type { MediaKind, MediaOwner, Variant } from './types.js';

interface ServedRow {
  readonly owner: MediaOwner;
  readonly kind: MediaKind;
  readonly file_name: string;
  readonly variants: readonly Variant[];
}

const PLATFORM = `SELECT 'platform' AS owner, kind, file_name, variants FROM cms_platform_media WHERE platform_id = $1 AND id = $2`;
const OF_PLATFORM: Statement = { name: 'cms_served_platform_media', text: PLATFORM };
const OF_STORE: Statement = {
  name: 'cms_served_store_media',
  text: `SELECT 'store' AS owner, kind, file_name, variants FROM cms_store_media WHERE platform_id = $1 AND id = $2 AND merchant_id = $3 AND store_id = $4 UNION ALL ${PLATFORM}`,
};

const TYPES: Readonly<Record<string, string>> = {
  webp: 'image/webp',
  jpg: 'image/jpeg',
  png: 'image/png',
  avif: 'image/avif',
  gif: 'image/gif',
  pdf: 'application/pdf',
};
const NAME = /^([a-z0-9-]{1,40})\.([0-9a-f]{16})\.([a-z]{3,4})$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Hands out what visitors get of media: of the store of the address and its platform, or of the platform alone. */
export class MediaFiles {
  readonly #database: Database;
  readonly #files: Files;

  constructor({ database, files }: { readonly database: Database; readonly files: Files }) {
    this.#database = database;
    this.#files = files;
  }

  /**
   * The file `{variant}.{hash}.{extension}` of a medium. Under an old hash it is what is there today, not to be kept.
   *
   * @throws {NotFound} for what is not of this tenant, not ready or not there, all alike
   */
  async serve(ctx: TenantContext, id: string, name: string): Promise<FileAnswer> {
    const [, variantName, hash, extension] = NAME.exec(name) ?? [];
    const row = variantName !== undefined && UUID.test(id) ? await this.#find(ctx, id) : undefined;
    const variant = row?.variants.find((one) => one.name === variantName && one.extension === extension);
    const contentType = TYPES[extension ?? ''];
    if (!row || !variant || contentType === undefined) throw new NotFound({ what: 'This file' });
    return file({
      bytes: variant.bytes,
      contentType,
      etag: `"${variant.hash}"`,
      headers: headersOf(row, variant.hash === hash),
      open: (range) => this.#files.get(ctx, row.owner, variantKey(id, variant), range),
    });
  }

  async #find(ctx: TenantContext, id: string): Promise<ServedRow | undefined> {
    const { platform, store } = ctx;
    const [row] = store
      ? await this.#database.read<ServedRow & Record<string, unknown>>(ctx, OF_STORE, [
          platform.id,
          id,
          store.merchantId,
          store.id,
        ])
      : await this.#database.read<ServedRow & Record<string, unknown>>(ctx, OF_PLATFORM, [platform.id, id]);
    return row;
  }
}

function headersOf(row: ServedRow, isCurrent: boolean): Record<string, string> {
  return {
    'Cache-Control': isCurrent ? 'public, max-age=31536000, immutable' : 'public, no-cache',
    // Whatever a browser takes the bytes for, they run nothing and reach nothing.
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': row.kind === 'image' ? 'cross-origin' : 'same-origin',
    ...(row.kind === 'document' ? { 'Content-Disposition': attachment(row.file_name) } : {}),
  };
}

/** RFC 6266: plain letters for old clients, the whole name for all others. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w .-]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
