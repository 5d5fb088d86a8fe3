import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { assetAddress, assetHash } from './assetAddress.js';
import { AssetNotFound } from './errors.js';

/** A static file, ready to send with `Cache-Control: public, max-age=31536000, immutable`. */
export interface Asset {
  readonly body: Buffer;
  /** The same, compressed; undefined where that does not help. */
  readonly gzip: Buffer | undefined;
  /** Content-Type. */
  readonly type: string;
  /** Quoted, as in the header. */
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = new Set(['.css', '.js', '.json', '.svg', '.txt']);
const SMALLEST_WORTH_COMPRESSING = 1024;

/**
 * The static files of the templates package and of the plugins, under addresses that carry their content's hash.
 *
 * Files are read once, when the store is made. An address is looked up in a map, never on disk, so that no
 * address can lead out of the folders.
 */
export class AssetStore {
  readonly #addresses = new Map<string, string>();
  readonly #assets = new Map<string, StoredAsset>();

  /** @param folders plugin code → folder; `core` is the folder of the templates package */
  constructor(folders: ReadonlyMap<string, URL>) {
    for (const [code, folder] of folders) this.#add(code, fileURLToPath(folder));
  }

  /**
   * The address of a file: `/assets/{code}/{name}.{hash}.{ext}`, the same on every host.
   *
   * @param file path inside the plugin's folder, with `/`
   * @throws {AssetNotFound} when the plugin brings no such file
   */
  address(code: string, file: string): string {
    const address = this.#addresses.get(`${code}/${file}`);
    if (address === undefined) throw new AssetNotFound({ plugin: code, file });
    return address;
  }

  has(code: string, file: string): boolean {
    return this.#addresses.has(`${code}/${file}`);
  }

  /** The file behind an address; undefined for every other path. */
  find(address: string): Asset | undefined {
    return this.#assets.get(address);
  }

  #add(code: string, root: string): void {
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const extension = path.extname(entry.name);
      const type = TYPES[extension];
      if (!entry.isFile() || !type) continue;
      const absolute = path.join(entry.parentPath, entry.name);
      const file = path.relative(root, absolute).split(path.sep).join('/');
      const asset = new StoredAsset(readFileSync(absolute), type, COMPRESSIBLE.has(extension));
      const address = assetAddress(code, file, asset.body);
      this.#addresses.set(`${code}/${file}`, address);
      this.#assets.set(address, asset);
    }
  }
}

class StoredAsset implements Asset {
  readonly etag: string;
  #gzip: Buffer | undefined;

  constructor(
    readonly body: Buffer,
    readonly type: string,
    private readonly isCompressible: boolean,
  ) {
    this.etag = `"${assetHash(body)}"`;
  }

  get gzip(): Buffer | undefined {
    if (!this.isCompressible || this.body.length < SMALLEST_WORTH_COMPRESSING) return undefined;
    return (this.#gzip ??= gzipSync(this.body, { level: 9 }));
  }
}
