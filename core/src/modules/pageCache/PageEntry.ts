import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** A page as it was rendered. */
export interface CachedPage {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  /** When its content changes by itself (the next publish or unpublish time); left out: never. */
  readonly expiresAt?: Date;
}

/** A page in memory, with its compressed form once somebody asked for it. */
export class PageEntry implements CachedPage {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  #compressed: Promise<Buffer> | undefined;
  readonly #onCompressed: (entry: PageEntry, bytes: number) => void;

  /** @param expires milliseconds of the clock from which it is not served any more */
  constructor(
    page: CachedPage,
    readonly expires: number,
    onCompressed: (entry: PageEntry, bytes: number) => void,
  ) {
    this.body = page.body;
    this.headers = page.headers;
    this.etag = page.etag;
    this.#onCompressed = onCompressed;
  }

  /** Bytes it takes up, roughly: the body, and what the objects around it cost. */
  get bytes(): number {
    return this.body.length + 1_024;
  }

  /** The body in gzip; compressed by the first who asks and then kept. */
  gzip(): Promise<Buffer> {
    return (this.#compressed ??= compress(this.body).then((buffer) => {
      this.#onCompressed(this, buffer.length);
      return buffer;
    }));
  }
}
