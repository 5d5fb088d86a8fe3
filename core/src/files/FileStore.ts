import type { Readable } from 'node:stream';

/** A part of a file: both ends count, as in an HTTP range. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What is to be kept, and how long it is: a store may have to know before it starts. */
export interface FileContent {
  readonly source: Buffer | Readable;
  readonly bytes: number;
  /** MIME type, for stores that keep one. */
  readonly type: string;
}

/**
 * Keeps files under keys (`a/b/c.webp`, lower case).
 *
 * A file is there whole or not at all; putting one under a key that is taken replaces it.
 */
export interface FileStore {
  /** @throws when `source` ends before or after `bytes`; then nothing is kept */
  put(key: string, content: FileContent): Promise<void>;
  /** The bytes, or undefined where no such file is. The stream must be read to its end or destroyed. */
  get(key: string, range?: ByteRange): Promise<Readable | undefined>;
  exists(key: string): Promise<boolean>;
  /** Removes a file; one that is not there counts as removed. */
  delete(key: string): Promise<void>;
  /** Throws when files cannot be kept now. */
  check(): Promise<void>;
}
