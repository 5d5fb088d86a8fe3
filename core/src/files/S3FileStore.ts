import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { S3mini } from 's3mini';
import { exactly } from './exactly.js';
import { checkedKey } from './fileKey.js';
import type { ByteRange, FileContent, FileStore } from './FileStore.js';

export interface S3Place {
  /** `https://host/bucket`. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** Keeps files in a bucket of an S3-compatible service (AWS, MinIO, Garage, R2 …), addressed by path. */
export class S3FileStore implements FileStore {
  #client: Promise<S3mini> | undefined;

  constructor(private readonly place: S3Place) {}

  async put(key: string, { source, bytes, type }: FileContent): Promise<void> {
    const client = await this.#open();
    if (Buffer.isBuffer(source)) {
      if (source.length !== bytes)
        throw new RangeError(`the file has ${source.length} bytes, and ${bytes} were announced`);
      await client.putObject(checkedKey(key), source, type, undefined, undefined, bytes);
      return;
    }
    // With its length announced a body that breaks off is refused by the service: nothing is kept.
    const counted = source.pipe(exactly(bytes));
    source.on('error', (error) => {
      counted.destroy(error);
    });
    try {
      await client.putObject(
        checkedKey(key),
        Readable.toWeb(counted) as ReadableStream,
        type,
        undefined,
        undefined,
        bytes,
      );
    } finally {
      counted.destroy();
      source.destroy();
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable | undefined> {
    const client = await this.#open();
    const answer = await client
      .getObjectRaw(checkedKey(key), range === undefined, range?.start, range && range.end + 1)
      .catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
    if (!answer) return undefined;
    return answer.body ? Readable.fromWeb(answer.body as WebStream) : Readable.from([]);
  }

  async exists(key: string): Promise<boolean> {
    return (await (await this.#open()).objectExists(checkedKey(key))) === true;
  }

  async delete(key: string): Promise<void> {
    await (await this.#open()).deleteObject(checkedKey(key)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }

  async check(): Promise<void> {
    if (!(await (await this.#open()).bucketExists()))
      throw new Error(`the bucket ${this.place.endpoint} does not exist or does not let us in`);
  }

  /** The library is read when the first file is asked for: most installations keep files on disk. */
  #open(): Promise<S3mini> {
    return (this.#client ??= import('s3mini').then(
      ({ S3mini }) => new S3mini({ ...this.place, fetch: streaming }),
    ));
  }
}

// Node asks for it where the body is a stream.
const streaming: typeof fetch = (input, init) => fetch(input, { ...init, duplex: 'half' } as RequestInit);

const isMissing = (error: unknown): boolean => (error as { status?: number }).status === 404;
